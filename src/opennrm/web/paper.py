"""Sets words on paper: a tagged PDF without author, programme or hour of printing."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import typst
from django.utils.translation import gettext


def set_paper(layout: str, words: Mapping[str, Any]) -> bytes:
    """Set a layout with words, which come in as data named `note`; same words, same bytes."""
    made = typst.compile(
        layout.encode(),
        sys_inputs={"note": json.dumps(dict(words), ensure_ascii=False)},
        format="pdf",
        timestamp=datetime(2000, 1, 1, tzinfo=UTC),
    )
    if not isinstance(made, bytes):
        raise TypeError(gettext("One document was set as several."))
    return made
