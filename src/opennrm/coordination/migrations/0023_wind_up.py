"""Lets an agreement say for how long open cases are wound up after its end."""

from pathlib import Path

from django.core.validators import MaxValueValidator
from django.db import migrations, models

SQL = Path(__file__).parent.parent / "sql" / "0023_wind_up.sql"


class Migration(migrations.Migration):
    """Adds a column and two functions."""

    dependencies = (("coordination", "0022_newsletters"), ("accounts", "0004_wind_up"))
    operations = (
        migrations.AddField(
            model_name="agreement",
            name="wind_up_days",
            field=models.PositiveSmallIntegerField(
                default=30,
                help_text="0 to 90. Nothing new is shared with its parties in that time.",
                validators=[MaxValueValidator(90)],
                verbose_name="Days after its end in which open cases are handed over",
            ),
        ),
        migrations.RunSQL(SQL.read_text(encoding="utf-8")),
    )
