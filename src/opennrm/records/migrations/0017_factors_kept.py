"""Keeps a factor as it was enrolled while it is used."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"
FILES = ("0031_factors_kept.sql",)


class Migration(migrations.Migration):
    """Adds a trigger to the library's table."""

    dependencies = (("records", "0016_training"),)
    operations = tuple(
        migrations.RunSQL((SQL / name).read_text(encoding="utf-8")) for name in FILES
    )
