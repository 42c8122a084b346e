"""Says of each agreement for how long open cases are wound up after it ended."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Adds a column, thirty days where nobody said otherwise."""

    dependencies = [("accounts", "0003_officers_and_invented_people")]

    operations = [
        migrations.AddField(
            model_name="agreement",
            name="wind_up_days",
            field=models.PositiveSmallIntegerField(db_default=30),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.CheckConstraint(
                condition=models.Q(wind_up_days__lte=90), name="agreement_wound_up_in_time"
            ),
        ),
    ]
