"""Adds seals: one growing list of everything recorded, and signed roots over it."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    """Adds tables and functions; nothing that stands is changed."""

    dependencies = (("records", "0004_calendar_addresses"),)
    operations = (migrations.RunSQL((SQL / "0010_seals.sql").read_text(encoding="utf-8")),)
