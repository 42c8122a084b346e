"""Adds what holds, overrides and their figures need to a record that may have cases in it."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"
FILES = ("0006_holds.sql", "0007_rule_events.sql")


class Migration(migrations.Migration):
    """Adds functions, policies and tables; no fact and no row that stands is changed."""

    dependencies = (("records", "0001_the_record"),)
    operations = tuple(
        migrations.RunSQL((SQL / name).read_text(encoding="utf-8")) for name in FILES
    )
