"""Lets those who lost access say that they deleted or returned what they have."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"
FILES = ("0019_confirmations.sql",)


class Migration(migrations.Migration):
    """Adds a table and its functions; nothing that stands is changed."""

    dependencies = (("records", "0012_files"),)
    operations = tuple(
        migrations.RunSQL((SQL / name).read_text(encoding="utf-8")) for name in FILES
    )
