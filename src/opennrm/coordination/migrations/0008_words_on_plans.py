"""Makes reports of leads, comments of civil society and the word of the commission."""

import uuid
from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

import opennrm.coordination.models.fields

PLAN = Path(__file__).parent.parent / "sql" / "0008_plan.sql"


class Migration(migrations.Migration):
    """Adds tables, and what keeps a plan from being adopted without the commission."""

    dependencies = (("coordination", "0007_plan"),)

    operations = (
        migrations.CreateModel(
            name="Approval",
            fields=[
                (
                    "ref",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "outcome",
                    opennrm.coordination.models.fields.CodeField(
                        max_length=64, verbose_name="Outcome"
                    ),
                ),
                ("decided_on", models.DateField(verbose_name="Decided on")),
                ("says", models.TextField(blank=True, default="", verbose_name="Reasons")),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="approvals",
                        to="coordination.plan",
                        verbose_name="Plan",
                    ),
                ),
            ],
            options={
                "ordering": ("-decided_on",),
            },
        ),
        migrations.CreateModel(
            name="PlanComment",
            fields=[
                (
                    "ref",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("said_on", models.DateField(verbose_name="Said on")),
                ("text", models.TextField(verbose_name="Comment")),
                (
                    "answer",
                    models.TextField(
                        blank=True, default="", verbose_name="Answer of the co-ordinator"
                    ),
                ),
                (
                    "action",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="comments",
                        to="coordination.action",
                        verbose_name="Action",
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comments",
                        to="coordination.registerentry",
                        verbose_name="Organisation",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="comments",
                        to="coordination.plan",
                        verbose_name="Plan",
                    ),
                ),
            ],
            options={
                "ordering": ("-said_on",),
            },
        ),
        migrations.CreateModel(
            name="ProgressReport",
            fields=[
                (
                    "ref",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "half_year",
                    models.CharField(
                        help_text="Such as 2026-1 for January to June.",
                        max_length=6,
                        verbose_name="Half-year",
                    ),
                ),
                (
                    "status",
                    opennrm.coordination.models.fields.CodeField(
                        max_length=64, verbose_name="Status"
                    ),
                ),
                (
                    "percent",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="Per cent done"
                    ),
                ),
                ("says", models.TextField(verbose_name="What was done")),
                ("evidence", models.TextField(blank=True, default="", verbose_name="Evidence")),
                (
                    "action",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="progress",
                        to="coordination.action",
                        verbose_name="Action",
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="progress",
                        to="coordination.registerentry",
                        verbose_name="Organisation",
                    ),
                ),
            ],
            options={
                "ordering": ("-half_year",),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("action", "entry", "half_year"), name="one_report_a_half_year"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("half_year__regex", "^20[0-9]{2}-[12]$")),
                        name="half_year_as_a_half_year",
                        violation_error_message="Write the half-year as 2026-1 or 2026-2.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("percent", None), ("percent__lte", 100), _connector="OR"
                        ),
                        name="at_most_all_of_it",
                        violation_error_message="At most 100 per cent can be done.",
                    ),
                ],
            },
        ),
        migrations.RunSQL(PLAN.read_text(encoding="utf-8")),
    )
