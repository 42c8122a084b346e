"""Carries who holds a case in a house on its work list, and keeps lists under a name."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"
FILES = ("0070_together.sql",)


class Migration(migrations.Migration):
    """Adds two columns that are empty for cases nobody took yet, and a table."""

    dependencies = (("records", "0024_own_language"),)
    operations = tuple(
        migrations.RunSQL((SQL / name).read_text(encoding="utf-8")) for name in FILES
    )
