"""Makes assessments and visits, whose rows belong to who runs them."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

import opennrm.coordination.models.fields

BOUND = (
    "assessmentmeeting",
    "assessmentfinding",
    "assessmentchange",
    "assessmentevidence",
)


class Migration(migrations.Migration):
    """Makes the tables, and binds the lead named in a row to the lead of its assessment."""

    dependencies = [
        ("accounts", "0003_officers_and_invented_people"),
        ("coordination", "0008_words_on_plans"),
    ]

    operations = [
        migrations.CreateModel(
            name="Assessment",
            fields=[
                (
                    "ref",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("title", models.CharField(max_length=300, verbose_name="Title")),
                (
                    "kind",
                    opennrm.coordination.models.fields.CodeField(
                        max_length=64, verbose_name="Kind"
                    ),
                ),
                ("state", models.CharField(max_length=64, verbose_name="State")),
                (
                    "monitor",
                    models.CharField(
                        blank=True, default="", max_length=200, verbose_name="Monitoring body"
                    ),
                ),
                ("agreed_on", models.DateField(verbose_name="Agreed with the State on")),
                ("starts_on", models.DateField(verbose_name="Begins on")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="Ends on")),
                (
                    "stage",
                    opennrm.coordination.models.fields.CodeField(
                        default="agreed", max_length=64, verbose_name="Stage"
                    ),
                ),
                (
                    "comments_due_on",
                    models.DateField(blank=True, null=True, verbose_name="Comments due on"),
                ),
                ("summary", models.TextField(blank=True, default="", verbose_name="Summary")),
                (
                    "organisation",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                        verbose_name="Run by",
                    ),
                ),
            ],
            options={
                "ordering": ("-starts_on", "title"),
            },
        ),
        migrations.CreateModel(
            name="AssessmentChange",
            fields=[
                (
                    "ref",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("on", models.DateField(verbose_name="Day")),
                ("text", models.TextField(verbose_name="What changed")),
                ("source", models.CharField(max_length=300, verbose_name="Source")),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to="coordination.assessment",
                        verbose_name="Assessment",
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
            ],
            options={
                "ordering": ("on",),
            },
        ),
        migrations.CreateModel(
            name="AssessmentEvidence",
            fields=[
                (
                    "ref",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="Number")),
                ("title", models.CharField(max_length=300, verbose_name="Title")),
                (
                    "kind",
                    opennrm.coordination.models.fields.CodeField(
                        max_length=64, verbose_name="Kind"
                    ),
                ),
                ("origin", models.CharField(max_length=200, verbose_name="From")),
                ("held_at", models.CharField(max_length=300, verbose_name="Where it is kept")),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to="coordination.assessment",
                        verbose_name="Assessment",
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
            ],
            options={
                "ordering": ("number",),
            },
        ),
        migrations.CreateModel(
            name="AssessmentFinding",
            fields=[
                (
                    "ref",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="Number")),
                (
                    "chapter",
                    opennrm.coordination.models.fields.CodeField(
                        max_length=64, verbose_name="Chapter"
                    ),
                ),
                (
                    "kind",
                    opennrm.coordination.models.fields.CodeField(
                        max_length=64, verbose_name="Kind"
                    ),
                ),
                ("text", models.TextField(verbose_name="Text")),
                ("source", models.CharField(max_length=300, verbose_name="Source")),
                (
                    "commitment",
                    models.CharField(
                        blank=True, default="", max_length=24, verbose_name="Commitment"
                    ),
                ),
                (
                    "addressee",
                    models.CharField(
                        blank=True, default="", max_length=200, verbose_name="Addressed to"
                    ),
                ),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="To be done by")),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to="coordination.assessment",
                        verbose_name="Assessment",
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
            ],
            options={
                "ordering": ("chapter", "number"),
            },
        ),
        migrations.CreateModel(
            name="AssessmentComment",
            fields=[
                (
                    "ref",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("text", models.TextField(verbose_name="Comment")),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="comments",
                        to="coordination.assessment",
                        verbose_name="Assessment",
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
                (
                    "finding",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="comments",
                        to="coordination.assessmentfinding",
                        verbose_name="Finding",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="AssessmentMeeting",
            fields=[
                (
                    "ref",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("on", models.DateField(verbose_name="Day")),
                (
                    "with_kind",
                    opennrm.coordination.models.fields.CodeField(
                        max_length=64, verbose_name="With"
                    ),
                ),
                (
                    "whom",
                    models.CharField(
                        blank=True, default="", max_length=200, verbose_name="Name of the body"
                    ),
                ),
                (
                    "place",
                    models.CharField(blank=True, default="", max_length=120, verbose_name="Place"),
                ),
                (
                    "is_off_record",
                    models.BooleanField(default=False, verbose_name="Off the record"),
                ),
                (
                    "topics",
                    models.TextField(blank=True, default="", verbose_name="What was spoken of"),
                ),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to="coordination.assessment",
                        verbose_name="Assessment",
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
            ],
            options={
                "ordering": ("on",),
            },
        ),
        migrations.AddConstraint(
            model_name="assessment",
            constraint=models.UniqueConstraint(
                fields=("ref", "organisation"), name="assessment_and_lead"
            ),
        ),
        migrations.AddConstraint(
            model_name="assessment",
            constraint=models.CheckConstraint(
                condition=models.Q(("agreed_on__lte", models.F("starts_on"))),
                name="agreed_before_it_begins",
                violation_error_message="An assessment begins after the State agreed to it.",
            ),
        ),
        migrations.AddConstraint(
            model_name="assessmentevidence",
            constraint=models.UniqueConstraint(
                fields=("assessment", "number"), name="one_number_a_piece"
            ),
        ),
        migrations.AddConstraint(
            model_name="assessmentfinding",
            constraint=models.UniqueConstraint(
                fields=("assessment", "number"), name="one_number_a_finding"
            ),
        ),
        migrations.AddConstraint(
            model_name="assessmentfinding",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "recommendation"), _negated=True),
                    models.Q(("addressee", ""), _negated=True),
                    _connector="OR",
                ),
                name="recommendation_is_addressed",
                violation_error_message="Say to whom the recommendation is addressed.",
            ),
        ),
        migrations.AddConstraint(
            model_name="assessmentmeeting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("is_off_record", False),
                    models.Q(("place", ""), ("topics", ""), ("whom", "")),
                    _connector="OR",
                ),
                name="off_the_record_is_not_recorded",
                violation_error_message=(
                    "Off the record: keep only the day and the kind of body. Take the rest out."
                ),
            ),
        ),
        *(
            migrations.RunSQL(
                f"ALTER TABLE coordination_{table} ADD CONSTRAINT {table}_bound "
                f"FOREIGN KEY (assessment_id, lead_id) REFERENCES coordination_assessment "
                f"(ref, organisation_id) DEFERRABLE INITIALLY DEFERRED",
                migrations.RunSQL.noop,
            )
            for table in BOUND
        ),
    ]
