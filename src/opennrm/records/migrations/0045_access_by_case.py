"""Lets every row of access to a case be found by the case, those that ended too."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"
FILES = ("0079_access_by_case.sql",)


class Migration(migrations.Migration):
    """Makes one index anew."""

    dependencies = (("records", "0044_agreements_bind"),)
    operations = tuple(
        migrations.RunSQL((SQL / name).read_text(encoding="utf-8")) for name in FILES
    )
