"""Makes the register, the history of the co-ordination, and what is published."""

import uuid
from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

import opennrm.coordination.models.fields

GUARDING = Path(__file__).parent.parent / "sql" / "0001_guarding.sql"


class Migration(migrations.Migration):
    """Makes the tables and the functions that guard them; rows are guarded after it."""

    initial = True

    dependencies = (
        ("accounts", "0002_services"),
        ("records", "0007_what_a_hold_rests_on"),
    )

    operations = (
        migrations.CreateModel(
            name="Change",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("table", models.CharField(max_length=64)),
                ("row", models.UUIDField()),
                ("area", models.CharField(max_length=32)),
                ("act", models.CharField(max_length=8)),
                ("at", models.DateTimeField()),
                ("account", models.UUIDField(null=True)),
                ("organisation", models.UUIDField(null=True)),
                ("private_to", models.UUIDField(null=True)),
                ("why", models.TextField(blank=True, default="")),
                ("before", models.JSONField(null=True)),
                ("after", models.JSONField(null=True)),
            ],
            options={
                "ordering": ("-id",),
                "indexes": [models.Index(fields=["table", "row", "id"], name="change_of_a_row")],
            },
        ),
        migrations.CreateModel(
            name="Permit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("area", models.CharField(max_length=32)),
                ("act", models.CharField(max_length=16)),
                ("role", models.CharField(max_length=8)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("area", "act", "role"), name="one_cell_a_permit"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Publication",
            fields=[
                (
                    "ref",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("kind", models.CharField(max_length=32)),
                ("about", models.UUIDField()),
                ("area", models.CharField(max_length=32)),
                ("title", models.CharField(max_length=300)),
                ("language", models.CharField(default="en", max_length=16)),
                ("at", models.DateTimeField()),
                ("content", models.JSONField()),
            ],
            options={
                "ordering": ("-at",),
                "indexes": [
                    models.Index(fields=["kind", "about", "-at"], name="newest_publication")
                ],
            },
        ),
        migrations.CreateModel(
            name="RegisterEntry",
            fields=[
                (
                    "ref",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=200, unique=True, verbose_name="Name")),
                (
                    "short_name",
                    models.CharField(
                        blank=True, default="", max_length=60, verbose_name="Short name"
                    ),
                ),
                (
                    "kind",
                    opennrm.coordination.models.fields.CodeField(
                        max_length=64, verbose_name="Kind"
                    ),
                ),
                ("jurisdiction", models.CharField(max_length=16, verbose_name="State")),
                (
                    "roles",
                    opennrm.coordination.models.fields.CodesField(
                        base_field=models.CharField(max_length=120),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="Roles",
                    ),
                ),
                (
                    "areas",
                    opennrm.coordination.models.fields.WordsField(
                        base_field=models.CharField(max_length=120),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="Areas covered",
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
                (
                    "is_safe_place",
                    models.BooleanField(default=False, verbose_name="Has a safe place"),
                ),
                ("address", models.TextField(blank=True, default="", verbose_name="Address")),
                (
                    "box",
                    models.CharField(
                        blank=True, default="", max_length=120, verbose_name="Post box"
                    ),
                ),
                (
                    "phone",
                    models.CharField(
                        blank=True, default="", max_length=60, verbose_name="Telephone"
                    ),
                ),
                (
                    "website",
                    models.CharField(
                        blank=True, default="", max_length=200, verbose_name="Website"
                    ),
                ),
                (
                    "secure_channel",
                    models.CharField(
                        blank=True, default="", max_length=200, verbose_name="Secure channel"
                    ),
                ),
                (
                    "complaints",
                    models.CharField(
                        blank=True, default="", max_length=200, verbose_name="Complaints go to"
                    ),
                ),
                (
                    "opening_hours",
                    models.CharField(
                        blank=True, default="", max_length=200, verbose_name="Opening hours"
                    ),
                ),
                (
                    "accessibility",
                    models.CharField(
                        blank=True, default="", max_length=300, verbose_name="Accessibility"
                    ),
                ),
                ("mandate", models.TextField(blank=True, default="", verbose_name="Mandate")),
                ("left_on", models.DateField(blank=True, null=True, verbose_name="Left on")),
                (
                    "member",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="register_entry",
                        to="accounts.organisation",
                        verbose_name="Enrolled as",
                    ),
                ),
            ],
            options={
                "ordering": ("name",),
            },
        ),
        migrations.CreateModel(
            name="ContactPoint",
            fields=[
                (
                    "ref",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "purpose",
                    opennrm.coordination.models.fields.CodeField(
                        max_length=64, verbose_name="Turned to for"
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="Name")),
                (
                    "function",
                    models.CharField(
                        blank=True, default="", max_length=200, verbose_name="Function"
                    ),
                ),
                (
                    "phone",
                    models.CharField(
                        blank=True, default="", max_length=60, verbose_name="Telephone"
                    ),
                ),
                (
                    "email",
                    models.CharField(
                        blank=True, default="", max_length=200, verbose_name="E-mail"
                    ),
                ),
                ("from_on", models.DateField(verbose_name="From")),
                ("until_on", models.DateField(blank=True, null=True, verbose_name="Until")),
                (
                    "is_public",
                    models.BooleanField(default=False, verbose_name="Shown to everybody"),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="contacts",
                        to="coordination.registerentry",
                        verbose_name="Organisation",
                    ),
                ),
            ],
            options={
                "ordering": ("entry__name", "purpose", "name"),
            },
        ),
        migrations.AddConstraint(
            model_name="registerentry",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_safe_place", False), ("address", ""), _connector="OR"),
                name="safe_place_without_address",
                violation_error_message="A safe place has no address here. Name a post box.",
            ),
        ),
        migrations.RunSQL(GUARDING.read_text(encoding="utf-8")),
    )
