"""Lets a service say in which languages, for which disabilities and when it can be reached."""

from django.db import migrations, models

import opennrm.coordination.models.fields


class Migration(migrations.Migration):
    """Adds three columns that say nothing of every service there is."""

    dependencies = (("coordination", "0017_conduct_and_feeds"),)
    operations = (
        migrations.AddField(
            model_name="serviceprovided",
            name="languages",
            field=opennrm.coordination.models.fields.LanguagesField(
                base_field=models.CharField(max_length=120),
                blank=True,
                default=list,
                size=None,
                verbose_name="Languages",
            ),
        ),
        migrations.AddField(
            model_name="serviceprovided",
            name="access",
            field=opennrm.coordination.models.fields.CodesField(
                base_field=models.CharField(max_length=120),
                blank=True,
                default=list,
                size=None,
                verbose_name="Accessible for",
            ),
        ),
        migrations.AddField(
            model_name="serviceprovided",
            name="hours",
            field=opennrm.coordination.models.fields.CodesField(
                base_field=models.CharField(max_length=120),
                blank=True,
                default=list,
                size=None,
                verbose_name="Open",
            ),
        ),
    )
