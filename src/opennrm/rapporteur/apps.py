"""Registers the rapporteur room with Django."""

from django.apps import AppConfig


class RapporteurConfig(AppConfig):
    """The release desk; its tables are made by SQL, not by models."""

    name = "opennrm.rapporteur"
    label = "rapporteur"
