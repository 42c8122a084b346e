"""Keeps questions to partners without an account, and their answers."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"
FILES = ("0035_partners.sql",)


class Migration(migrations.Migration):
    """Adds an empty table and functions."""

    dependencies = (("records", "0032_hooks"),)
    operations = tuple(
        migrations.RunSQL((SQL / name).read_text(encoding="utf-8")) for name in FILES
    )
