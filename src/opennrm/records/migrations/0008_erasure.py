"""Adds erasure: one function that takes what identifies and leaves what proves."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"
FILES = ("0014_erasure.sql",)


class Migration(migrations.Migration):
    """Adds a table and functions and replaces a trigger; no fact that stands is changed."""

    dependencies = (("records", "0007_what_a_hold_rests_on"),)
    operations = tuple(
        migrations.RunSQL((SQL / name).read_text(encoding="utf-8")) for name in FILES
    )
