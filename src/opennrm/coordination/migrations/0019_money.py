"""Keeps grants to services and what was paid of them."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

import opennrm.coordination.models.fields


class Migration(migrations.Migration):
    """Adds two empty tables."""

    dependencies = (("coordination", "0018_needs"),)

    operations = (
        migrations.CreateModel(
            name="Grant",
            fields=[
                (
                    "ref",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "source",
                    opennrm.coordination.models.fields.CodeField(
                        max_length=64, verbose_name="Source"
                    ),
                ),
                (
                    "donor",
                    models.CharField(blank=True, default="", max_length=120, verbose_name="Donor"),
                ),
                ("currency", models.CharField(max_length=3, verbose_name="Currency")),
                ("amount", opennrm.coordination.models.fields.MoneyField(verbose_name="Granted")),
                (
                    "cost_a_day",
                    opennrm.coordination.models.fields.MoneyField(
                        verbose_name="What a day of the service costs"
                    ),
                ),
                ("from_on", models.DateField(verbose_name="From")),
                ("until_on", models.DateField(verbose_name="Until")),
                (
                    "service",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="grants",
                        to="coordination.serviceprovided",
                        verbose_name="Service",
                    ),
                ),
            ],
            options={
                "ordering": ("service", "from_on"),
            },
        ),
        migrations.CreateModel(
            name="GrantPayment",
            fields=[
                (
                    "ref",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("paid_on", models.DateField(verbose_name="Paid on")),
                ("amount", opennrm.coordination.models.fields.MoneyField(verbose_name="Paid")),
                (
                    "grant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="payments",
                        to="coordination.grant",
                        verbose_name="Grant",
                    ),
                ),
            ],
            options={
                "ordering": ("grant", "paid_on"),
            },
        ),
        migrations.AddConstraint(
            model_name="grant",
            constraint=models.CheckConstraint(
                condition=models.Q(("until_on__gt", models.F("from_on"))),
                name="grant_with_a_term",
                violation_error_message="A grant ends after it begins.",
            ),
        ),
        migrations.AddConstraint(
            model_name="grant",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gte", 0), ("cost_a_day__gt", 0)),
                name="grant_with_a_cost",
                violation_error_message="A day of the service costs more than nothing.",
            ),
        ),
        migrations.AddConstraint(
            model_name="grantpayment",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gt", 0)), name="payment_of_something"
            ),
        ),
    )
