"""Keeps saved questions to the released figures, national definitions, and every answer."""

import uuid
from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

import opennrm.coordination.models.fields

SQL = Path(__file__).parent.parent / "sql" / "0023_analyses.sql"


class Migration(migrations.Migration):
    """Adds empty tables; answers are never changed."""

    dependencies = (
        ("accounts", "0003_officers_and_invented_people"),
        ("coordination", "0023_wind_up"),
    )

    operations = (
        migrations.CreateModel(
            name="Analysis",
            fields=[
                (
                    "ref",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("title", models.CharField(max_length=120, verbose_name="Title")),
                (
                    "asks",
                    models.TextField(blank=True, default="", verbose_name="What it is to show"),
                ),
                (
                    "table",
                    opennrm.coordination.models.fields.CodeField(
                        max_length=64, verbose_name="Table"
                    ),
                ),
                (
                    "sex",
                    opennrm.coordination.models.fields.CodeField(
                        blank=True, default="", max_length=64, verbose_name="Only of this sex"
                    ),
                ),
                (
                    "age",
                    opennrm.coordination.models.fields.CodeField(
                        blank=True,
                        default="",
                        max_length=64,
                        verbose_name="Only children or adults",
                    ),
                ),
                (
                    "scope",
                    opennrm.coordination.models.fields.CodeField(
                        blank=True, default="", max_length=64, verbose_name="Only of this reach"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "analyses",
                "ordering": ("title",),
            },
        ),
        migrations.CreateModel(
            name="AnalysisRun",
            fields=[
                (
                    "ref",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "table",
                    opennrm.coordination.models.fields.CodeField(
                        max_length=64, verbose_name="Table"
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="Release")),
                ("years", models.CharField(max_length=40, verbose_name="Years")),
                ("run_at", models.DateTimeField(verbose_name="Asked on")),
                ("asked", models.TextField(verbose_name="As it was asked")),
                ("answer", models.TextField(verbose_name="Answer")),
                (
                    "analysis",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="runs",
                        to="coordination.analysis",
                        verbose_name="Analysis",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ("-run_at",),
            },
        ),
        migrations.CreateModel(
            name="Definition",
            fields=[
                (
                    "ref",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "title",
                    models.CharField(max_length=120, unique=True, verbose_name="Definition"),
                ),
                (
                    "source",
                    models.CharField(
                        help_text="The law or the collection that counts like this.",
                        max_length=300,
                        verbose_name="Source",
                    ),
                ),
                (
                    "statuses",
                    opennrm.coordination.models.fields.CodesField(
                        base_field=models.CharField(max_length=120),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="Counts persons who stand here",
                    ),
                ),
                (
                    "scopes",
                    opennrm.coordination.models.fields.CodesField(
                        base_field=models.CharField(max_length=120),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="Or: counts trafficking of this reach",
                    ),
                ),
                (
                    "lacks",
                    models.TextField(
                        blank=True,
                        default="",
                        verbose_name="What the released tables cannot tell apart",
                    ),
                ),
            ],
            options={
                "ordering": ("title",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("statuses", []), models.Q(("scopes", []), _negated=True)),
                            models.Q(models.Q(("statuses", []), _negated=True), ("scopes", [])),
                            _connector="OR",
                        ),
                        name="definition_of_one_kind",
                        violation_error_message="Choose where persons stand, or the reach,"
                        " and not both.",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="analysis",
            name="first",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="coordination.definition",
                verbose_name="Counted under this definition",
            ),
        ),
        migrations.AddField(
            model_name="analysis",
            name="second",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="coordination.definition",
                verbose_name="Beside this definition",
            ),
        ),
        migrations.RunSQL(SQL.read_text(encoding="utf-8")),
    )
