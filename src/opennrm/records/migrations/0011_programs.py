"""Adds programs that work in the name of a person, bound to a purpose, steps, parts and an end."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql" / "0017_programs.sql"


class Migration(migrations.Migration):
    """Adds two tables and their functions; what a reader may see now also asks for its program."""

    dependencies = (("records", "0010_safety_sheet"),)
    operations = (migrations.RunSQL(SQL.read_text(encoding="utf-8")),)
