"""Reads what is live of a case in the statement that changes it."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"
FILES = ("0085_written_and_read.sql",)


class Migration(migrations.Migration):
    """Adds one function that does what two did, one after the other."""

    dependencies = (("records", "0051_front_door_shut"),)
    operations = tuple(
        migrations.RunSQL((SQL / name).read_text(encoding="utf-8")) for name in FILES
    )
