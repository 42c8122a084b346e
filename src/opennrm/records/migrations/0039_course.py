"""Lets the copy for figures say how far each step of a case came."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"
FILES = ("0075_course.sql",)


class Migration(migrations.Migration):
    """Adds columns; rows from before say that they are not counted yet."""

    dependencies = (("records", "0038_list_saved"),)
    operations = tuple(
        migrations.RunSQL((SQL / name).read_text(encoding="utf-8")) for name in FILES
    )
