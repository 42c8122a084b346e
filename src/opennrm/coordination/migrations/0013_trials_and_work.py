"""Makes registers of offers of work, licences, inspections, wages, and observed trials."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

import opennrm.coordination.models.fields


class Migration(migrations.Migration):
    """Adds tables only."""

    dependencies = (
        ("accounts", "0003_officers_and_invented_people"),
        ("coordination", "0012_places"),
    )

    operations = (
        migrations.CreateModel(
            name="Inspection",
            fields=[
                (
                    "ref",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("employer", models.CharField(max_length=200, verbose_name="Employer")),
                (
                    "sector",
                    opennrm.coordination.models.fields.CodeField(
                        max_length=64, verbose_name="Sector"
                    ),
                ),
                (
                    "area",
                    models.CharField(blank=True, default="", max_length=120, verbose_name="Area"),
                ),
                ("inspected_on", models.DateField(verbose_name="Inspected on")),
                (
                    "reason",
                    opennrm.coordination.models.fields.CodeField(
                        max_length=64, verbose_name="Why"
                    ),
                ),
                (
                    "workers",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="Workers met"),
                ),
                (
                    "interpreter",
                    models.BooleanField(default=False, verbose_name="With an interpreter"),
                ),
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
                        help_text="About the place; no names.",
                        verbose_name="What was found",
                    ),
                ),
                (
                    "outcomes",
                    opennrm.coordination.models.fields.CodesField(
                        base_field=models.CharField(max_length=120),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="What followed",
                    ),
                ),
                (
                    "again_on",
                    models.DateField(blank=True, null=True, verbose_name="Looked at again on"),
                ),
            ],
            options={
                "ordering": ("-inspected_on",),
            },
        ),
        migrations.CreateModel(
            name="JobRegister",
            fields=[
                (
                    "ref",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("title", models.CharField(max_length=200, unique=True, verbose_name="Title")),
                (
                    "kind",
                    opennrm.coordination.models.fields.CodeField(
                        max_length=64, verbose_name="Kind"
                    ),
                ),
                (
                    "issuer",
                    models.CharField(max_length=200, verbose_name="Authority that keeps it"),
                ),
                ("as_of", models.DateField(verbose_name="As it stood on")),
                (
                    "source",
                    models.CharField(max_length=300, verbose_name="Where it was taken from"),
                ),
            ],
            options={
                "ordering": ("kind", "title"),
            },
        ),
        migrations.CreateModel(
            name="JobRegisterEntry",
            fields=[
                (
                    "ref",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="Name")),
                (
                    "other_names",
                    opennrm.coordination.models.fields.WordsField(
                        base_field=models.CharField(max_length=120),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="Other names",
                    ),
                ),
                (
                    "number",
                    models.CharField(blank=True, default="", max_length=60, verbose_name="Number"),
                ),
                (
                    "country",
                    models.CharField(
                        blank=True, default="", max_length=64, verbose_name="Country"
                    ),
                ),
                ("until_on", models.DateField(blank=True, null=True, verbose_name="Until")),
                (
                    "says",
                    models.TextField(
                        blank=True, default="", verbose_name="What the register says"
                    ),
                ),
                (
                    "register",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="entries",
                        to="coordination.jobregister",
                        verbose_name="Register",
                    ),
                ),
            ],
            options={
                "ordering": ("name",),
            },
        ),
        migrations.CreateModel(
            name="RecruitmentLicence",
            fields=[
                (
                    "ref",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("holder", models.CharField(max_length=200, verbose_name="Agency")),
                ("number", models.CharField(max_length=60, unique=True, verbose_name="Number")),
                (
                    "sectors",
                    opennrm.coordination.models.fields.CodesField(
                        base_field=models.CharField(max_length=120),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="Sectors",
                    ),
                ),
                (
                    "countries",
                    models.CharField(
                        blank=True, default="", max_length=200, verbose_name="Finds work in"
                    ),
                ),
                (
                    "status",
                    opennrm.coordination.models.fields.CodeField(
                        max_length=64, verbose_name="Status"
                    ),
                ),
                ("granted_on", models.DateField(verbose_name="Given on")),
                ("until_on", models.DateField(verbose_name="Until")),
                (
                    "fees_checked_on",
                    models.DateField(
                        blank=True, null=True, verbose_name="Fees to workers checked on"
                    ),
                ),
                (
                    "says",
                    models.TextField(
                        blank=True, default="", verbose_name="Reasons and conditions"
                    ),
                ),
            ],
            options={
                "ordering": ("holder",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status", "valid"),
                            models.Q(("says", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="licence_lost_with_reasons",
                        violation_error_message="Say why this licence is not valid.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Trial",
            fields=[
                (
                    "ref",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("court", models.CharField(max_length=200, verbose_name="Court")),
                (
                    "public_number",
                    models.CharField(
                        blank=True,
                        default="",
                        max_length=60,
                        verbose_name="Number on the list of the court",
                    ),
                ),
                (
                    "charge",
                    opennrm.coordination.models.fields.CodeField(
                        max_length=64, verbose_name="What it is about"
                    ),
                ),
                (
                    "form",
                    opennrm.coordination.models.fields.CodeField(
                        blank=True, default="", max_length=64, verbose_name="Form of exploitation"
                    ),
                ),
                (
                    "accused",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="Accused persons"
                    ),
                ),
                ("began_on", models.DateField(blank=True, null=True, verbose_name="Began on")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="Ended on")),
                (
                    "outcome",
                    models.TextField(
                        blank=True,
                        default="",
                        help_text="As the court made it public; no names.",
                        verbose_name="Outcome",
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
                "ordering": ("court", "-began_on"),
            },
        ),
        migrations.CreateModel(
            name="Hearing",
            fields=[
                (
                    "ref",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("held_on", models.DateField(verbose_name="On")),
                (
                    "kind",
                    opennrm.coordination.models.fields.CodeField(
                        max_length=64, verbose_name="Kind"
                    ),
                ),
                (
                    "access",
                    opennrm.coordination.models.fields.CodeField(
                        max_length=64, verbose_name="How you came in"
                    ),
                ),
                (
                    "outcome",
                    opennrm.coordination.models.fields.CodeField(
                        max_length=64, verbose_name="What became of it"
                    ),
                ),
                ("observers", models.CharField(max_length=200, verbose_name="Observers")),
                (
                    "minutes",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="Minutes observed"
                    ),
                ),
                (
                    "says",
                    models.TextField(
                        blank=True,
                        default="",
                        help_text="About the proceedings; no name, no words of a witness.",
                        verbose_name="What you saw",
                    ),
                ),
                (
                    "filed_on",
                    models.DateField(
                        blank=True, editable=False, null=True, verbose_name="Filed on"
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
                    "trial",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hearings",
                        to="coordination.trial",
                        verbose_name="Trial",
                    ),
                ),
            ],
            options={
                "ordering": ("-held_on",),
            },
        ),
        migrations.CreateModel(
            name="HearingFinding",
            fields=[
                (
                    "ref",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "right",
                    opennrm.coordination.models.fields.CodeField(
                        max_length=64, verbose_name="Right"
                    ),
                ),
                (
                    "stands",
                    opennrm.coordination.models.fields.CodeField(
                        max_length=64, verbose_name="How it stood"
                    ),
                ),
                (
                    "says",
                    models.CharField(
                        blank=True, default="", max_length=300, verbose_name="Remark"
                    ),
                ),
                (
                    "hearing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="findings",
                        to="coordination.hearing",
                        verbose_name="Hearing",
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
                "ordering": ("right",),
                "constraints": [
                    models.UniqueConstraint(fields=("hearing", "right"), name="a_right_a_hearing")
                ],
            },
        ),
        migrations.CreateModel(
            name="WageClaim",
            fields=[
                (
                    "ref",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("workers", models.PositiveIntegerField(verbose_name="Workers")),
                ("from_on", models.DateField(verbose_name="From")),
                ("until_on", models.DateField(verbose_name="Until")),
                (
                    "currency",
                    models.CharField(default="EUR", max_length=3, verbose_name="Currency"),
                ),
                ("owed", opennrm.coordination.models.fields.MoneyField(verbose_name="Owed")),
                (
                    "paid",
                    opennrm.coordination.models.fields.MoneyField(
                        default=0, verbose_name="Paid to the workers"
                    ),
                ),
                (
                    "status",
                    opennrm.coordination.models.fields.CodeField(
                        max_length=64, verbose_name="Status"
                    ),
                ),
                ("says", models.TextField(blank=True, default="", verbose_name="What followed")),
                (
                    "inspection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="wage_claims",
                        to="coordination.inspection",
                        verbose_name="Inspection",
                    ),
                ),
            ],
            options={
                "ordering": ("-until_on",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("until_on__gte", models.F("from_on"))),
                        name="wages_of_a_time",
                        violation_error_message="The last day is not before the first.",
                    )
                ],
            },
        ),
    )
