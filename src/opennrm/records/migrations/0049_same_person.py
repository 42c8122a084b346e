"""Keeps what a house answered about two of its cases: one person, or not; nothing is merged."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"
FILES = ("0082_same_person.sql",)


class Migration(migrations.Migration):
    """Adds the answers, how they are given and read, and how they go."""

    dependencies = (("records", "0048_directories"),)
    operations = tuple(
        migrations.RunSQL((SQL / name).read_text(encoding="utf-8")) for name in FILES
    )
