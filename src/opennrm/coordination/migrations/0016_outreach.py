"""Makes outreach, scenes, money traced, field reports, prevention and observations."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

import opennrm.coordination.models.fields


class Migration(migrations.Migration):
    """Adds tables only."""

    dependencies = (
        ("accounts", "0003_officers_and_invented_people"),
        ("coordination", "0015_library_and_projects"),
    )

    operations = (
        migrations.CreateModel(
            name="MoneyTraced",
            fields=[
                (
                    "ref",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "step",
                    opennrm.coordination.models.fields.CodeField(
                        max_length=64, verbose_name="Step"
                    ),
                ),
                ("taken_on", models.DateField(verbose_name="On")),
                ("authority", models.CharField(max_length=200, verbose_name="Authority")),
                ("kind", models.CharField(max_length=200, verbose_name="What")),
                (
                    "currency",
                    models.CharField(default="EUR", max_length=3, verbose_name="Currency"),
                ),
                ("amount", opennrm.coordination.models.fields.MoneyField(verbose_name="Amount")),
                (
                    "to_victims",
                    opennrm.coordination.models.fields.MoneyField(
                        default=0, verbose_name="Of it to victims"
                    ),
                ),
                ("says", models.TextField(blank=True, default="", verbose_name="What followed")),
            ],
            options={
                "ordering": ("-taken_on",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("to_victims__lte", models.F("amount"))),
                        name="no_more_to_victims_than_there_was",
                        violation_error_message="No more to victims than the amount.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SceneReport",
            fields=[
                (
                    "ref",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("seen_on", models.DateField(verbose_name="Seen on")),
                (
                    "place",
                    opennrm.coordination.models.fields.CodeField(
                        max_length=64, verbose_name="Kind of place"
                    ),
                ),
                (
                    "sector",
                    opennrm.coordination.models.fields.CodeField(
                        blank=True, default="", max_length=64, verbose_name="Sector"
                    ),
                ),
                ("area", models.CharField(max_length=120, verbose_name="Area")),
                (
                    "signs",
                    opennrm.coordination.models.fields.CodesField(
                        base_field=models.CharField(max_length=120),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="Signs",
                    ),
                ),
                (
                    "says",
                    models.TextField(
                        blank=True,
                        default="",
                        help_text="No persons.",
                        verbose_name="What was seen",
                    ),
                ),
                (
                    "outcome",
                    opennrm.coordination.models.fields.CodeField(
                        blank=True, default="", max_length=64, verbose_name="What came of it"
                    ),
                ),
                (
                    "passed_to",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="scenes",
                        to="coordination.registerentry",
                        verbose_name="Passed on to",
                    ),
                ),
            ],
            options={
                "ordering": ("-seen_on",),
            },
        ),
        migrations.CreateModel(
            name="FieldReport",
            fields=[
                (
                    "ref",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("told_on", models.DateField(verbose_name="Told on")),
                (
                    "where",
                    opennrm.coordination.models.fields.CodeField(
                        max_length=64, verbose_name="Where"
                    ),
                ),
                (
                    "majority",
                    opennrm.coordination.models.fields.CodeField(
                        max_length=64, verbose_name="Child or adult"
                    ),
                ),
                (
                    "forms",
                    opennrm.coordination.models.fields.CodesField(
                        base_field=models.CharField(max_length=120),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="What it may be",
                    ),
                ),
                (
                    "signs",
                    opennrm.coordination.models.fields.CodesField(
                        base_field=models.CharField(max_length=120),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="What was seen at the place",
                    ),
                ),
                (
                    "arranged",
                    opennrm.coordination.models.fields.CodesField(
                        base_field=models.CharField(max_length=120),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="What was arranged",
                    ),
                ),
                (
                    "consent",
                    opennrm.coordination.models.fields.CodeField(
                        max_length=64, verbose_name="Does she want more to be done?"
                    ),
                ),
                (
                    "status",
                    opennrm.coordination.models.fields.CodeField(
                        default="open", max_length=64, verbose_name="Status"
                    ),
                ),
                (
                    "follow_up_on",
                    models.DateField(blank=True, null=True, verbose_name="Look again on"),
                ),
                (
                    "police_told_on",
                    models.DateField(
                        blank=True, editable=False, null=True, verbose_name="Police told on"
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
            ],
            options={
                "ordering": ("-told_on",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("consent", "yes"),
                            models.Q(
                                ("follow_up_on", None),
                                ("status__in", ("open", "arranged", "ended")),
                            ),
                            models.Q(
                                ("consent", "not_asked"), ("status__in", ("open", "arranged"))
                            ),
                            _connector="OR",
                        ),
                        name="followed_up_as_she_wishes",
                        violation_error_message="Only what she wants is followed up or handed on.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Observation",
            fields=[
                (
                    "ref",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("observed_on", models.DateField(verbose_name="Observed on")),
                (
                    "finding",
                    models.TextField(help_text="No name of anybody.", verbose_name="Finding"),
                ),
                (
                    "wants",
                    models.TextField(blank=True, default="", verbose_name="What should change"),
                ),
                (
                    "answer_due_on",
                    models.DateField(blank=True, null=True, verbose_name="Answer due on"),
                ),
                (
                    "answer",
                    models.TextField(blank=True, default="", verbose_name="Answer of the body"),
                ),
                (
                    "answered_on",
                    models.DateField(blank=True, null=True, verbose_name="Answered on"),
                ),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="observed",
                        to="coordination.registerentry",
                        verbose_name="Body observed",
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="observations",
                        to="coordination.registerentry",
                        verbose_name="Observed by",
                    ),
                ),
            ],
            options={
                "ordering": ("-observed_on",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("entry", models.F("body")), _negated=True),
                        name="nobody_observes_itself",
                        violation_error_message="No body observes itself.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OutreachVisit",
            fields=[
                (
                    "ref",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("went_on", models.DateField(verbose_name="Went on")),
                (
                    "place",
                    opennrm.coordination.models.fields.CodeField(
                        max_length=64, verbose_name="Kind of place"
                    ),
                ),
                (
                    "area",
                    models.CharField(
                        help_text="A town or region only.", max_length=120, verbose_name="Area"
                    ),
                ),
                (
                    "languages",
                    opennrm.coordination.models.fields.LanguagesField(
                        base_field=models.CharField(max_length=120),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="Languages spoken by the team",
                    ),
                ),
                ("team", models.PositiveIntegerField(verbose_name="People in the team")),
                (
                    "with_mediator",
                    models.BooleanField(default=False, verbose_name="With a cultural mediator"),
                ),
                ("met", models.PositiveIntegerField(verbose_name="People spoken with")),
                (
                    "told_rights",
                    models.PositiveIntegerField(default=0, verbose_name="Told of rights and help"),
                ),
                (
                    "led_to_screening",
                    models.PositiveIntegerField(default=0, verbose_name="Wished to be screened"),
                ),
                (
                    "says",
                    models.TextField(
                        blank=True,
                        default="",
                        help_text="No name, no description.",
                        verbose_name="About the place",
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="visits",
                        to="coordination.registerentry",
                        verbose_name="Team of",
                    ),
                ),
            ],
            options={
                "ordering": ("-went_on",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("told_rights__lte", models.F("met")),
                            ("led_to_screening__lte", models.F("met")),
                        ),
                        name="no_more_than_were_met",
                        violation_error_message="No more than the people spoken with.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PreventionProgramme",
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
                        max_length=64, verbose_name="Gives"
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
                    "partner_abroad",
                    models.CharField(
                        blank=True,
                        default="",
                        max_length=200,
                        verbose_name="Partner across the border",
                    ),
                ),
                ("from_on", models.DateField(verbose_name="From")),
                ("until_on", models.DateField(blank=True, null=True, verbose_name="Until")),
                (
                    "places",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="Places"),
                ),
                ("people", models.PositiveIntegerField(default=0, verbose_name="People so far")),
                ("found_work", models.PositiveIntegerField(default=0, verbose_name="Found work")),
                (
                    "still_there",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="Still in it after six months"
                    ),
                ),
                (
                    "evaluation",
                    models.TextField(
                        blank=True, default="", verbose_name="What it changed, known by what"
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="programmes",
                        to="coordination.registerentry",
                        verbose_name="Run by",
                    ),
                ),
            ],
            options={
                "ordering": ("-from_on", "title"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("found_work__lte", models.F("people"))),
                        name="no_more_found_work_than_came",
                        violation_error_message="No more found work than there were people.",
                    )
                ],
            },
        ),
    )
