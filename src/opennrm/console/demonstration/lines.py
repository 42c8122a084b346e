"""Reads what the demonstration tells in lines, each of parts with a bar between."""

from collections.abc import Iterator


def rows(told: str) -> Iterator[list[str]]:
    """Yield the parts of every line."""
    for line in told.strip().splitlines():
        yield [part.strip() for part in line.split("|")]
