"""Makes the record: tables, functions, policies, row-level security forced from the start."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"
FILES = (
    "0001_tables.sql",
    "0002_reader.sql",
    "0003_append.sql",
    "0004_reading.sql",
    "0005_policies.sql",
)


class Migration(migrations.Migration):
    """One transaction: there is no moment in which a case table stands open."""

    dependencies = (("accounts", "0001_initial"),)
    operations = tuple(
        migrations.RunSQL((SQL / name).read_text(encoding="utf-8")) for name in FILES
    )
