"""Adds calls to helplines, which are no cases, and call backs that seal themselves away."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"
FILES = ("0061_calls.sql",)


class Migration(migrations.Migration):
    """Adds two tables and the functions that keep, list, drop and count."""

    dependencies = (("records", "0026_court_packages"),)
    operations = tuple(
        migrations.RunSQL((SQL / name).read_text(encoding="utf-8")) for name in FILES
    )
