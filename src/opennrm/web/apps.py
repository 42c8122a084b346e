"""Names this room to Django."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """The pages of the house."""

    name = "opennrm.web"
    label = "web"
