"""Says of a service whether its places are given here, one by one."""

from pathlib import Path

from django.db import migrations, models

PLACES = Path(__file__).parent.parent / "sql" / "0011_places.sql"


class Migration(migrations.Migration):
    """Adds a column that says no of every service there is, and what keeps held places."""

    dependencies = (
        ("coordination", "0011_training"),
        ("records", "0020_places"),
    )
    operations = (
        migrations.AddField(
            model_name="serviceprovided",
            name="is_given_here",
            field=models.BooleanField(
                default=False,
                help_text="Then nobody types how many are free: each place is held by one person.",
                verbose_name="Places are given here, one by one",
            ),
        ),
        migrations.AddConstraint(
            model_name="serviceprovided",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("is_given_here", False),
                    models.Q(("places__isnull", False), ("places_free", None)),
                    _connector="OR",
                ),
                name="given_here_or_counted",
                violation_error_message=(
                    "Places that are given here need their number, and are not counted by hand."
                ),
            ),
        ),
        migrations.RunSQL(PLACES.read_text(encoding="utf-8")),
    )
