"""Keeps the keys that may sign referral files, and which files were taken."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"
FILES = ("0073_signed_files.sql",)


class Migration(migrations.Migration):
    """Adds two tables and functions; no row is touched."""

    dependencies = (("records", "0035_forgotten_imports"),)
    operations = tuple(
        migrations.RunSQL((SQL / name).read_text(encoding="utf-8")) for name in FILES
    )
