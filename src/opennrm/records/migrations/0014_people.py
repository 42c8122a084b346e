"""Lets organisations and their people be handled in the browser, and two officers recover."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"
FILES = ("0020_people.sql", "0021_recovery.sql")


class Migration(migrations.Migration):
    """Adds tables and functions; no row that stands is changed."""

    dependencies = (("records", "0013_confirmations"),)
    operations = tuple(
        migrations.RunSQL((SQL / name).read_text(encoding="utf-8")) for name in FILES
    )
