"""Lets the minimum safety sheet stay with those who house or treat her when a ground ends."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"
FILES = ("0016_safety_sheet.sql",)


class Migration(migrations.Migration):
    """Adds a part and a kind of row; rows that stand are changed in nothing."""

    dependencies = (("records", "0009_second_factors"),)
    operations = tuple(
        migrations.RunSQL((SQL / name).read_text(encoding="utf-8")) for name in FILES
    )
