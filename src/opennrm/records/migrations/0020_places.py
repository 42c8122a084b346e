"""Keeps the places of services that are held and awaited now."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"
FILES = ("0033_places.sql",)


class Migration(migrations.Migration):
    """Adds two empty projections and the functions that give places."""

    dependencies = (("records", "0019_emergency_parts"),)
    operations = tuple(
        migrations.RunSQL((SQL / name).read_text(encoding="utf-8")) for name in FILES
    )
