"""Says which organisations and colleagues can be chosen, and reads back what was chosen."""

from itertools import islice
from uuid import UUID

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from opennrm.casework.permissions import may_write, readable
from opennrm.records import queries
from opennrm.vocabulary import registry
from opennrm.vocabulary.roles import Role
from opennrm.vocabulary.scopes import CASE_SCOPES
from opennrm.web.forms.act import Place
from opennrm.web.open_case import OpenCase

NOT_A_RECIPIENT = frozenset({Role("IE"), Role("PERSON")})


def recipients(place: Place) -> list[tuple[str, str]]:
    """Return every organisation in each role it can receive a case in."""
    return [
        (f"{organisation.organisation}:{role.value}", f"{organisation.name}: {role_name(role)}")
        for organisation in queries.recipients(place.viewer)
        for role in sorted(organisation.roles - NOT_A_RECIPIENT)
        if len(readable(role)) > 1
    ]


def chosen(value: str) -> tuple[UUID, Role]:
    """Read back an organisation in a role.

    :raises ValueError: when the text is neither.
    """
    organisation, _colon, role = value.partition(":")
    return UUID(organisation), Role(role)


def role_name(role: Role | str) -> str:
    """Say a role in words."""
    return gettext(registry.label("role", str(role)))


def items_for(role: Role, case: OpenCase) -> list[tuple[str, str]]:
    """Return what of a case a role may be given from here, in plain words.

    A part that nobody holds yet can be begun by a role that writes it, such as the decisions by
    the competent authority.
    """
    allowed = readable(role)
    items: list[tuple[str, str]] = []
    for scope in CASE_SCOPES:
        codes = (scope.value, f"{scope.value}S")
        wanted = (code for code in codes if code in allowed and _to_give(code, role, case))
        items.extend((code, item_name(code)) for code in islice(wanted, 1))
    return items


def _to_give(code: str, role: Role, case: OpenCase) -> bool:
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
