"""Registers the accounts room with Django."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Organisations, accounts, roles, agreements and training tags."""

    name = "opennrm.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"
