"""Lets one more sealed part stand by for the night duty, and asks two persons for whereabouts."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"
FILES = ("0033_emergency_parts.sql",)


class Migration(migrations.Migration):
    """Widens a check and replaces functions; rows that stand are changed in nothing."""

    dependencies = (("records", "0018_who_reads"),)
    operations = tuple(
        migrations.RunSQL((SQL / name).read_text(encoding="utf-8")) for name in FILES
    )
