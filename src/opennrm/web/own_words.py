"""Says in plain words what stands on the person's own page, for her alone or with her manager."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from opennrm.casework.own_page import HOUSES, OwnConsent, OwnPage
from opennrm.vocabulary.roles import Role
from opennrm.web import people, sharing, words
from opennrm.web.consent import KEEP_THE_SHEET

DAYS = {
    "plan": _("We look at your plan again"),
    "consent": _("We ask you again whether you still agree"),
    "court": _("Day in court"),
}


def shown(
    page: OwnPage,
    *,
    saw: Iterable[tuple[str, str]],
    names: Mapping[UUID, str],
    on: date,
) -> dict[str, Any]:
    """Say the page in the language of the moment.

    `saw` names who read, organisation (empty for a house) and role; `names` the organisations.
    """
    sent = ((names.get(UUID(ref), "") if ref else "", role) for ref, role in page.sent)
    return {
        "written": [(people.part_name(part), _kinds(kinds)) for part, kinds in page.written],
        "saw": list(dict.fromkeys(_who(name, role) for name, role in (*saw, *sent))),
        "goals": [words.label(code, "need_domain") for code in page.goals],
        "days": list(_days(page, on)),
        "consents": [consent(one, names) for one in page.consents],
    }


def consent(one: OwnConsent, names: Mapping[UUID, str]) -> dict[str, Any]:
    """Say a consent: to whom, which parts they lose sight of, what goes on, what stays."""
    is_house = one.role in HOUSES and one.recipient is not None
    name = names.get(UUID(one.recipient), "") if one.recipient else gettext("Nobody")
    line = sharing.line(UUID(one.ref), name, one.purpose, one.until)
    return {
        "ref": one.ref,
        "line": people.role_name(one.role) if is_house else line,
        "purpose": sharing.purpose_words(one.purpose) if is_house else "",
        "parts": [part for _code, part in people.items_among(one.parts)],
        "going": [words.label(code, "service_kind") for code in one.going],
        "keeps": one.role in KEEP_THE_SHEET,
        "closes_page": one.role == Role.CM,
    }


def _kinds(kinds: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(words.kind(kind) for kind in kinds))


def _who(name: str, role: str) -> tuple[str, str]:
    is_house = role in HOUSES
    said = people.role_name(role) if role else gettext("Role not known any more")
    return "" if is_house else name, said


def _days(page: OwnPage, on: date) -> Iterator[tuple[date, str]]:
    for written, what in page.days:
        that_day = date.fromisoformat(written)
        if that_day >= on:
            yield that_day, str(DAYS[what])
