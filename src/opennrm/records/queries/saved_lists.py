"""Lists that a person keeps under a name of her own; nobody else sees them."""

from __future__ import annotations

from opennrm.records.sessions import Session, reading

OWN = "SELECT name, asked FROM nrm.saved_list ORDER BY name"


class TooManyLists(Exception):
    """No further list is kept; one of those kept has to go first."""


def saved_lists(viewer: Session) -> tuple[tuple[str, str], ...]:
    """Return the viewer's own lists: the name of each, and what it asks for."""
    with reading(viewer.token) as cursor:
        cursor.execute(OWN)
        return tuple(cursor.fetchall())


def keep_list(viewer: Session, name: str, asked: str) -> None:
    """Keep what a list asks for under a name; the same name again replaces it.

    :raises TooManyLists: when as many are kept as there may be.
    """
    with reading(viewer.token) as cursor:
        cursor.execute("SELECT nrm.keep_list(%s, %s)", [name, asked])
        if not cursor.fetchone()[0]:
            raise TooManyLists


def drop_list(viewer: Session, name: str) -> None:
    """Forget one of the viewer's lists."""
    with reading(viewer.token) as cursor:
        cursor.execute("SELECT nrm.drop_list(%s)", [name])
