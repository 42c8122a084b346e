"""Makes the national structures with seats, meetings, decisions and guarantees."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

import opennrm.coordination.models.fields


class Migration(migrations.Migration):
    """Adds tables only."""

    dependencies = (("coordination", "0005_commitments_and_recommendations"),)

    operations = (
        migrations.CreateModel(
            name="Structure",
            fields=[
                (
                    "ref",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=200, unique=True, verbose_name="Name")),
                (
                    "kind",
                    opennrm.coordination.models.fields.CodeField(
                        max_length=64, verbose_name="Kind"
                    ),
                ),
                (
                    "area",
                    models.CharField(blank=True, default="", max_length=120, verbose_name="Area"),
                ),
                (
                    "legal_basis",
                    models.CharField(
                        blank=True, default="", max_length=300, verbose_name="Legal basis"
                    ),
                ),
                (
                    "established_on",
                    models.DateField(blank=True, null=True, verbose_name="Established on"),
                ),
                ("mandate", models.TextField(blank=True, default="", verbose_name="Mandate")),
                (
                    "appointed_by",
                    models.CharField(
                        blank=True, default="", max_length=200, verbose_name="Appointed by"
                    ),
                ),
                ("term_until", models.DateField(blank=True, null=True, verbose_name="Term until")),
                (
                    "budget_says",
                    models.CharField(
                        blank=True, default="", max_length=200, verbose_name="Budget"
                    ),
                ),
                (
                    "staff",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="Staff"),
                ),
                (
                    "open_questions",
                    models.TextField(blank=True, default="", verbose_name="Open questions"),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="structures",
                        to="coordination.registerentry",
                        verbose_name="Housed by",
                    ),
                ),
            ],
            options={
                "ordering": ("name",),
            },
        ),
        migrations.CreateModel(
            name="Seat",
            fields=[
                (
                    "ref",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "holder",
                    models.CharField(
                        blank=True, default="", max_length=200, verbose_name="Who sits in it"
                    ),
                ),
                (
                    "function",
                    opennrm.coordination.models.fields.CodeField(
                        max_length=64, verbose_name="Function"
                    ),
                ),
                ("from_on", models.DateField(verbose_name="From")),
                ("until_on", models.DateField(blank=True, null=True, verbose_name="Until")),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="seats",
                        to="coordination.registerentry",
                        verbose_name="Organisation",
                    ),
                ),
                (
                    "structure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="seats",
                        to="coordination.structure",
                        verbose_name="Structure",
                    ),
                ),
            ],
            options={
                "ordering": ("structure__name", "function", "entry__name"),
            },
        ),
        migrations.CreateModel(
            name="Meeting",
            fields=[
                (
                    "ref",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("held_on", models.DateField(verbose_name="On")),
                (
                    "place",
                    models.CharField(blank=True, default="", max_length=200, verbose_name="Place"),
                ),
                ("agenda", models.TextField(blank=True, default="", verbose_name="Agenda")),
                ("minutes", models.TextField(blank=True, default="", verbose_name="Minutes")),
                (
                    "minutes_approved_on",
                    models.DateField(blank=True, null=True, verbose_name="Minutes approved on"),
                ),
                (
                    "present",
                    models.ManyToManyField(
                        blank=True,
                        related_name="meetings",
                        to="coordination.registerentry",
                        verbose_name="Present",
                    ),
                ),
                (
                    "structure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="meetings",
                        to="coordination.structure",
                        verbose_name="Structure",
                    ),
                ),
            ],
            options={
                "ordering": ("-held_on",),
            },
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                (
                    "ref",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.CharField(max_length=20, verbose_name="Number")),
                ("text", models.TextField(verbose_name="Decision")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="Due on")),
                (
                    "status",
                    opennrm.coordination.models.fields.CodeField(
                        default="open", max_length=64, verbose_name="Status"
                    ),
                ),
                (
                    "followed_up",
                    models.TextField(blank=True, default="", verbose_name="What came of it"),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="coordination.registerentry",
                        verbose_name="Who sees to it",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="decisions",
                        to="coordination.meeting",
                        verbose_name="Meeting",
                    ),
                ),
            ],
            options={
                "ordering": ("-meeting__held_on", "number"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("meeting", "number"), name="a_number_a_decision"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status", "open"),
                            models.Q(("followed_up", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="decision_followed_up",
                        violation_error_message="Say what came of a decision before it is closed.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Guarantee",
            fields=[
                (
                    "ref",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "kind",
                    opennrm.coordination.models.fields.CodeField(
                        max_length=64, verbose_name="Guarantee"
                    ),
                ),
                (
                    "stands",
                    opennrm.coordination.models.fields.CodeField(
                        max_length=64, verbose_name="Is it given?"
                    ),
                ),
                ("says", models.TextField(blank=True, default="", verbose_name="In what way")),
                (
                    "source",
                    models.CharField(
                        blank=True, default="", max_length=300, verbose_name="Source"
                    ),
                ),
                ("since_on", models.DateField(blank=True, null=True, verbose_name="Since")),
                (
                    "structure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="guarantees",
                        to="coordination.structure",
                        verbose_name="Structure",
                    ),
                ),
            ],
            options={
                "ordering": ("structure__name", "kind"),
                "constraints": [
                    models.UniqueConstraint(fields=("structure", "kind"), name="a_guarantee_once")
                ],
            },
        ),
    )
