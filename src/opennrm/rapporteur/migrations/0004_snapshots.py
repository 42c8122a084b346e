"""Adds snapshots: the statistics copy as it was counted, in Parquet, the newest one only."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql" / "0005_snapshots.sql"


class Migration(migrations.Migration):
    """Adds a table; the copy stays as it is."""

    dependencies = (("rapporteur", "0003_the_desk"),)
    operations = (migrations.RunSQL(SQL.read_text(encoding="utf-8")),)
