"""Makes the tables of surveys; a reply and its parts belong to one lead organisation."""

import uuid

import django.contrib.postgres.fields
import django.core.serializers.json
import django.db.models.deletion
from django.db import migrations, models

import opennrm.coordination.models.fields


class Migration(migrations.Migration):
    """Makes versions of questionnaires, rounds and replies."""

    dependencies = [
        ("accounts", "0002_services"),
        ("coordination", "0001_register"),
    ]

    operations = [
        migrations.CreateModel(
            name="HeldElsewhere",
            fields=[
                (
                    "ref",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("monitor", models.CharField(max_length=120, verbose_name="Monitor")),
                (
                    "round_name",
                    models.CharField(blank=True, default="", max_length=120, verbose_name="Round"),
                ),
                ("state", models.CharField(max_length=64, verbose_name="State")),
                (
                    "concept",
                    models.CharField(
                        blank=True, default="", max_length=64, verbose_name="What it is about"
                    ),
                ),
                (
                    "articles",
                    opennrm.coordination.models.fields.WordsField(
                        base_field=models.CharField(max_length=120),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="Articles",
                    ),
                ),
                ("address", models.CharField(max_length=300, verbose_name="Where it is read")),
                ("published_on", models.DateField(verbose_name="Published on")),
            ],
            options={
                "ordering": ("-published_on", "monitor"),
            },
        ),
        migrations.CreateModel(
            name="QuestionnaireVersion",
            fields=[
                (
                    "ref",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("key", models.CharField(max_length=64, verbose_name="Short name")),
                ("version", models.PositiveIntegerField(verbose_name="Version")),
                ("title", models.CharField(max_length=300, verbose_name="Title")),
                ("content", models.JSONField(editable=False)),
            ],
            options={
                "ordering": ("key", "-version"),
                "constraints": [
                    models.UniqueConstraint(fields=("key", "version"), name="one_text_a_version")
                ],
            },
        ),
        migrations.CreateModel(
            name="SurveyReply",
            fields=[
                (
                    "ref",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("state", models.CharField(max_length=64, verbose_name="State")),
                (
                    "group",
                    opennrm.coordination.models.fields.CodeField(
                        max_length=64, verbose_name="Who replies"
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="Name of the reply")),
                (
                    "is_relevant",
                    models.BooleanField(
                        default=True, verbose_name="The survey is relevant for the State"
                    ),
                ),
                (
                    "sent_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="Approved and sent"),
                ),
                ("sent_by", models.UUIDField(blank=True, editable=False, null=True)),
                (
                    "released_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="Released to everybody"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                        verbose_name="Put together by",
                    ),
                ),
            ],
            options={
                "ordering": ("state", "group", "name"),
            },
        ),
        migrations.CreateModel(
            name="SurveyReturn",
            fields=[
                (
                    "ref",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("at", models.DateTimeField()),
                ("note", models.TextField(verbose_name="What is to be looked at again")),
                (
                    "reply",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="returns",
                        to="coordination.surveyreply",
                    ),
                ),
            ],
            options={
                "ordering": ("-at",),
            },
        ),
        migrations.CreateModel(
            name="SurveyRound",
            fields=[
                (
                    "ref",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("title", models.CharField(max_length=300, verbose_name="Title")),
                ("letter", models.TextField(blank=True, default="", verbose_name="Letter")),
                ("opens_on", models.DateField(verbose_name="Opens on")),
                ("due_on", models.DateField(verbose_name="Replies due on")),
                (
                    "invited",
                    opennrm.coordination.models.fields.WordsField(
                        base_field=models.CharField(max_length=120),
                        blank=True,
                        default=list,
                        help_text="Codes such as AL, with commas between",
                        size=None,
                        verbose_name="States invited",
                    ),
                ),
                (
                    "frozen_on",
                    models.DateField(
                        blank=True, editable=False, null=True, verbose_name="Frozen on"
                    ),
                ),
                (
                    "is_invented",
                    models.BooleanField(
                        default=False, editable=False, verbose_name="All replies are invented"
                    ),
                ),
                (
                    "questionnaire",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="coordination.questionnaireversion",
                        verbose_name="Questionnaire",
                    ),
                ),
            ],
            options={
                "ordering": ("-due_on", "title"),
            },
        ),
        migrations.AddField(
            model_name="surveyreply",
            name="round",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="replies",
                to="coordination.surveyround",
            ),
        ),
    ]
