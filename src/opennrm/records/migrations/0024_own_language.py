"""Lets whoever is signed in choose the language of her pages."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"
FILES = ("0035_own_language.sql",)


class Migration(migrations.Migration):
    """Adds one function."""

    dependencies = (("records", "0023_hand_over"),)
    operations = tuple(
        migrations.RunSQL((SQL / name).read_text(encoding="utf-8")) for name in FILES
    )
