"""Sets the database of this worker up before the rooms that need it are imported."""

from tests import database

__all__ = ["database"]
