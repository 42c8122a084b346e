"""Offers the fields a column can be taken for, and suggests one by its header or from memory."""

from typing import Any

from django.utils.translation import gettext

from opennrm.exchange.htcds.additions import own_fields
from opennrm.exchange.htcds.layout import find_layout
from opennrm.exchange.htcds.standard import fields, plain
from opennrm.records.imports.going_on import known_fields
from opennrm.records.imports.waiting import Import, remembered
from opennrm.records.sessions import Session


def choices() -> list[dict[str, str]]:
    """Return every field with its label, and the choice to leave a column out."""
    every = {**fields(), **own_fields()}
    offered = [{"value": name, "text": gettext(every[name].label)} for name in known_fields()]
    return [{"value": "", "text": gettext("Leave this column out")}, *offered]


def suggested(session: Session, one: Import) -> list[dict[str, Any]]:
    """Suggest a field for each column: as it was taken before, or as the standard names it."""
    known, by_name = remembered(session), _by_header(one)
    return [
        {
            "number": number,
            "header": header or gettext("Column without a name"),
            "field": known.get(plain(header), by_name.get(number, "")),
        }
        for number, header in enumerate(one.kept.headers, 1)
    ]


def chosen_in(posted: Any, one: Import) -> tuple[str, ...]:
    """Read which field was chosen for each column; what is no field is left out."""
    offered = set(known_fields())
    given = (posted.get(f"column-{n}", "") for n in range(1, len(one.kept.headers) + 1))
    return tuple(name if name in offered else "" for name in given)


def _by_header(one: Import) -> dict[int, str]:
    layout = find_layout([one.kept.headers])
    return {column.number: column.field.name for column in layout.columns} if layout else {}
