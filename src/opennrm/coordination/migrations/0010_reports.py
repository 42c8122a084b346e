"""Makes yearly reports, whose rows belong to who puts them together."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

import opennrm.coordination.models.fields

BOUND = (
    "reportpart",
    "reportevent",
    "reportfigure",
)


class Migration(migrations.Migration):
    """Makes the tables, and binds the lead named in a row to the lead of its report."""

    dependencies = [
        ("accounts", "0003_officers_and_invented_people"),
        ("coordination", "0009_assessments"),
    ]

    operations = [
        migrations.CreateModel(
            name="Report",
            fields=[
                (
                    "ref",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("title", models.CharField(max_length=300, verbose_name="Title")),
                (
                    "model",
                    opennrm.coordination.models.fields.CodeField(
                        max_length=64, verbose_name="Model"
                    ),
                ),
                ("period_from", models.DateField(verbose_name="From")),
                ("period_until", models.DateField(verbose_name="Until (not included)")),
                ("due_on", models.DateField(verbose_name="To be public by")),
                ("foreword", models.TextField(blank=True, default="", verbose_name="Foreword")),
                (
                    "summary",
                    models.TextField(blank=True, default="", verbose_name="Executive summary"),
                ),
                (
                    "approved_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="Approved"
                    ),
                ),
                ("approved_by", models.UUIDField(blank=True, editable=False, null=True)),
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
                "ordering": ("-period_from", "title"),
            },
        ),
        migrations.CreateModel(
            name="ReportEvent",
            fields=[
                (
                    "ref",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("on", models.DateField(verbose_name="Day")),
                ("place", models.CharField(max_length=120, verbose_name="Place")),
                ("title", models.CharField(max_length=300, verbose_name="Title")),
                (
                    "kind",
                    opennrm.coordination.models.fields.CodeField(
                        max_length=64, verbose_name="Kind"
                    ),
                ),
                (
                    "participants",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="Participants"
                    ),
                ),
                (
                    "lead",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to="coordination.report",
                        verbose_name="Report",
                    ),
                ),
            ],
            options={
                "ordering": ("on", "title"),
            },
        ),
        migrations.CreateModel(
            name="ReportFigure",
            fields=[
                (
                    "ref",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "chapter",
                    opennrm.coordination.models.fields.CodeField(
                        max_length=64, verbose_name="Chapter"
                    ),
                ),
                ("caption", models.CharField(max_length=300, verbose_name="Caption")),
                (
                    "release",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="Only released figures.",
                        null=True,
                        verbose_name="Number of the release",
                    ),
                ),
                (
                    "table",
                    models.CharField(
                        blank=True, default="", max_length=64, verbose_name="Table of the release"
                    ),
                ),
                (
                    "question",
                    models.CharField(
                        blank=True, default="", max_length=32, verbose_name="Question"
                    ),
                ),
                (
                    "lead",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to="coordination.report",
                        verbose_name="Report",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="coordination.surveyround",
                        verbose_name="Survey round",
                    ),
                ),
            ],
            options={
                "ordering": ("chapter", "caption"),
            },
        ),
        migrations.CreateModel(
            name="ReportPart",
            fields=[
                (
                    "ref",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "chapter",
                    opennrm.coordination.models.fields.CodeField(
                        max_length=64, verbose_name="Chapter"
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="Heading")),
                ("due_on", models.DateField(verbose_name="Due on")),
                (
                    "text",
                    models.TextField(
                        blank=True,
                        default="",
                        help_text=(
                            "An empty line begins a paragraph, a dash at its start a "
                            "list. Write the source of a sentence behind it as "
                            "[^where it stands]."
                        ),
                        verbose_name="Text",
                    ),
                ),
                (
                    "note",
                    models.TextField(blank=True, default="", verbose_name="To be looked at again"),
                ),
                (
                    "sent_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="Sent"
                    ),
                ),
                (
                    "house",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                        verbose_name="Asked of",
                    ),
                ),
                (
                    "lead",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to="coordination.report",
                        verbose_name="Report",
                    ),
                ),
            ],
            options={
                "ordering": ("chapter", "title"),
            },
        ),
        migrations.CreateModel(
            name="ReportComment",
            fields=[
                (
                    "ref",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("text", models.TextField(verbose_name="Comment")),
                (
                    "house",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="comments",
                        to="coordination.report",
                        verbose_name="Report",
                    ),
                ),
                (
                    "part",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="comments",
                        to="coordination.reportpart",
                        verbose_name="Part",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.UniqueConstraint(
                fields=("ref", "organisation"), name="report_and_its_lead"
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(("period_until__gt", models.F("period_from"))),
                name="report_covers_a_period",
                violation_error_message="The period ends after it begins.",
            ),
        ),
        migrations.AddConstraint(
            model_name="reportfigure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("question", ""),
                        ("release__isnull", False),
                        ("round", None),
                        models.Q(("table", ""), _negated=True),
                    ),
                    models.Q(
                        ("release", None),
                        ("round__isnull", False),
                        ("table", ""),
                        models.Q(("question", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="released_or_from_a_survey",
                violation_error_message=(
                    "Name a release and its table, or a survey round and its question."
                ),
            ),
        ),
        *(
            migrations.RunSQL(
                f"ALTER TABLE coordination_{table} ADD CONSTRAINT {table}_bound "
                f"FOREIGN KEY (report_id, lead_id) REFERENCES coordination_report "
                f"(ref, organisation_id) DEFERRABLE INITIALLY DEFERRED",
                migrations.RunSQL.noop,
            )
            for table in BOUND
        ),
    ]
