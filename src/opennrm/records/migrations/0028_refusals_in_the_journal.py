"""Writes refusals and failed sign-ins into the journal, and forgets old answers."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"
FILES = ("0062_refusals_in_the_journal.sql",)


class Migration(migrations.Migration):
    """Adds functions; rows that stand are changed in nothing."""

    dependencies = (("records", "0027_calls"),)
    operations = tuple(
        migrations.RunSQL((SQL / name).read_text(encoding="utf-8")) for name in FILES
    )
