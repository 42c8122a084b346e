"""Closes the history of rows that only some may read to everybody who did not change them."""

from pathlib import Path

from django.db import migrations, models

SQL = Path(__file__).parent.parent / "sql" / "0021_history.sql"


class Migration(migrations.Migration):
    """Changes a function, marks changes that are kept, and adds an index."""

    dependencies = (("coordination", "0020_programs"),)
    operations = (
        migrations.RunSQL(SQL.read_text(encoding="utf-8")),
        migrations.AddIndex(
            model_name="change",
            index=models.Index(fields=("table", "id"), name="changes_of_a_list"),
        ),
    )
