"""Finds the names a house does not find people by yet without comparing all with all."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"
FILES = ("0076_search.sql",)


class Migration(migrations.Migration):
    """Replaces one function; what it answers is the same."""

    dependencies = (("records", "0040_hooks_by_programs"),)
    operations = tuple(
        migrations.RunSQL((SQL / name).read_text(encoding="utf-8")) for name in FILES
    )
