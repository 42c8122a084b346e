"""Asks for each row of access by itself where the planner asked for all of a house."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"
FILES = ("0083_one_by_one.sql",)


class Migration(migrations.Migration):
    """Replaces policies and functions by others that show the same."""

    dependencies = (("records", "0049_same_person"),)
    operations = tuple(
        migrations.RunSQL((SQL / name).read_text(encoding="utf-8")) for name in FILES
    )
