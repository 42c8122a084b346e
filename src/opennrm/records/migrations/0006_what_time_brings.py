"""Adds the figures of redress, and the notice of an act whose second opinion is late."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"
FILES = ("0011_redress.sql", "0012_late_holds.sql")


class Migration(migrations.Migration):
    """Adds tables, a column and a function; no fact and no row of a case is changed."""

    dependencies = (("records", "0005_seals"),)
    operations = tuple(
        migrations.RunSQL((SQL / name).read_text(encoding="utf-8")) for name in FILES
    )
