"""Registers the records room with Django."""

from django.apps import AppConfig
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

OF_ONE_PROCESS = ("LocMemCache", "DummyCache")


class RecordsConfig(AppConfig):
    """The record of facts in PostgreSQL; its tables are made by SQL, not by models."""

    name = "opennrm.records"
    label = "records"

    def ready(self) -> None:
        """Refuse a cache that each process keeps for itself: limits would be as many times higher.

        :raises ImproperlyConfigured: when the cache is not shared.
        """
        backend = str(settings.CACHES["default"]["BACKEND"]).rpartition(".")[2]
        if backend in OF_ONE_PROCESS:
            raise ImproperlyConfigured(
                "Limits on sign-in and used codes must be known to every process. Use the "
                "database cache, or another one that all processes share."
            )
