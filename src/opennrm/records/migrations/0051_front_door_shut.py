"""Hands no call for help to a house that is closed for good and reads nothing any more."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"
FILES = ("0084_front_door_shut.sql",)


class Migration(migrations.Migration):
    """Replaces what opens the front door."""

    dependencies = (("records", "0050_one_by_one"),)
    operations = tuple(
        migrations.RunSQL((SQL / name).read_text(encoding="utf-8")) for name in FILES
    )
