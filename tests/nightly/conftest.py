"""The office and the story that the situations begin from; Django is ready for those with rows."""

from tests import database
from tests.casework.conftest import office, story

__all__ = ["database", "office", "story"]
