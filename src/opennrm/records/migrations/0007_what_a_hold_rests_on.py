"""Lets what rests on a hold end with it, and refuses what two persons had to agree on first."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"
FILES = ("0013_what_a_hold_rests_on.sql",)


class Migration(migrations.Migration):
    """Replaces functions; no fact and no row that stands is changed."""

    dependencies = (("records", "0006_what_time_brings"),)
    operations = tuple(
        migrations.RunSQL((SQL / name).read_text(encoding="utf-8")) for name in FILES
    )
