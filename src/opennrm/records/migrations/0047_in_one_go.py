"""Lets much be asked and written in one go: the session, a case, and all that a change writes."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"
FILES = ("0081_in_one_go.sql",)


class Migration(migrations.Migration):
    """Adds functions that join what was asked one by one; no table and no right is new."""

    dependencies = (("records", "0046_name_pages"),)
    operations = tuple(
        migrations.RunSQL((SQL / name).read_text(encoding="utf-8")) for name in FILES
    )
