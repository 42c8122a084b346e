"""Adds systems that are told of news, and what posts each notice to them."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql" / "0061_hooks.sql"


class Migration(migrations.Migration):
    """Adds one table, its functions and a trigger on notices; no row that stood changes."""

    dependencies = (("records", "0031_sessions_of_members"),)
    operations = (migrations.RunSQL(SQL.read_text(encoding="utf-8")),)
