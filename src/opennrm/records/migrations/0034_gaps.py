"""Counts what people looked for and did not get, and says until when their rest is promised."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"
FILES = ("0036_gaps.sql",)


class Migration(migrations.Migration):
    """Adds functions; no row is touched."""

    dependencies = (("records", "0033_partners"),)
    operations = tuple(
        migrations.RunSQL((SQL / name).read_text(encoding="utf-8")) for name in FILES
    )
