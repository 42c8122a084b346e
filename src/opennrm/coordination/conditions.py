"""Reads the conditions in SQL under which rows of the co-ordination are read and written."""

from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "sql" / "conditions"


@cache
def condition(name: str) -> str:
    """Return the condition of this name, its remarks left out."""
    lines = (FOLDER / f"{name}.sql").read_text(encoding="utf-8").splitlines()
    return "\n".join(line for line in lines if not line.startswith("--"))
