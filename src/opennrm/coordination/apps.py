"""Registers the coordination room with Django."""

from django.apps import AppConfig


class CoordinationConfig(AppConfig):
    """The register, agreements, structures, plan, commitments, recommendations, surveys."""

    name = "opennrm.coordination"
    label = "coordination"
    default_auto_field = "django.db.models.BigAutoField"
