"""Lets two members become the first officers of their organisation, with a third to confirm."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"
FILES = ("0063_first_officers.sql",)


class Migration(migrations.Migration):
    """Adds a table and functions; rows that stand are changed in nothing."""

    dependencies = (("records", "0029_index_probes"),)
    operations = tuple(
        migrations.RunSQL((SQL / name).read_text(encoding="utf-8")) for name in FILES
    )
