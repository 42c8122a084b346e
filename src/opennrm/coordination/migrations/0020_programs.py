"""Binds programs to the part of the co-ordination in the database."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql" / "0020_programs.sql"


class Migration(migrations.Migration):
    """Changes a function; no row is touched."""

    dependencies = (("coordination", "0019_money"), ("records", "0011_programs"))
    operations = (migrations.RunSQL(SQL.read_text(encoding="utf-8")),)
