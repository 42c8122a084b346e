"""Writes log lines that help an operator and name no person: no values, no texts of exceptions.

Of everything a line could carry, only the keys of a list come out, and only where they hold
numbers.
"""

import logging
import traceback

ALLOWED = ("status_code", "count", "seconds")


class PlainFormatter(logging.Formatter):
    """Writes level, logger, the sentence without its values, and where a fault arose."""

    def format(self, record: logging.LogRecord) -> str:
        """Write one record; what it was said about stays out."""
        said = record.msg if isinstance(record.msg, str) and record.args else ""
        line = " ".join(filter(None, (record.levelname, record.name, said, *_numbers(record))))
        return "\n".join((line, *_where(record)))


def _numbers(record: logging.LogRecord) -> list[str]:
    """Return the keys that may come out, with their numbers; a text is never one of them."""
    known = ((name, getattr(record, name, None)) for name in ALLOWED)
    return [f"{name}={value}" for name, value in known if type(value) in (int, float)]


def _where(record: logging.LogRecord) -> list[str]:
    """Name the kind of fault and the lines it passed through, never its text."""
    kind, _fault, trace = record.exc_info or (None, None, None)
    if kind is None:
        return []
    passed = traceback.extract_tb(trace)
    return [kind.__name__, *(f"  {each.filename}:{each.lineno} {each.name}" for each in passed)]
