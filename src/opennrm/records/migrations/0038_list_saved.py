"""Notes in the journal that a work list was saved as a file."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"
FILES = ("0074_list_saved.sql",)


class Migration(migrations.Migration):
    """Adds a function; no row is touched."""

    dependencies = (("records", "0037_mail"),)
    operations = tuple(
        migrations.RunSQL((SQL / name).read_text(encoding="utf-8")) for name in FILES
    )
