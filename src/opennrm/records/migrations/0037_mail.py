"""Keeps who wishes mail that says only that there is something new."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"
FILES = ("0073_mail.sql",)


class Migration(migrations.Migration):
    """Adds an empty table and functions."""

    dependencies = (("records", "0036_signed_files"),)
    operations = tuple(
        migrations.RunSQL((SQL / name).read_text(encoding="utf-8")) for name in FILES
    )
