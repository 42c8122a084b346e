"""Makes courses, trainers, sessions, attendance and certificates."""

import uuid
from pathlib import Path

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import opennrm.coordination.models.fields

TRAINING = Path(__file__).parent.parent / "sql" / "0011_training.sql"


class Migration(migrations.Migration):
    """Adds tables, and what gives places, certificates and the training of accounts."""

    dependencies = (
        ("accounts", "0003_officers_and_invented_people"),
        ("coordination", "0010_reports"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    )

    operations = (
        migrations.CreateModel(
            name="Attendance",
            fields=[
                (
                    "ref",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="Name")),
                (
                    "profession",
                    opennrm.coordination.models.fields.CodeField(
                        blank=True, default="", max_length=64, verbose_name="Profession"
                    ),
                ),
                (
                    "status",
                    opennrm.coordination.models.fields.CodeField(
                        default="enrolled", max_length=64, verbose_name="Attendance"
                    ),
                ),
                (
                    "before",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="Points before"
                    ),
                ),
                (
                    "after",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="Points afterwards"
                    ),
                ),
                (
                    "useful",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="From 1 to 5.",
                        null=True,
                        verbose_name="How useful it was to her",
                    ),
                ),
                (
                    "account",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="Account",
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attendances",
                        to="coordination.registerentry",
                        verbose_name="Organisation",
                    ),
                ),
                (
                    "held_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ("name",),
            },
        ),
        migrations.CreateModel(
            name="Course",
            fields=[
                (
                    "ref",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="Title")),
                ("version", models.CharField(default="1", max_length=20, verbose_name="Version")),
                (
                    "tag",
                    opennrm.coordination.models.fields.CodeField(
                        blank=True,
                        default="",
                        help_text="Empty where a course opens no right.",
                        max_length=64,
                        verbose_name="Training it gives",
                    ),
                ),
                ("hours", models.PositiveIntegerField(verbose_name="Hours")),
                (
                    "valid_months",
                    models.PositiveIntegerField(
                        default=24,
                        help_text="Two years unless law differs.",
                        verbose_name="Months a certificate counts",
                    ),
                ),
                (
                    "pass_mark",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="Out of a hundred.",
                        null=True,
                        verbose_name="Points needed afterwards",
                    ),
                ),
                (
                    "is_induction",
                    models.BooleanField(default=False, verbose_name="Compulsory for newcomers"),
                ),
                (
                    "for_roles",
                    opennrm.coordination.models.fields.CodesField(
                        base_field=models.CharField(max_length=120),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="Compulsory for",
                    ),
                ),
                (
                    "professions",
                    opennrm.coordination.models.fields.CodesField(
                        base_field=models.CharField(max_length=120),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="Made for",
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
                ("aims", models.TextField(verbose_name="What people can do afterwards")),
                ("material", models.TextField(blank=True, default="", verbose_name="Material")),
                (
                    "replaces",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="coordination.course",
                        verbose_name="Replaces",
                    ),
                ),
            ],
            options={
                "ordering": ("title", "version"),
            },
        ),
        migrations.CreateModel(
            name="Certificate",
            fields=[
                (
                    "ref",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="Name")),
                (
                    "profession",
                    opennrm.coordination.models.fields.CodeField(
                        blank=True, default="", max_length=64, verbose_name="Profession"
                    ),
                ),
                (
                    "tag",
                    opennrm.coordination.models.fields.CodeField(
                        blank=True, default="", max_length=64, verbose_name="Training"
                    ),
                ),
                ("issued_on", models.DateField(verbose_name="Given on")),
                ("valid_until", models.DateField(verbose_name="Runs out on")),
                (
                    "withdrawn_on",
                    models.DateField(blank=True, null=True, verbose_name="Taken back on"),
                ),
                (
                    "account",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "attendance",
                    models.OneToOneField(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="certificate",
                        to="coordination.attendance",
                        verbose_name="Who was there",
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="coordination.registerentry",
                    ),
                ),
                (
                    "held_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "course",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="certificates",
                        to="coordination.course",
                        verbose_name="Course",
                    ),
                ),
            ],
            options={
                "ordering": ("-issued_on", "name"),
            },
        ),
        migrations.CreateModel(
            name="CourseSession",
            fields=[
                (
                    "ref",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("from_on", models.DateField(verbose_name="First day")),
                ("until_on", models.DateField(verbose_name="Last day")),
                (
                    "place",
                    models.CharField(blank=True, default="", max_length=200, verbose_name="Place"),
                ),
                (
                    "language",
                    opennrm.coordination.models.fields.LanguagesField(
                        base_field=models.CharField(max_length=120),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="Languages",
                    ),
                ),
                ("places", models.PositiveIntegerField(default=20, verbose_name="Places")),
                (
                    "status",
                    opennrm.coordination.models.fields.CodeField(
                        default="planned", max_length=64, verbose_name="Status"
                    ),
                ),
                ("went", models.TextField(blank=True, default="", verbose_name="How it went")),
                (
                    "course",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sessions",
                        to="coordination.course",
                        verbose_name="Course",
                    ),
                ),
                (
                    "held_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                        verbose_name="Held by",
                    ),
                ),
            ],
            options={
                "ordering": ("-from_on",),
            },
        ),
        migrations.AddField(
            model_name="attendance",
            name="session",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="attendances",
                to="coordination.coursesession",
                verbose_name="Session",
            ),
        ),
        migrations.CreateModel(
            name="Trainer",
            fields=[
                (
                    "ref",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="Name")),
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
                (
                    "checked_on",
                    models.DateField(blank=True, null=True, verbose_name="Seen at work on"),
                ),
                ("until_on", models.DateField(blank=True, null=True, verbose_name="Until")),
                (
                    "courses",
                    models.ManyToManyField(
                        blank=True,
                        related_name="trainers",
                        to="coordination.course",
                        verbose_name="Gives",
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="trainers",
                        to="coordination.registerentry",
                        verbose_name="Organisation",
                    ),
                ),
            ],
            options={
                "ordering": ("name",),
            },
        ),
        migrations.AddField(
            model_name="coursesession",
            name="trainers",
            field=models.ManyToManyField(
                blank=True,
                related_name="sessions",
                to="coordination.trainer",
                verbose_name="Trainers",
            ),
        ),
        migrations.AddConstraint(
            model_name="course",
            constraint=models.UniqueConstraint(
                fields=("title", "version"), name="a_version_of_a_course"
            ),
        ),
        migrations.AddConstraint(
            model_name="course",
            constraint=models.CheckConstraint(
                condition=models.Q(("hours__gte", 1), ("valid_months__gte", 1)),
                name="a_course_has_hours_and_counts",
                violation_error_message="A course has at least one hour and counts a month.",
            ),
        ),
        migrations.AddConstraint(
            model_name="course",
            constraint=models.CheckConstraint(
                condition=models.Q(("pass_mark", None), ("pass_mark__lte", 100), _connector="OR"),
                name="points_out_of_a_hundred",
                violation_error_message="Points are out of a hundred.",
            ),
        ),
        migrations.AddConstraint(
            model_name="attendance",
            constraint=models.UniqueConstraint(
                fields=("session", "account"), name="a_place_a_person"
            ),
        ),
        migrations.AddConstraint(
            model_name="attendance",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("before", None), ("before__lte", 100), _connector="OR"),
                    models.Q(("after", None), ("after__lte", 100), _connector="OR"),
                    models.Q(
                        ("useful", None),
                        models.Q(("useful__gte", 1), ("useful__lte", 5)),
                        _connector="OR",
                    ),
                ),
                name="points_of_a_person",
                violation_error_message="Points go to a hundred, usefulness from 1 to 5.",
            ),
        ),
        migrations.AddConstraint(
            model_name="coursesession",
            constraint=models.UniqueConstraint(
                fields=("ref", "held_by"), name="session_and_who_holds_it"
            ),
        ),
        migrations.AddConstraint(
            model_name="coursesession",
            constraint=models.CheckConstraint(
                condition=models.Q(("until_on__gte", models.F("from_on"))),
                name="session_ends_after_it_begins",
                violation_error_message="The last day is not before the first.",
            ),
        ),
        migrations.RunSQL(TRAINING.read_text(encoding="utf-8")),
    )
