"""Registers the records room with Django."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """The record of facts in PostgreSQL; its tables are made by SQL, not by models."""

    name = "opennrm.records"
    label = "records"
