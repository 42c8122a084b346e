"""Adds the secret addresses under which calendars ask for deadlines."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql" / "0009_calendar.sql"


class Migration(migrations.Migration):
    """Adds one table and its functions; nothing that stands is changed."""

    dependencies = (("records", "0003_who_looked"),)
    operations = (migrations.RunSQL(SQL.read_text(encoding="utf-8")),)
