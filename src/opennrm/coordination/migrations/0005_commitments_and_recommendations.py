"""Makes the library of commitments, treaty status, tasks, evidence and recommendations."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

import opennrm.coordination.models.fields


class Migration(migrations.Migration):
    """Adds tables only."""

    dependencies = (("coordination", "0004_agreements_and_directory"),)

    operations = (
        migrations.CreateModel(
            name="Document",
            fields=[
                (
                    "ref",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("title", models.CharField(max_length=300, unique=True, verbose_name="Title")),
                (
                    "adopted",
                    models.CharField(blank=True, default="", max_length=60, verbose_name="Date"),
                ),
                (
                    "place",
                    models.CharField(blank=True, default="", max_length=120, verbose_name="Place"),
                ),
            ],
            options={
                "ordering": ("adopted", "title"),
            },
        ),
        migrations.CreateModel(
            name="State",
            fields=[
                (
                    "ref",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("code", models.CharField(max_length=2, unique=True, verbose_name="Code")),
                (
                    "code3",
                    models.CharField(
                        max_length=3, unique=True, verbose_name="Code of three letters"
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="Name")),
                (
                    "name_in_source",
                    models.CharField(max_length=120, verbose_name="Name in the source"),
                ),
                (
                    "category",
                    opennrm.coordination.models.fields.CodeField(
                        max_length=64, verbose_name="Category"
                    ),
                ),
                (
                    "languages",
                    opennrm.coordination.models.fields.LanguagesField(
                        base_field=models.CharField(max_length=120),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="Official languages",
                    ),
                ),
                (
                    "working_languages",
                    opennrm.coordination.models.fields.LanguagesField(
                        base_field=models.CharField(max_length=120),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="Working languages of the OSCE",
                    ),
                ),
                (
                    "field_operation",
                    models.CharField(blank=True, max_length=200, verbose_name="Field operation"),
                ),
                (
                    "note",
                    models.CharField(blank=True, default="", max_length=300, verbose_name="Note"),
                ),
            ],
            options={
                "ordering": ("name",),
            },
        ),
        migrations.CreateModel(
            name="Commitment",
            fields=[
                (
                    "ref",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.CharField(max_length=24, unique=True, verbose_name="Number")),
                (
                    "paragraph",
                    models.CharField(
                        blank=True, default="", max_length=120, verbose_name="Paragraph"
                    ),
                ),
                ("text", models.TextField(verbose_name="In short")),
                (
                    "addressees",
                    opennrm.coordination.models.fields.WordsField(
                        base_field=models.CharField(max_length=120),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="Addressed to",
                    ),
                ),
                (
                    "area",
                    opennrm.coordination.models.fields.CodeField(
                        max_length=64, verbose_name="Area"
                    ),
                ),
                (
                    "kind",
                    opennrm.coordination.models.fields.CodeField(
                        max_length=64, verbose_name="Kind"
                    ),
                ),
                ("source", models.CharField(max_length=300, verbose_name="Source")),
                (
                    "checked",
                    models.CharField(max_length=200, verbose_name="How far it was checked"),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="commitments",
                        to="coordination.document",
                        verbose_name="Document",
                    ),
                ),
            ],
            options={
                "ordering": ("number",),
            },
        ),
        migrations.CreateModel(
            name="Recommendation",
            fields=[
                (
                    "ref",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.CharField(max_length=24, unique=True, verbose_name="Number")),
                (
                    "body",
                    opennrm.coordination.models.fields.CodeField(
                        max_length=64, verbose_name="From"
                    ),
                ),
                ("document", models.CharField(max_length=300, verbose_name="Document")),
                (
                    "made_on",
                    models.CharField(blank=True, default="", max_length=20, verbose_name="Date"),
                ),
                ("text", models.TextField(verbose_name="Recommendation")),
                ("addressee", models.CharField(max_length=200, verbose_name="Addressed to")),
                (
                    "answer_due_on",
                    models.DateField(blank=True, null=True, verbose_name="Answer due on"),
                ),
                (
                    "status",
                    opennrm.coordination.models.fields.CodeField(
                        default="open", max_length=64, verbose_name="Status"
                    ),
                ),
                ("evidence", models.TextField(blank=True, default="", verbose_name="Evidence")),
                (
                    "commitment",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recommendations",
                        to="coordination.commitment",
                        verbose_name="Commitment it rests on",
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recommendations",
                        to="coordination.registerentry",
                        verbose_name="Organisation that answers",
                    ),
                ),
                (
                    "state",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recommendations",
                        to="coordination.state",
                        verbose_name="State",
                    ),
                ),
            ],
            options={
                "ordering": ("number",),
            },
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                (
                    "ref",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("answered_on", models.DateField(verbose_name="Answered on")),
                (
                    "status",
                    opennrm.coordination.models.fields.CodeField(
                        max_length=64, verbose_name="Answer"
                    ),
                ),
                ("text", models.TextField(verbose_name="In what way")),
                ("evidence", models.TextField(blank=True, default="", verbose_name="Evidence")),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="coordination.registerentry",
                        verbose_name="Organisation",
                    ),
                ),
                (
                    "recommendation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answers",
                        to="coordination.recommendation",
                        verbose_name="Recommendation",
                    ),
                ),
            ],
            options={
                "ordering": ("-answered_on",),
            },
        ),
        migrations.CreateModel(
            name="Evidence",
            fields=[
                (
                    "ref",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "fulfilment",
                    opennrm.coordination.models.fields.CodeField(
                        max_length=64, verbose_name="Fulfilment"
                    ),
                ),
                ("says", models.TextField(blank=True, default="", verbose_name="Evidence")),
                ("gap", models.TextField(blank=True, default="", verbose_name="What is missing")),
                ("source", models.CharField(max_length=300, verbose_name="Source")),
                ("seen_on", models.DateField(verbose_name="As of")),
                (
                    "commitment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="evidence",
                        to="coordination.commitment",
                        verbose_name="Commitment",
                    ),
                ),
                (
                    "state",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="evidence",
                        to="coordination.state",
                        verbose_name="State",
                    ),
                ),
            ],
            options={
                "ordering": ("commitment__number", "state__name", "-seen_on"),
            },
        ),
        migrations.CreateModel(
            name="DocumentLink",
            fields=[
                (
                    "ref",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "relation",
                    opennrm.coordination.models.fields.CodeField(
                        max_length=64, verbose_name="Link"
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        blank=True, default="", max_length=300, verbose_name="Source"
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="links",
                        to="coordination.document",
                        verbose_name="Document",
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="linked",
                        to="coordination.document",
                        verbose_name="Other document",
                    ),
                ),
            ],
            options={
                "ordering": ("document__title", "relation"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("document", "relation", "other"), name="a_link_of_documents_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TaskReport",
            fields=[
                (
                    "ref",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("body", models.CharField(max_length=120, verbose_name="Body")),
                ("from_on", models.DateField(verbose_name="From")),
                ("until_on", models.DateField(verbose_name="Until")),
                (
                    "status",
                    opennrm.coordination.models.fields.CodeField(
                        max_length=64, verbose_name="Status"
                    ),
                ),
                (
                    "activities",
                    models.TextField(blank=True, default="", verbose_name="Activities"),
                ),
                ("outcome", models.TextField(blank=True, default="", verbose_name="Outcome")),
                (
                    "resources",
                    models.CharField(
                        blank=True, default="", max_length=200, verbose_name="Resources"
                    ),
                ),
                ("evidence", models.TextField(blank=True, default="", verbose_name="Evidence")),
                (
                    "reason",
                    models.TextField(
                        blank=True, default="", verbose_name="Why it is not feasible"
                    ),
                ),
                (
                    "commitment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reports",
                        to="coordination.commitment",
                        verbose_name="Task",
                    ),
                ),
            ],
            options={
                "ordering": ("commitment__number", "-until_on"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "not_feasible"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="not_feasible_with_reason",
                        violation_error_message="Say why the task is not feasible.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TreatyStatus",
            fields=[
                (
                    "ref",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("treaty", models.CharField(max_length=120, verbose_name="Treaty")),
                (
                    "status",
                    opennrm.coordination.models.fields.CodeField(
                        max_length=64, verbose_name="Status"
                    ),
                ),
                ("as_of", models.DateField(verbose_name="As of")),
                ("source", models.CharField(max_length=300, verbose_name="Source")),
                (
                    "state",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="treaties",
                        to="coordination.state",
                        verbose_name="State",
                    ),
                ),
            ],
            options={
                "ordering": ("treaty", "state__name", "as_of"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("state", "treaty", "as_of"), name="one_status_a_day_and_treaty"
                    )
                ],
            },
        ),
    )
