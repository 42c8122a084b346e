"""Lets nothing new begin in a role whose training has run out."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"
FILES = ("0030_training.sql",)


class Migration(migrations.Migration):
    """Adds a table of reference data and two triggers."""

    dependencies = (("records", "0015_emergency"),)
    operations = tuple(
        migrations.RunSQL((SQL / name).read_text(encoding="utf-8")) for name in FILES
    )
