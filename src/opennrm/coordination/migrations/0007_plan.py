"""Makes the action plan: objectives, actions, money, indicators."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

import opennrm.coordination.models.fields


class Migration(migrations.Migration):
    """Adds tables only."""

    dependencies = (("coordination", "0006_structures"),)

    operations = (
        migrations.CreateModel(
            name="Action",
            fields=[
                (
                    "ref",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.CharField(max_length=12, verbose_name="Number")),
                ("text", models.TextField(verbose_name="Action")),
                ("from_on", models.DateField(blank=True, null=True, verbose_name="From")),
                ("until_on", models.DateField(blank=True, null=True, verbose_name="Until")),
                (
                    "status",
                    opennrm.coordination.models.fields.CodeField(
                        default="not_started", max_length=64, verbose_name="Status"
                    ),
                ),
                (
                    "active_on",
                    models.DateField(
                        blank=True, editable=False, null=True, verbose_name="Active since"
                    ),
                ),
                (
                    "unfunded_why",
                    models.TextField(
                        blank=True, default="", verbose_name="Why it goes on without money"
                    ),
                ),
                ("risk", models.TextField(blank=True, default="", verbose_name="Risk")),
                (
                    "forms",
                    opennrm.coordination.models.fields.CodesField(
                        base_field=models.CharField(max_length=120),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="Forms of exploitation",
                    ),
                ),
                (
                    "topics",
                    opennrm.coordination.models.fields.CodesField(
                        base_field=models.CharField(max_length=120),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="Topics",
                    ),
                ),
                (
                    "commitments",
                    models.ManyToManyField(
                        blank=True,
                        related_name="actions",
                        to="coordination.commitment",
                        verbose_name="Commitments it serves",
                    ),
                ),
                (
                    "lead",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="led_actions",
                        to="coordination.registerentry",
                        verbose_name="Lead",
                    ),
                ),
                (
                    "partners",
                    models.ManyToManyField(
                        blank=True,
                        related_name="shared_actions",
                        to="coordination.registerentry",
                        verbose_name="Partners",
                    ),
                ),
                (
                    "recommendations",
                    models.ManyToManyField(
                        blank=True,
                        related_name="actions",
                        to="coordination.recommendation",
                        verbose_name="Recommendations it serves",
                    ),
                ),
            ],
            options={
                "ordering": ("objective__number", "number"),
            },
        ),
        migrations.CreateModel(
            name="Indicator",
            fields=[
                (
                    "ref",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("text", models.CharField(max_length=300, verbose_name="Indicator")),
                ("unit", models.CharField(max_length=60, verbose_name="Unit")),
                (
                    "baseline",
                    models.CharField(
                        blank=True, default="", max_length=60, verbose_name="Baseline"
                    ),
                ),
                (
                    "baseline_on",
                    models.DateField(blank=True, null=True, verbose_name="Baseline as of"),
                ),
                ("target", models.CharField(max_length=60, verbose_name="Target")),
                ("target_on", models.DateField(verbose_name="Target by")),
                (
                    "reached",
                    models.CharField(
                        blank=True, default="", max_length=60, verbose_name="Reached"
                    ),
                ),
                (
                    "reached_on",
                    models.DateField(blank=True, null=True, verbose_name="Reached as of"),
                ),
                (
                    "evidence",
                    models.TextField(blank=True, default="", verbose_name="Means of verification"),
                ),
                (
                    "action",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="indicators",
                        to="coordination.action",
                        verbose_name="Action",
                    ),
                ),
            ],
            options={
                "ordering": ("action", "text"),
            },
        ),
        migrations.CreateModel(
            name="Objective",
            fields=[
                (
                    "ref",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.CharField(max_length=12, verbose_name="Number")),
                (
                    "pillar",
                    opennrm.coordination.models.fields.CodeField(
                        max_length=64, verbose_name="Pillar"
                    ),
                ),
                ("text", models.CharField(max_length=400, verbose_name="Objective")),
                (
                    "under",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="parts",
                        to="coordination.objective",
                        verbose_name="Under the objective",
                    ),
                ),
            ],
            options={
                "ordering": ("plan", "number"),
            },
        ),
        migrations.AddField(
            model_name="action",
            name="objective",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="actions",
                to="coordination.objective",
                verbose_name="Objective",
            ),
        ),
        migrations.CreateModel(
            name="Plan",
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
                    "level",
                    opennrm.coordination.models.fields.CodeField(
                        default="national", max_length=64, verbose_name="Level"
                    ),
                ),
                ("jurisdiction", models.CharField(max_length=16, verbose_name="State")),
                (
                    "area",
                    models.CharField(blank=True, default="", max_length=120, verbose_name="Area"),
                ),
                ("from_on", models.DateField(verbose_name="From")),
                ("until_on", models.DateField(verbose_name="Until")),
                ("currency", models.CharField(max_length=3, verbose_name="Currency")),
                (
                    "adopting_body",
                    models.CharField(
                        blank=True, default="", max_length=200, verbose_name="Adopted by"
                    ),
                ),
                (
                    "legal_basis",
                    models.CharField(
                        blank=True, default="", max_length=300, verbose_name="Legal basis"
                    ),
                ),
                (
                    "status",
                    opennrm.coordination.models.fields.CodeField(
                        default="draft", editable=False, max_length=64, verbose_name="Status"
                    ),
                ),
                (
                    "adopted_on",
                    models.DateField(
                        blank=True, editable=False, null=True, verbose_name="Adopted on"
                    ),
                ),
                (
                    "situation",
                    models.TextField(
                        blank=True,
                        default="",
                        help_text="The assessment the plan rests on, and where it is.",
                        verbose_name="Situation assessment",
                    ),
                ),
                (
                    "rights_impact",
                    models.TextField(
                        blank=True, default="", verbose_name="Impact on human rights"
                    ),
                ),
                (
                    "rights_impact_on",
                    models.DateField(blank=True, null=True, verbose_name="Impact assessed on"),
                ),
                (
                    "rights_review_on",
                    models.DateField(
                        blank=True, null=True, verbose_name="Impact looked at again on"
                    ),
                ),
                (
                    "review_on",
                    models.DateField(blank=True, null=True, verbose_name="Mid-term review on"),
                ),
                (
                    "evaluation_on",
                    models.DateField(blank=True, null=True, verbose_name="Final evaluation on"),
                ),
                (
                    "evaluator",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="Independent evaluator"
                    ),
                ),
                (
                    "commission",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="plans",
                        to="coordination.structure",
                        verbose_name="Commission",
                    ),
                ),
            ],
            options={
                "ordering": ("-from_on", "title", "-version"),
            },
        ),
        migrations.AddField(
            model_name="objective",
            name="plan",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="objectives",
                to="coordination.plan",
                verbose_name="Plan",
            ),
        ),
        migrations.CreateModel(
            name="Budget",
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
                ("year", models.PositiveIntegerField(verbose_name="Year")),
                ("currency", models.CharField(max_length=3, verbose_name="Currency")),
                (
                    "planned",
                    opennrm.coordination.models.fields.MoneyField(
                        default=0, verbose_name="Planned"
                    ),
                ),
                (
                    "allocated",
                    opennrm.coordination.models.fields.MoneyField(
                        default=0, verbose_name="Allocated"
                    ),
                ),
                (
                    "spent",
                    opennrm.coordination.models.fields.MoneyField(default=0, verbose_name="Spent"),
                ),
                (
                    "action",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="budgets",
                        to="coordination.action",
                        verbose_name="Action",
                    ),
                ),
            ],
            options={
                "ordering": ("action", "year", "source"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("action", "source", "donor", "year"),
                        name="one_line_a_source_and_year",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("allocated__gte", 0), ("planned__gte", 0), ("spent__gte", 0)
                        ),
                        name="no_money_below_nothing",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="action",
            constraint=models.UniqueConstraint(
                fields=("objective", "number"), name="a_number_an_action"
            ),
        ),
        migrations.AddConstraint(
            model_name="action",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("until_on", None),
                    ("from_on", None),
                    ("until_on__gte", models.F("from_on")),
                    _connector="OR",
                ),
                name="action_with_a_period",
                violation_error_message="An action ends after it begins.",
            ),
        ),
        migrations.AddConstraint(
            model_name="plan",
            constraint=models.UniqueConstraint(
                fields=("title", "version"), name="one_plan_a_version"
            ),
        ),
        migrations.AddConstraint(
            model_name="plan",
            constraint=models.CheckConstraint(
                condition=models.Q(("until_on__gt", models.F("from_on"))),
                name="plan_with_a_period",
                violation_error_message="A plan ends after it begins.",
            ),
        ),
        migrations.AddConstraint(
            model_name="objective",
            constraint=models.UniqueConstraint(
                fields=("plan", "number"), name="a_number_an_objective"
            ),
        ),
    )
