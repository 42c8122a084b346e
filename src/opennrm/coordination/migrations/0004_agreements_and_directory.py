"""Makes agreements with parties and signatures, and the directory of providers."""

import uuid
from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

import opennrm.coordination.models.fields

AGREEMENTS = Path(__file__).parent.parent / "sql" / "0004_agreements.sql"


class Migration(migrations.Migration):
    """Adds tables, and the functions by which an agreement comes into force and ends."""

    dependencies = (("coordination", "0003_survey_answers"),)

    operations = (
        migrations.CreateModel(
            name="Agreement",
            fields=[
                (
                    "ref",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="Title")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="Version")),
                (
                    "kind",
                    opennrm.coordination.models.fields.CodeField(
                        max_length=64, verbose_name="Kind"
                    ),
                ),
                ("text", models.TextField(verbose_name="Text")),
                ("in_force_from", models.DateField(verbose_name="In force from")),
                ("in_force_until", models.DateField(verbose_name="In force until")),
                (
                    "notice_days",
                    models.PositiveIntegerField(
                        default=90, verbose_name="Days of warning before it ends"
                    ),
                ),
                (
                    "status",
                    opennrm.coordination.models.fields.CodeField(
                        default="draft", max_length=64, verbose_name="Status"
                    ),
                ),
                (
                    "replaces",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="coordination.agreement",
                        verbose_name="Replaces",
                    ),
                ),
            ],
            options={
                "ordering": ("title", "-version"),
            },
        ),
        migrations.CreateModel(
            name="Party",
            fields=[
                (
                    "ref",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "roles",
                    opennrm.coordination.models.fields.CodesField(
                        base_field=models.CharField(max_length=120),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="Roles",
                    ),
                ),
                (
                    "scopes",
                    opennrm.coordination.models.fields.CodesField(
                        base_field=models.CharField(max_length=120),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="Classes of data",
                    ),
                ),
                (
                    "officer",
                    models.CharField(
                        blank=True, default="", max_length=200, verbose_name="Officer responsible"
                    ),
                ),
                ("accounts_agreement", models.BigIntegerField(editable=False, null=True)),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="parties",
                        to="coordination.agreement",
                        verbose_name="Agreement",
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bound_by",
                        to="coordination.registerentry",
                        verbose_name="Organisation",
                    ),
                ),
            ],
            options={
                "ordering": ("entry__name",),
            },
        ),
        migrations.CreateModel(
            name="ServiceProvided",
            fields=[
                (
                    "ref",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "service",
                    opennrm.coordination.models.fields.CodeField(
                        max_length=64, verbose_name="Service"
                    ),
                ),
                (
                    "groups",
                    opennrm.coordination.models.fields.CodesField(
                        base_field=models.CharField(max_length=120),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="Takes",
                    ),
                ),
                (
                    "forms",
                    opennrm.coordination.models.fields.CodesField(
                        base_field=models.CharField(max_length=120),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="Forms left out",
                    ),
                ),
                (
                    "areas",
                    opennrm.coordination.models.fields.WordsField(
                        base_field=models.CharField(max_length=120),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="Areas covered",
                    ),
                ),
                (
                    "places",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="Places"),
                ),
                (
                    "places_free",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="Places free"),
                ),
                (
                    "counted_on",
                    models.DateField(blank=True, null=True, verbose_name="Places counted on"),
                ),
                (
                    "is_public",
                    models.BooleanField(default=False, verbose_name="Shown to everybody"),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="services",
                        to="coordination.registerentry",
                        verbose_name="Organisation",
                    ),
                ),
            ],
            options={
                "ordering": ("service", "entry__name"),
            },
        ),
        migrations.CreateModel(
            name="Signature",
            fields=[
                (
                    "ref",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("signed_by", models.CharField(max_length=200, verbose_name="Signed by")),
                ("signed_on", models.DateField(verbose_name="Signed on")),
                (
                    "how",
                    opennrm.coordination.models.fields.CodeField(
                        max_length=64, verbose_name="How"
                    ),
                ),
                (
                    "party",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="signature",
                        to="coordination.party",
                        verbose_name="Party",
                    ),
                ),
            ],
            options={
                "ordering": ("-signed_on",),
            },
        ),
        migrations.CreateModel(
            name="StandardsCheck",
            fields=[
                (
                    "ref",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("standard", models.CharField(max_length=200, verbose_name="Standard")),
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
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="checks",
                        to="coordination.registerentry",
                        verbose_name="Organisation",
                    ),
                ),
            ],
            options={
                "ordering": ("-checked_on",),
            },
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.UniqueConstraint(
                fields=("title", "version"), name="one_agreement_a_version"
            ),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.CheckConstraint(
                condition=models.Q(("in_force_until__gt", models.F("in_force_from"))),
                name="agreement_with_a_term",
                violation_error_message="An agreement ends after it begins.",
            ),
        ),
        migrations.AddConstraint(
            model_name="party",
            constraint=models.UniqueConstraint(fields=("agreement", "entry"), name="a_party_once"),
        ),
        migrations.AddConstraint(
            model_name="serviceprovided",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("places_free", None),
                    models.Q(
                        ("counted_on__isnull", False), ("places_free__lte", models.F("places"))
                    ),
                    _connector="OR",
                ),
                name="no_more_free_than_there_are",
                violation_error_message="Free places: at most all, counted on a day.",
            ),
        ),
        migrations.RunSQL(AGREEMENTS.read_text(encoding="utf-8")),
    )
