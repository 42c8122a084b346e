"""The office and the story that the situations of the battery begin from."""

from tests.casework.conftest import office, story

__all__ = ["office", "story"]
