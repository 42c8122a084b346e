"""Makes the parts and answers of survey replies, bound to the lead of their reply."""

import uuid

import django.contrib.postgres.fields
import django.core.serializers.json
import django.db.models.deletion
from django.db import migrations, models

import opennrm.coordination.models.fields

BOUND = (
    ("surveytask", "reply_id, lead_id", "coordination_surveyreply (ref, organisation_id)"),
    ("surveyanswer", "reply_id, lead_id", "coordination_surveyreply (ref, organisation_id)"),
    ("surveypart", "task_id, organisation_id", "coordination_surveytask (ref, organisation_id)"),
)


class Migration(migrations.Migration):
    """Makes the tables, and binds the lead named in a part to the lead of its reply."""

    dependencies = [
        ("accounts", "0002_services"),
        ("coordination", "0002_surveys"),
    ]

    operations = [
        migrations.CreateModel(
            name="SurveyTask",
            fields=[
                (
                    "ref",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "questions",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=32),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("due_on", models.DateField(verbose_name="Due on")),
                ("note", models.TextField(blank=True, default="", verbose_name="Note")),
                (
                    "reminded_on",
                    models.DateField(blank=True, null=True, verbose_name="Last reminded on"),
                ),
                ("reminders", models.PositiveIntegerField(default=0, verbose_name="Reminders")),
                (
                    "lead",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                        verbose_name="Filled in by",
                    ),
                ),
                (
                    "reply",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tasks",
                        to="coordination.surveyreply",
                    ),
                ),
            ],
            options={
                "ordering": ("due_on",),
            },
        ),
        migrations.CreateModel(
            name="SurveyPart",
            fields=[
                (
                    "ref",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("approved_at", models.DateTimeField()),
                ("approved_by", models.UUIDField()),
                (
                    "lead",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "task",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="part",
                        to="coordination.surveytask",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="QuestionMatch",
            fields=[
                (
                    "ref",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("first_code", models.CharField(max_length=32, verbose_name="Question")),
                (
                    "second_code",
                    models.CharField(max_length=32, verbose_name="Question of the other version"),
                ),
                (
                    "match",
                    opennrm.coordination.models.fields.CodeField(
                        max_length=64, verbose_name="How they match"
                    ),
                ),
                ("note", models.TextField(blank=True, default="", verbose_name="Why")),
                ("options", models.JSONField(default=dict, editable=False)),
                (
                    "first",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="coordination.questionnaireversion",
                        verbose_name="Version",
                    ),
                ),
                (
                    "second",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="coordination.questionnaireversion",
                        verbose_name="Other version",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("first", "first_code", "second", "second_code"),
                        name="one_judgment_a_pair",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SurveyCoding",
            fields=[
                (
                    "ref",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("question", models.CharField(max_length=32)),
                ("coder", models.UUIDField(blank=True, null=True)),
                (
                    "codes",
                    models.JSONField(
                        default=list, encoder=django.core.serializers.json.DjangoJSONEncoder
                    ),
                ),
                (
                    "reply",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="codings",
                        to="coordination.surveyreply",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("reply", "question", "coder"),
                        name="one_coding_a_coder",
                        nulls_distinct=False,
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SurveyAnswer",
            fields=[
                (
                    "ref",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("question", models.CharField(max_length=32)),
                (
                    "given",
                    models.CharField(
                        choices=[
                            ("value", "value"),
                            ("not_available", "not_available"),
                            ("not_relevant", "not_relevant"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "choices",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=64), default=list, size=None
                    ),
                ),
                ("number", models.DecimalField(decimal_places=4, max_digits=20, null=True)),
                ("text", models.TextField(blank=True, default="")),
                ("on", models.DateField(null=True)),
                ("unit", models.CharField(blank=True, default="", max_length=64)),
                ("base", models.PositiveIntegerField(null=True)),
                ("at_least", models.BooleanField(default=False)),
                ("period_from", models.DateField(null=True)),
                ("period_until", models.DateField(null=True)),
                ("definition", models.TextField(blank=True, default="")),
                ("source", models.TextField(blank=True, default="")),
                ("comment", models.TextField(blank=True, default="")),
                (
                    "lead",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "reply",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answers",
                        to="coordination.surveyreply",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["question", "reply"], name="answers_to_a_question")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("reply", "question"), name="one_answer_a_question"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("given", "value"),
                            models.Q(
                                ("choices", []), ("number", None), ("on", None), ("text", "")
                            ),
                            _connector="OR",
                        ),
                        name="no_value_beside_none",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="surveyround",
            constraint=models.CheckConstraint(
                condition=models.Q(("due_on__gte", models.F("opens_on"))),
                name="due_after_it_opens",
            ),
        ),
        migrations.AddConstraint(
            model_name="surveyreply",
            constraint=models.UniqueConstraint(
                fields=("round", "organisation", "state", "group", "name"),
                name="one_name_a_reply",
            ),
        ),
        migrations.AddConstraint(
            model_name="surveyreply",
            constraint=models.UniqueConstraint(
                fields=("ref", "organisation"), name="reply_and_its_lead"
            ),
        ),
        migrations.AddConstraint(
            model_name="surveyreply",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("released_at", None), ("sent_at__isnull", False), _connector="OR"
                ),
                name="released_after_it_was_sent",
            ),
        ),
        migrations.AddConstraint(
            model_name="surveytask",
            constraint=models.UniqueConstraint(
                fields=("reply", "organisation"), name="one_task_an_organisation"
            ),
        ),
        migrations.AddConstraint(
            model_name="surveytask",
            constraint=models.UniqueConstraint(
                fields=("ref", "organisation"), name="task_and_its_house"
            ),
        ),
        *(
            migrations.RunSQL(
                f"ALTER TABLE coordination_{table} ADD CONSTRAINT {table}_bound "
                f"FOREIGN KEY ({columns}) REFERENCES {other} DEFERRABLE INITIALLY DEFERRED",
                migrations.RunSQL.noop,
            )
            for table, columns, other in BOUND
        ),
    ]
