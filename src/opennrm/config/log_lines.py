"""Writes log lines that help an operator and name no person: no values, no texts of exceptions.

Of everything a line could carry, only the keys of a list come out, and only where they hold
numbers.
"""

import json
import logging
import traceback
from datetime import UTC, datetime

ALLOWED = ("status_code", "count", "seconds")


class PlainFormatter(logging.Formatter):
    """Writes one JSON object a line: moment, level, logger, sentence, where a fault arose."""

    def format(self, record: logging.LogRecord) -> str:
        """Write one record; what it was said about stays out."""
        said = record.msg if isinstance(record.msg, str) and record.args else ""
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "said": said,
            **_numbers(record),
            **_where(record),
        }
        return json.dumps({name: value for name, value in line.items() if value != ""})


def _numbers(record: logging.LogRecord) -> dict[str, int | float]:
    """Return the keys that may come out, with their numbers; a text is never one of them."""
    known = ((name, getattr(record, name, None)) for name in ALLOWED)
    return {
        name: value
        for name, value in known
        if isinstance(value, int | float) and not isinstance(value, bool)
    }


def _where(record: logging.LogRecord) -> dict[str, object]:
    """Name the kind of fault and the lines it passed through, never its text."""
    kind, _fault, trace = record.exc_info or (None, None, None)
    if kind is None:
        return {}
    passed = traceback.extract_tb(trace)
    places = [f"{each.filename}:{each.lineno} {each.name}" for each in passed]
    return {"fault": kind.__name__, "where": places}
