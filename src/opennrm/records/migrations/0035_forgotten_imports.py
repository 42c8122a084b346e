"""Lets imports that nobody finishes end after thirty days."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"
FILES = ("0072_forgotten_imports.sql",)


class Migration(migrations.Migration):
    """Adds a function; no row is touched."""

    dependencies = (("records", "0034_gaps"),)
    operations = tuple(
        migrations.RunSQL((SQL / name).read_text(encoding="utf-8")) for name in FILES
    )
