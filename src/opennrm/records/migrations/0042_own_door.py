"""Gives the person a door of her own, shut until her case manager opens it with her."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"
FILES = ("0075_own_door.sql",)


class Migration(migrations.Migration):
    """Adds tables and functions; no row is touched."""

    dependencies = (("records", "0041_search"),)
    operations = tuple(
        migrations.RunSQL((SQL / name).read_text(encoding="utf-8")) for name in FILES
    )
