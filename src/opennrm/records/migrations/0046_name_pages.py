"""Keeps what names are compared by on sealed pages, so that many are opened with few keys."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"
FILES = ("0080_name_pages.sql",)


class Migration(migrations.Migration):
    """Adds the pages, the names still to be kept, and what shuts a page."""

    dependencies = (("records", "0045_access_by_case"),)
    operations = tuple(
        migrations.RunSQL((SQL / name).read_text(encoding="utf-8")) for name in FILES
    )
