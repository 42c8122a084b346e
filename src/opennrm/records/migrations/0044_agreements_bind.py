"""Closes what a house holds when no agreement binds it any more, but for safety sheets."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"
FILES = ("0078_agreements_bind.sql",)


class Migration(migrations.Migration):
    """Replaces functions and adds policies; no row is touched."""

    dependencies = (("records", "0043_earlier_years"), ("accounts", "0004_wind_up"))
    operations = tuple(
        migrations.RunSQL((SQL / name).read_text(encoding="utf-8")) for name in FILES
    )
