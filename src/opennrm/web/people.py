"""Says which organisations and colleagues can be chosen, and reads back what was chosen."""

from collections.abc import Iterable, Iterator
from itertools import groupby, islice
from uuid import UUID

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from opennrm.casework.parts import BY_REFERENCE_ONLY
from opennrm.casework.permissions import may_write, readable
from opennrm.records import queries
from opennrm.vocabulary import registry
from opennrm.vocabulary.roles import Role
from opennrm.vocabulary.scopes import CASE_SCOPES
from opennrm.web.forms.act import Place
from opennrm.web.open_case import OpenCase

NOT_A_RECIPIENT = frozenset({Role("IE"), Role("PERSON")})
ASKED_MOST = {
    Role(code): place for place, code in enumerate(("CM", "CA", "CP", "GU", "SH", "HC", "LA"))
}
# Every recipient needs at least to see that there is a case, but those who work on one part only.
SKELETON = frozenset({"D1", "D1S"})


def recipients(place: Place) -> list[tuple[str, str]]:
    """Return every organisation in each role it can receive a case in, the usual ones first."""
    found = [
        (one, role)
        for one in queries.recipients(place.viewer)
        for role in sorted(one.roles - _never(one.organisation, place))
        if SKELETON.intersection(readable(role)) or role in BY_REFERENCE_ONLY
    ]
    found.sort(key=lambda pair: ASKED_MOST.get(pair[1], len(ASKED_MOST)))
    return [
        (f"{one.organisation}:{role.value}", f"{one.name}: {role_name(role)}")
        for one, role in found
    ]


def _never(organisation: UUID, place: Place) -> frozenset[Role]:
    """Return the roles that receive nothing here; in our own house, those we already hold."""
    ours = place.viewer.actor
    is_own = organisation == ours.organisation
    return NOT_A_RECIPIENT | ours.roles if is_own else NOT_A_RECIPIENT


def chosen(value: str) -> tuple[UUID, Role]:
    """Read back an organisation in a role.

    :raises ValueError: when the text is neither.
    """
    organisation, _colon, role = value.partition(":")
    return UUID(organisation), Role(role)


def role_name(role: Role | str) -> str:
    """Say a role in words."""
    return gettext(registry.label("role", str(role)))


def items_of(role: Role) -> list[tuple[str, str]]:
    """Return all that a role may read of a case, in plain words, whoever holds it now.

    A consent is not yet sharing: who takes it need not hold what it is about.
    """
    return _items(code for code in _codes() if code in readable(role))


def items_for(role: Role, case: OpenCase) -> list[tuple[str, str]]:
    """Return what of a case a role may be given from here, in plain words.

    A part that nobody holds yet can be begun by a role that writes it, such as the decisions by
    the competent authority.
    """
    allowed = readable(role)
    return _items(code for code in _codes() if code in allowed and within_reach(code, role, case))


def items_among(agreed: Iterable[str]) -> list[tuple[str, str]]:
    """Name parts that were agreed to, in order; a summary only where it stands alone."""
    known = set(agreed)
    return _items(code for code in _codes() if code in known)


def _codes() -> Iterator[str]:
    for scope in CASE_SCOPES:
        yield scope.value
        yield f"{scope.value}S"


def _items(codes: Iterator[str]) -> list[tuple[str, str]]:
    """Name the first part of each class: in full, or else as a summary."""
    return [
        (code, item_name(code))
        for _scope, members in groupby(codes, key=lambda code: code.rstrip("S"))
        for code in islice(members, 1)
    ]


def within_reach(code: str, role: Role, case: OpenCase) -> bool:
    """Tell whether the viewer can open a part to a role: one she holds, or one it begins."""
    is_summary = code.endswith("S")
    begins_it = code not in case.held and may_write(role, code) and not is_summary
    return code in case.compartments or begins_it


PARTS = {
    "D1": (_("The case"), _("That there is a case, its stage and its dates")),
    "D2": (_("Identity"), _("Who the person is: names, date of birth, nationality, papers")),
    "D3": (_("Whereabouts"), _("Where the person is and how to reach her or him")),
    "D4": (_("Account and signs"), _("What the person told and what was seen")),
    "D5": (_("Health"), _("Health")),
    "D6": (_("Criminal case"), _("The criminal case")),
    "D7": (_("Residence"), _("Residence and asylum")),
    "D8": (_("Safety"), _("Safety and danger")),
    "D9": (_("Plan and help"), _("Needs, plan and help")),
    "D10": (_("Consents"), _("Consents given and taken back")),
    "D11": (_("Child's file"), _("The child's file: guardian, best interests, views")),
    "D12": (_("Suspects"), _("Suspects and networks")),
    "D13": (_("Redress"), _("Compensation, wages and money")),
    "D14": (_("Decisions"), _("Decisions about the person, with their reasons")),
    "D16": (_("Safety sheet"), _("The safety sheet: allergies, threats, medicine, appointments")),
}


def item_name(compartment: str) -> str:
    """Say in full what a compartment holds, as it is asked for consent."""
    title = str(PARTS[compartment.rstrip("S")][1])
    if compartment.endswith("S"):
        return gettext("%(part)s: a short summary only") % {"part": title}
    return title


def part_name(compartment: str) -> str:
    """Name a compartment in a word or two."""
    title = str(PARTS[compartment.rstrip("S")][0])
    return gettext("%(part)s (summary)") % {"part": title} if compartment[-1] == "S" else title
