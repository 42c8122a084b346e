"""Takes what the lines of a document say into the description of a person, and keeps no line."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from opennrm.exchange.travel_document import Fault, LinesRefused, TravelDocument, read_lines
from opennrm.vocabulary.countries import country
from opennrm.web import words

SAYS: Mapping[Fault, Any] = {
    Fault.SHAPE: _(
        "type the two or three lines in full: two of 44 or 36 signs, or three of 30, with every <"
    ),
    Fault.LETTERS: _("only capital letters, digits and < stand in these lines"),
    Fault.NUMBER: _("the number of the document does not add up; look at it again"),
    Fault.BIRTH: _("the date of birth does not add up; look at it again"),
    Fault.EXPIRY: _("the last day of the document does not add up; look at it again"),
    Fault.WHOLE: _("one sign of the second line was read wrongly; look at it again"),
}


def taken_in(typed: dict[str, Any], *, on: date) -> dict[str, Any]:
    """Return what was typed, with what the lines say where nothing was typed, the lines gone.

    :raises LinesRefused: when the lines do not add up.
    """
    lines = typed.pop("lines", "")
    if not lines.strip():
        return typed
    read = read_lines(lines, on=on)
    found = {
        "names": " ".join(part for part in (read.given, read.surname) if part),
        "birthdate": read.born_on.isoformat() if read.born_on else "",
        "citizenship_first": _citizenship(read),
    }
    kept = {name: value for name, value in found.items() if not typed.get(name)}
    told = (typed.get("documents", ""), _told(read, on))
    return typed | kept | {"documents": "\n".join(one for one in told if one)}


def fault_of(refused: LinesRefused) -> Any:
    """Say what of the lines to look at again."""
    return SAYS[refused.fault]


def _citizenship(read: TravelDocument) -> str:
    known = country(read.nationality)
    return known.alpha_2 if known else ""


def _told(read: TravelDocument, on: date) -> str:
    shape = (
        gettext("%(kind)s %(number)s of %(issuer)s, ran out on %(day)s")
        if read.has_run_out(on)
        else gettext("%(kind)s %(number)s of %(issuer)s, valid until %(day)s")
    )
    kinds = {"P": gettext("Passport"), "V": gettext("Visa")}
    return shape % {
        "kind": kinds.get(read.kind[:1], gettext("Identity card")),
        "number": read.number,
        "issuer": read.issuer,
        "day": words.day(read.until_on),
    }
