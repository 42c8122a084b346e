"""Puts rows of years before the record into the statistics copy; only its owner may."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connections, transaction

OWNER = "owner"


def put_earlier_rows(rows: Sequence[Mapping[str, Any]]) -> bool:
    """Put all rows into the copy, or none where such rows are there; tell whether it was done now.

    Each row names the same columns of the copy, in the same order.
    """
    names = ", ".join(rows[0])
    marks = ", ".join(["%s"] * len(rows[0]))
    with transaction.atomic(using=OWNER), connections[OWNER].cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT 1 FROM statistics.person WHERE before_record)")
        if cursor.fetchone()[0]:
            return False
        cursor.executemany(
            f"INSERT INTO statistics.person ({names}) VALUES ({marks})",  # noqa: S608 - ours
            [list(row.values()) for row in rows],
        )
    return True
