"""Adds the drafts that a person has begun to write, locked under her own key."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql" / "0034_drafts.sql"


class Migration(migrations.Migration):
    """Adds one table and its functions; nothing that stands is changed."""

    dependencies = (("records", "0020_places"),)
    operations = (migrations.RunSQL(SQL.read_text(encoding="utf-8")),)
