"""Lets the safety sheet stand by, sealed, for the night duty of a house."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"
FILES = ("0022_emergency.sql",)


class Migration(migrations.Migration):
    """Adds a state of rows and replaces functions; rows that stand are changed in nothing."""

    dependencies = (("records", "0014_people"),)
    operations = tuple(
        migrations.RunSQL((SQL / name).read_text(encoding="utf-8")) for name in FILES
    )
