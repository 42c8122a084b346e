"""Makes campaigns, the media kit and clippings of the press."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

import opennrm.coordination.models.fields


class Migration(migrations.Migration):
    """Adds tables only."""

    dependencies = (("coordination", "0013_trials_and_work"),)

    operations = (
        migrations.CreateModel(
            name="Clipping",
            fields=[
                (
                    "ref",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("title", models.CharField(max_length=300, verbose_name="Headline")),
                ("outlet", models.CharField(max_length=200, verbose_name="Newspaper or station")),
                ("language", models.CharField(max_length=16, verbose_name="Language")),
                ("published_on", models.DateField(verbose_name="Published on")),
                (
                    "summary",
                    models.TextField(
                        help_text="Name nobody who was exploited, even where the press did.",
                        verbose_name="In short",
                    ),
                ),
                (
                    "address",
                    models.CharField(
                        blank=True, default="", max_length=300, verbose_name="Address"
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
                    "harms",
                    models.BooleanField(default=False, verbose_name="It shows or blames a person"),
                ),
            ],
            options={
                "ordering": ("-published_on", "title"),
            },
        ),
        migrations.CreateModel(
            name="MediaItem",
            fields=[
                (
                    "ref",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="Title")),
                (
                    "kind",
                    opennrm.coordination.models.fields.CodeField(
                        max_length=64, verbose_name="Kind"
                    ),
                ),
                (
                    "language",
                    models.CharField(default="en", max_length=16, verbose_name="Language"),
                ),
                ("text", models.TextField(verbose_name="Text")),
                (
                    "shows",
                    opennrm.coordination.models.fields.CodeField(
                        blank=True,
                        default="",
                        max_length=64,
                        verbose_name="Does it show a person?",
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        blank=True, default="", max_length=300, verbose_name="Source"
                    ),
                ),
            ],
            options={
                "ordering": ("kind", "title"),
            },
        ),
        migrations.CreateModel(
            name="Campaign",
            fields=[
                (
                    "ref",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="Title")),
                ("from_on", models.DateField(verbose_name="From")),
                ("until_on", models.DateField(blank=True, null=True, verbose_name="Until")),
                (
                    "status",
                    opennrm.coordination.models.fields.CodeField(
                        default="planned", editable=False, max_length=64, verbose_name="Status"
                    ),
                ),
                (
                    "audiences",
                    opennrm.coordination.models.fields.CodesField(
                        base_field=models.CharField(max_length=120),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="Speaks to",
                    ),
                ),
                (
                    "groups",
                    opennrm.coordination.models.fields.CodesField(
                        base_field=models.CharField(max_length=120),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="Groups at risk it is made for",
                    ),
                ),
                (
                    "forms",
                    opennrm.coordination.models.fields.CodesField(
                        base_field=models.CharField(max_length=120),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="Forms of exploitation it speaks of",
                    ),
                ),
                (
                    "languages",
                    opennrm.coordination.models.fields.LanguagesField(
                        base_field=models.CharField(max_length=120),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="Languages",
                    ),
                ),
                ("message", models.TextField(verbose_name="Message")),
                (
                    "review",
                    opennrm.coordination.models.fields.CodeField(
                        blank=True,
                        default="",
                        max_length=64,
                        verbose_name="What a review of the message found",
                    ),
                ),
                (
                    "reviewed_by",
                    models.CharField(
                        blank=True, default="", max_length=200, verbose_name="Reviewed by"
                    ),
                ),
                (
                    "reach",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="People reached"
                    ),
                ),
                (
                    "asked",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="People asked afterwards"
                    ),
                ),
                (
                    "change_before",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="Knew where to turn before, in percent"
                    ),
                ),
                (
                    "change_after",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        verbose_name="Knew where to turn afterwards, in percent",
                    ),
                ),
                (
                    "method",
                    models.TextField(blank=True, default="", verbose_name="How this was measured"),
                ),
                (
                    "calls_before",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="Calls to the helpline, month before"
                    ),
                ),
                (
                    "calls_after",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="Calls to the helpline, month after"
                    ),
                ),
                (
                    "not_evaluated_because",
                    models.TextField(
                        blank=True, default="", verbose_name="Why it could not be evaluated"
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="campaigns",
                        to="coordination.registerentry",
                        verbose_name="Run by",
                    ),
                ),
            ],
            options={
                "ordering": ("-from_on", "title"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("change_before", None),
                                ("change_before__lte", 100),
                                _connector="OR",
                            ),
                            models.Q(
                                ("change_after", None), ("change_after__lte", 100), _connector="OR"
                            ),
                        ),
                        name="percent_of_a_hundred",
                        violation_error_message="A percentage is at most a hundred.",
                    )
                ],
            },
        ),
    )
