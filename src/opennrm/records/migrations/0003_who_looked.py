"""Adds the log of who looked, for those who keep the consents of a case (R51)."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    """Adds one function; nothing that was kept changes."""

    dependencies = (("records", "0002_holds"),)
    operations = (migrations.RunSQL((SQL / "0008_who_looked.sql").read_text(encoding="utf-8")),)
