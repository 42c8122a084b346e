"""Lets each row of a case ask by the index whether it is open, whatever the size of the record."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"
FILES = ("0071_index_probes.sql",)


class Migration(migrations.Migration):
    """Replaces policies and functions that show the same as before, and adds an index."""

    dependencies = (("records", "0028_refusals_in_the_journal"),)
    operations = tuple(
        migrations.RunSQL((SQL / name).read_text(encoding="utf-8")) for name in FILES
    )
