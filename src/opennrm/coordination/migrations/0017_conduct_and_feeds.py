"""Makes firms that signed, data owed to the Rapporteur, and the register of conduct."""

import uuid
from pathlib import Path

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import opennrm.coordination.models.fields

SQL = Path(__file__).parent.parent / "sql" / "0017_conduct_and_words.sql"


class Migration(migrations.Migration):
    """Adds tables, who reads the register of conduct, and the words of the library."""

    dependencies = (
        ("accounts", "0003_officers_and_invented_people"),
        ("coordination", "0016_outreach"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    )

    operations = (
        migrations.CreateModel(
            name="CodeSignatory",
            fields=[
                (
                    "ref",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="Firm")),
                (
                    "sector",
                    opennrm.coordination.models.fields.CodeField(
                        max_length=64, verbose_name="Sector"
                    ),
                ),
                ("code", models.CharField(max_length=200, verbose_name="Code of conduct")),
                ("signed_on", models.DateField(verbose_name="Signed on")),
                (
                    "contact",
                    models.CharField(
                        blank=True, default="", max_length=200, verbose_name="Responsible there"
                    ),
                ),
                (
                    "staff",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="Staff"),
                ),
                (
                    "trained",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="Staff trained"
                    ),
                ),
                (
                    "trained_on",
                    models.DateField(blank=True, null=True, verbose_name="Last training on"),
                ),
                (
                    "left_on",
                    models.DateField(blank=True, null=True, verbose_name="Left or struck off on"),
                ),
            ],
            options={
                "ordering": ("name",),
            },
        ),
        migrations.AddField(
            model_name="report",
            name="delayed_because",
            field=models.TextField(blank=True, default="", verbose_name="Why it is late"),
        ),
        migrations.AddField(
            model_name="report",
            name="parliament_on",
            field=models.DateField(
                blank=True, editable=False, null=True, verbose_name="Given to Parliament on"
            ),
        ),
        migrations.AddField(
            model_name="report",
            name="public_on",
            field=models.DateField(
                blank=True, editable=False, null=True, verbose_name="Public since"
            ),
        ),
        migrations.CreateModel(
            name="ConductReader",
            fields=[
                (
                    "ref",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("named_on", models.DateField(editable=False, verbose_name="Named on")),
                (
                    "account",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="Reader",
                    ),
                ),
                (
                    "house",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ("named_on",),
            },
        ),
        migrations.CreateModel(
            name="ConductReport",
            fields=[
                (
                    "ref",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("received_on", models.DateField(verbose_name="Received on")),
                (
                    "kind",
                    opennrm.coordination.models.fields.CodeField(
                        max_length=64, verbose_name="About"
                    ),
                ),
                (
                    "told_head_on",
                    models.DateField(
                        blank=True, null=True, verbose_name="Head of the organisation told on"
                    ),
                ),
                (
                    "outcome",
                    opennrm.coordination.models.fields.CodeField(
                        blank=True, default="", max_length=64, verbose_name="What came of it"
                    ),
                ),
                (
                    "closed_on",
                    models.DateField(
                        blank=True, editable=False, null=True, verbose_name="Closed on"
                    ),
                ),
                ("sealed", models.JSONField(default=dict, editable=False)),
                (
                    "house",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ("-received_on",),
            },
        ),
        migrations.CreateModel(
            name="DataFeed",
            fields=[
                (
                    "ref",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("what", models.CharField(max_length=200, verbose_name="What it delivers")),
                (
                    "level",
                    opennrm.coordination.models.fields.CodeField(
                        max_length=64, verbose_name="For"
                    ),
                ),
                (
                    "area",
                    models.CharField(blank=True, default="", max_length=120, verbose_name="Area"),
                ),
                (
                    "forms",
                    opennrm.coordination.models.fields.CodesField(
                        base_field=models.CharField(max_length=120),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="Forms of exploitation it covers",
                    ),
                ),
                (
                    "every_months",
                    models.PositiveIntegerField(default=12, verbose_name="Every so many months"),
                ),
                (
                    "last_on",
                    models.DateField(blank=True, null=True, verbose_name="Delivered last on"),
                ),
                (
                    "legal_basis",
                    models.CharField(
                        blank=True, default="", max_length=300, verbose_name="Legal basis"
                    ),
                ),
                (
                    "lacks",
                    models.TextField(blank=True, default="", verbose_name="What is missing in it"),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="feeds",
                        to="coordination.registerentry",
                        verbose_name="Body",
                    ),
                ),
            ],
            options={
                "ordering": ("entry__name", "what"),
            },
        ),
        migrations.CreateModel(
            name="SignatoryCheck",
            fields=[
                (
                    "ref",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("checked_on", models.DateField(verbose_name="Checked on")),
                ("checked_by", models.CharField(max_length=200, verbose_name="Checked by")),
                (
                    "result",
                    opennrm.coordination.models.fields.CodeField(
                        max_length=64, verbose_name="Result"
                    ),
                ),
                ("says", models.TextField(blank=True, default="", verbose_name="What was found")),
                ("next_on", models.DateField(blank=True, null=True, verbose_name="Next check on")),
                (
                    "signatory",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="checks",
                        to="coordination.codesignatory",
                        verbose_name="Firm",
                    ),
                ),
            ],
            options={
                "ordering": ("-checked_on",),
            },
        ),
        migrations.RunSQL(SQL.read_text(encoding="utf-8")),
    )
