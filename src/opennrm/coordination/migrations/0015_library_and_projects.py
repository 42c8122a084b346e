"""Makes the library, events with voices, and projects."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

import opennrm.coordination.models.fields


class Migration(migrations.Migration):
    """Adds tables only."""

    dependencies = (("coordination", "0014_awareness"),)

    operations = (
        migrations.CreateModel(
            name="Event",
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
                ("from_on", models.DateField(verbose_name="First day")),
                ("until_on", models.DateField(verbose_name="Last day")),
                (
                    "place",
                    models.CharField(blank=True, default="", max_length=200, verbose_name="Place"),
                ),
                ("about", models.TextField(blank=True, default="", verbose_name="About")),
                (
                    "participants",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="Participants"
                    ),
                ),
                (
                    "states",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="States taking part"
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="coordination.registerentry",
                        verbose_name="Organised by",
                    ),
                ),
                (
                    "partners",
                    models.ManyToManyField(
                        blank=True,
                        related_name="shared_events",
                        to="coordination.registerentry",
                        verbose_name="Together with",
                    ),
                ),
            ],
            options={
                "ordering": ("-from_on", "title"),
            },
        ),
        migrations.CreateModel(
            name="EventVoice",
            fields=[
                (
                    "ref",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "useful",
                    models.PositiveIntegerField(
                        help_text="From 1 to 5.", verbose_name="How useful it was"
                    ),
                ),
                (
                    "used",
                    models.TextField(
                        blank=True, default="", verbose_name="What will be used of it"
                    ),
                ),
                (
                    "missed",
                    models.TextField(blank=True, default="", verbose_name="What was missing"),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="voices",
                        to="coordination.registerentry",
                        verbose_name="Organisation",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="voices",
                        to="coordination.event",
                        verbose_name="Event",
                    ),
                ),
            ],
            options={
                "ordering": ("event", "entry__name"),
            },
        ),
        migrations.CreateModel(
            name="LibraryItem",
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
                (
                    "language",
                    models.CharField(default="en", max_length=16, verbose_name="Language"),
                ),
                ("issued_on", models.DateField(blank=True, null=True, verbose_name="Date")),
                (
                    "in_force_from",
                    models.DateField(blank=True, null=True, verbose_name="In force from"),
                ),
                (
                    "in_force_until",
                    models.DateField(blank=True, null=True, verbose_name="In force until"),
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
                ("summary", models.TextField(blank=True, default="", verbose_name="In short")),
                ("text", models.TextField(blank=True, default="", verbose_name="Text")),
                ("source", models.CharField(max_length=300, verbose_name="Source")),
                (
                    "state",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="library",
                        to="coordination.state",
                        verbose_name="State",
                    ),
                ),
            ],
            options={
                "ordering": ("title",),
            },
        ),
        migrations.CreateModel(
            name="Project",
            fields=[
                (
                    "ref",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="What")),
                (
                    "areas",
                    opennrm.coordination.models.fields.WordsField(
                        base_field=models.CharField(max_length=120),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="Where",
                    ),
                ),
                (
                    "pillar",
                    opennrm.coordination.models.fields.CodeField(
                        max_length=64, verbose_name="Pillar"
                    ),
                ),
                (
                    "groups",
                    opennrm.coordination.models.fields.CodesField(
                        base_field=models.CharField(max_length=120),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="For whom",
                    ),
                ),
                ("from_on", models.DateField(verbose_name="From")),
                ("until_on", models.DateField(blank=True, null=True, verbose_name="Until")),
                (
                    "status",
                    opennrm.coordination.models.fields.CodeField(
                        default="planned", max_length=64, verbose_name="Status"
                    ),
                ),
                (
                    "money_from",
                    models.CharField(
                        blank=True, default="", max_length=200, verbose_name="Whose money"
                    ),
                ),
                (
                    "currency",
                    models.CharField(default="EUR", max_length=3, verbose_name="Currency"),
                ),
                (
                    "amount",
                    opennrm.coordination.models.fields.MoneyField(
                        blank=True, null=True, verbose_name="Amount"
                    ),
                ),
                (
                    "results",
                    models.TextField(blank=True, default="", verbose_name="What came of it"),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="projects",
                        to="coordination.registerentry",
                        verbose_name="Who",
                    ),
                ),
                (
                    "partners",
                    models.ManyToManyField(
                        blank=True,
                        related_name="shared_projects",
                        to="coordination.registerentry",
                        verbose_name="Together with",
                    ),
                ),
            ],
            options={
                "ordering": ("-from_on", "title"),
            },
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.CheckConstraint(
                condition=models.Q(("until_on__gte", models.F("from_on"))),
                name="event_ends_after_it_begins",
                violation_error_message="The last day is not before the first.",
            ),
        ),
        migrations.AddConstraint(
            model_name="eventvoice",
            constraint=models.UniqueConstraint(
                fields=("event", "entry"), name="a_voice_an_organisation"
            ),
        ),
        migrations.AddConstraint(
            model_name="eventvoice",
            constraint=models.CheckConstraint(
                condition=models.Q(("useful__gte", 1), ("useful__lte", 5)),
                name="useful_from_one_to_five",
                violation_error_message="From 1 to 5.",
            ),
        ),
    )
