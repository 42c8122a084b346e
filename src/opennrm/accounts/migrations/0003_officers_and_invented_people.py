"""Tells officers of an organisation, and the invented people of the demonstration."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Adds to accounts."""

    dependencies = [("accounts", "0002_services")]

    operations = [
        migrations.AddField(
            model_name="account", name="is_officer", field=models.BooleanField(default=False)
        ),
        migrations.AddField(
            model_name="account", name="is_invented", field=models.BooleanField(default=False)
        ),
    ]
