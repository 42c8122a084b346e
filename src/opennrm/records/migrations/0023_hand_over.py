"""Adds hand-overs between States: partners, keys of focal points, words said, the post."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql" / "0060_hand_over.sql"


class Migration(migrations.Migration):
    """Adds six tables and their functions; nothing that stood before changes."""

    dependencies = (
        ("records", "0022_imports"),
        ("accounts", "0003_officers_and_invented_people"),
    )
    operations = (migrations.RunSQL(SQL.read_text(encoding="utf-8")),)
