"""Keeps newsletters in the making."""

import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Adds an empty table."""

    dependencies = (
        ("accounts", "0003_officers_and_invented_people"),
        ("coordination", "0021_history"),
    )
    operations = (
        migrations.CreateModel(
            name="Newsletter",
            fields=[
                (
                    "ref",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="Title")),
                ("from_on", models.DateField(verbose_name="From")),
                ("until_on", models.DateField(verbose_name="Until (not included)")),
                (
                    "for_everybody",
                    models.BooleanField(
                        default=False,
                        help_text="Otherwise for those who work in the mechanism. Cases are in"
                        " neither.",
                        verbose_name="For everybody: only what was published",
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        default="en", editable=False, max_length=16, verbose_name="Language"
                    ),
                ),
                (
                    "text",
                    models.TextField(
                        blank=True,
                        default="",
                        help_text="# at the start of a line makes a heading, a dash a point of a"
                        " list; an empty line begins a paragraph. Left empty, it is put together"
                        " anew.",
                        verbose_name="Text",
                    ),
                ),
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
                "ordering": ("-from_on", "title"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("until_on__gt", models.F("from_on"))),
                        name="newsletter_covers_a_period",
                        violation_error_message="The period ends after it begins.",
                    )
                ],
            },
        ),
    )
