"""Lets a second person make a package for a court, once and exactly as ordered."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"
FILES = ("0061_court_packages.sql",)


class Migration(migrations.Migration):
    """Adds a trigger; rows that stand are changed in nothing."""

    dependencies = (("records", "0025_together"),)
    operations = tuple(
        migrations.RunSQL((SQL / name).read_text(encoding="utf-8")) for name in FILES
    )
