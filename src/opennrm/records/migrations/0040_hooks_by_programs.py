"""Lets programs name the systems of a house that are told of news, where their person may."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"
FILES = ("0075_hooks_by_programs.sql",)


class Migration(migrations.Migration):
    """Replaces functions; no row is touched."""

    dependencies = (("records", "0039_course"),)
    operations = tuple(
        migrations.RunSQL((SQL / name).read_text(encoding="utf-8")) for name in FILES
    )
