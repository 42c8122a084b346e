"""Makes the ledger of releases and the tables of external data sets, append-only."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"
FILES = ("0001_ledger.sql", "0002_external.sql")


class Migration(migrations.Migration):
    """One transaction; the schema and the copy are made by the record."""

    dependencies = (("records", "0001_the_record"),)
    operations = tuple(
        migrations.RunSQL((SQL / name).read_text(encoding="utf-8")) for name in FILES
    )
