"""Keeps the purpose of each reading, and tells the data-protection officer of unusual ones."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"
FILES = ("0032_who_reads.sql",)


class Migration(migrations.Migration):
    """Adds a column that is empty for readings from before, and functions."""

    dependencies = (("records", "0017_factors_kept"),)
    operations = tuple(
        migrations.RunSQL((SQL / name).read_text(encoding="utf-8")) for name in FILES
    )
