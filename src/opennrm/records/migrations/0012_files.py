"""Adds files: locked bytes beside the facts that keep them."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"
FILES = ("0018_files.sql",)


class Migration(migrations.Migration):
    """Adds a table and functions and replaces one; no fact that stands is changed."""

    dependencies = (("records", "0011_programs"),)
    operations = tuple(
        migrations.RunSQL((SQL / name).read_text(encoding="utf-8")) for name in FILES
    )
