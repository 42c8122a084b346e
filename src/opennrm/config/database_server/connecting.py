"""Opening a connection from parameters."""

from typing import Any

import psycopg
from psycopg.rows import TupleRow


def connect(
    parameters: dict[str, str], *, autocommit: bool = False
) -> psycopg.Connection[TupleRow]:
    """Open a connection; used in a `with` block, it commits and closes."""
    words: dict[str, Any] = dict(parameters)
    return psycopg.connect(**words, autocommit=autocommit)
