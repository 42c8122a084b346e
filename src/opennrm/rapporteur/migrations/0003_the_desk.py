"""Adds the desk: requests, steps, drafts, questions for hidden cells; releases come through it."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql" / "0004_desk.sql"


class Migration(migrations.Migration):
    """Adds tables and columns; releases that stand are kept as they are."""

    dependencies = (("rapporteur", "0002_drawn_sets"),)
    operations = (migrations.RunSQL(SQL.read_text(encoding="utf-8")),)
