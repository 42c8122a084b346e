"""Lets the copy for figures hold rows from before the record began, told apart from lost ones."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"
FILES = ("0077_earlier_years.sql",)


class Migration(migrations.Migration):
    """Adds a column and the trigger that guards it."""

    dependencies = (("records", "0042_own_door"),)
    operations = tuple(
        migrations.RunSQL((SQL / name).read_text(encoding="utf-8")) for name in FILES
    )
