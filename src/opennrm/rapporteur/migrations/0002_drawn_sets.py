"""Adds the place where tables of rules and of redress stand as they were first shown."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql" / "0003_drawn.sql"


class Migration(migrations.Migration):
    """Adds one table; nothing that stands is changed."""

    dependencies = (
        ("rapporteur", "0001_the_ledger"),
        ("records", "0006_what_time_brings"),
    )
    operations = (migrations.RunSQL(SQL.read_text(encoding="utf-8")),)
