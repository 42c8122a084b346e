"""Lets a session open nothing before its second factor, and little before a strong one."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"
FILES = ("0015_second_factors.sql",)


class Migration(migrations.Migration):
    """Adds to sessions and guards the library's table; who is signed in must sign in anew."""

    dependencies = (
        ("records", "0008_erasure"),
        ("accounts", "0003_officers_and_invented_people"),
        ("mfa", "0003_authenticator_type_uniq"),
    )
    operations = tuple(
        migrations.RunSQL((SQL / name).read_text(encoding="utf-8")) for name in FILES
    )
