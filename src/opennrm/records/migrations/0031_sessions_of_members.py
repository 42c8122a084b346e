"""Lets an officer end every session of a member at once."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"
FILES = ("0064_sessions_of_members.sql",)


class Migration(migrations.Migration):
    """Adds a function; rows that stand are changed in nothing."""

    dependencies = (("records", "0030_first_officers"),)
    operations = tuple(
        migrations.RunSQL((SQL / name).read_text(encoding="utf-8")) for name in FILES
    )
