"""Lets rows of other systems wait, be taken in fast, and be undone for a day."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"
FILES = ("0034_imports.sql",)


class Migration(migrations.Migration):
    """Adds tables that are empty before, and functions."""

    dependencies = (("records", "0021_drafts"),)
    operations = tuple(
        migrations.RunSQL((SQL / name).read_text(encoding="utf-8")) for name in FILES
    )
