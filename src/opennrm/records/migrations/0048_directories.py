"""Lets a directory say who comes, for members whom an officer bound to it."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"
FILES = ("0082_directories.sql",)


class Migration(migrations.Migration):
    """Adds who is bound to which directory, and asks for its word when a session opens."""

    dependencies = (("records", "0047_in_one_go"),)
    operations = tuple(
        migrations.RunSQL((SQL / name).read_text(encoding="utf-8")) for name in FILES
    )
