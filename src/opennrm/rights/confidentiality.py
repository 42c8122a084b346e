"""Rules on confidentiality: need to know, her address, what papers reveal, health notes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from opennrm.rights.findings import Finding, broken, holds, not_known
from opennrm.rights.rule import Action, Chapter, Override, Rule
from opennrm.rights.sources import COE, REPORT_2009, known, project, read, stated
from opennrm.vocabulary.need_to_know import UNDER_PSEUDONYM, Access, need_to_know
from opennrm.vocabulary.revealing import holds_address, revealing_words
from opennrm.vocabulary.roles import Role
from opennrm.vocabulary.scopes import Scope

ADDRESS, HEALTH = "D3", frozenset({"D5", "D5S"})
# What every consent carries: that there is a case, and what keeps her safe.
CARRIED = frozenset({"D1", "D1S", "D16"})
HOUSES_HER = frozenset({"SH", "CM", "CP", "GU", "FR"})
CARES_FOR_HER = frozenset({"HC", "GU"})
HEALTH_PURPOSES = frozenset({"health_care", "medical_examination"})
WHOLE = frozenset({Access.READ, Access.WRITE})


@dataclass(frozen=True, slots=True)
class NeedSituation:
    """Parts of a case about to open to a role, and whether it has a task in this case.

    `has_task` tells whether a consent, a duty or the role's own work relates it to the case;
    `breaks_glass` whether imminent danger stands in for her consent.
    """

    role: str | None
    parts: frozenset[str]
    has_task: bool | None
    breaks_glass: bool = False


@dataclass(frozen=True, slots=True)
class AddressSituation:
    """Whether something that leaves carries the address of the place where she lives."""

    to_role: str | None
    parts: frozenset[str] = frozenset()
    text: str | None = ""
    imminent_danger: bool = False


@dataclass(frozen=True, slots=True)
class PaperSituation:
    """What can be read on the outside of a letter, a message, a file or an entry in a calendar."""

    text: str | None


@dataclass(frozen=True, slots=True)
class HealthSituation:
    """Parts about to be shared, for which purpose, and all that the same consent covers."""

    parts: frozenset[str]
    purpose: str | None
    covered: frozenset[str] | None = None
    to_role: str | None = None
    imminent_danger: bool = False
    court_order: bool = False


def need_to_know_kept(situation: NeedSituation, on: date) -> Finding:
    """Find whether a role would see more than its task in this case asks for (R42).

    Source of the least and the most a role may hold: roles reference, section 4.
    """
    if situation.role is None or situation.has_task is None:
        return not_known(
            "R42",
            "relation_not_known",
            "name_role",
            "It is not known in which role and for which task this is read. Name both.",
        )
    if not situation.has_task:
        return broken(
            "R42",
            "no_task",
            "take_consent",
            "Only those who have a task in her case may see it. Take her consent first.",
        )
    beyond = sorted(part for part in situation.parts if not _within(situation.role, part))
    if beyond:
        return broken(
            "R42",
            "beyond_role",
            "narrow_parts",
            f"That role has no need of {', '.join(beyond)} for its task. Leave it out.",
        )
    return holds("R42", "break_glass" if situation.breaks_glass else "")


def _within(role: str, part: str) -> bool:
    is_extract, scope = part.endswith("S"), Scope(part.removesuffix("S"))
    access = need_to_know(Role(role), scope)
    in_short = access is Access.SUMMARY or (Role(role), scope) in UNDER_PSEUDONYM
    return access in WHOLE or (is_extract and in_short)


def address_stays(situation: AddressSituation, on: date) -> Finding:
    """Find whether her address would leave those who house and place her (R47)."""
    if situation.imminent_danger:
        return holds("R47", "imminent_danger", "Give the least that saves her, and tell her.")
    if situation.text is None:
        return not_known(
            "R47", "text_not_known", "show_text", "It is not known what this says. Look first."
        )
    if situation.to_role in HOUSES_HER:
        return holds("R47")
    if ADDRESS in situation.parts or holds_address(situation.text):
        return broken(
            "R47",
            "address_leaves",
            "use_mailbox",
            "Where she lives stays with those who house her. Give the mailbox or a safe way to "
            "reach her instead.",
        )
    return holds("R47")


def reveals_nothing(situation: PaperSituation, on: date) -> Finding:
    """Find whether the outside of a paper would reveal what happened to her (R48)."""
    if situation.text is None:
        return not_known(
            "R48", "text_not_known", "show_text", "It is not known what this says. Look first."
        )
    words = revealing_words(situation.text)
    if words:
        return broken(
            "R48",
            "revealing_words",
            "neutral_words",
            f"Others may see this. Write it without: {', '.join(words)}.",
        )
    return holds("R48")


def health_apart(situation: HealthSituation, on: date) -> Finding:
    """Find whether health notes would go along with other things (R49).

    They need a consent for health care, or one that covers nothing else; between those who care
    for her, and for the guardian who decides on a child's care, professional secrecy holds.
    """
    if not situation.parts & HEALTH or situation.purpose in HEALTH_PURPOSES:
        return holds("R49")
    if situation.to_role in CARES_FOR_HER:
        return holds("R49", "within_care")
    if situation.imminent_danger or situation.court_order:
        return holds("R49", "least_only", "Give the least that is needed, and tell her.")
    if situation.covered is None:
        return not_known(
            "R49",
            "consent_not_known",
            "take_consent",
            "It is not known what she agreed to for her health notes. Ask her.",
        )
    if situation.covered - HEALTH - CARRIED:
        return broken(
            "R49",
            "health_bundled",
            "take_consent",
            "Health and therapy notes stay apart. Ask her for a consent for health care, or one "
            "for a summary of her health alone.",
        )
    return holds("R49")


SITUATIONS: Mapping[str, Callable[..., object]] = {
    "need": NeedSituation,
    "address": AddressSituation,
    "paper": PaperSituation,
    "health": HealthSituation,
}
RULES = (
    Rule(
        "R42",
        Chapter.PRIVACY,
        "Need to know",
        (Action.BLOCK, Action.JUSTIFY),
        sources=(stated(REPORT_2009), known(COE + "11")),
        check=need_to_know_kept,
        tells_her="Only people with a task in your case can see it, and each sees only what that "
        "task needs.",
        enforced_at=("refer", "offer_service", "take_consent"),
        unknown_stops=True,
    ),
    Rule(
        "R47",
        Chapter.PRIVACY,
        "Shelter address protected",
        (Action.BLOCK,),
        override=(Override.IMMINENT_DANGER,),
        sources=(known(COE + "12(2), 28"),),
        check=address_stays,
        tells_her="Where you live is told to nobody but those who house you.",
        enforced_at=("refer", "offer_service", "write_to_person", "feed"),
        unknown_stops=True,
    ),
    Rule(
        "R48",
        Chapter.PRIVACY,
        "Documents do not reveal what happened to the person",
        (Action.BLOCK,),
        sources=(
            read("Serbian equality commissioner, opinion 07-00-465/2024-02"),
            project("List of words of this project"),
        ),
        check=reveals_nothing,
        tells_her="A letter, a card or a message to you never says on the outside what it is "
        "about.",
        enforced_at=("write_to_person", "feed"),
        unknown_stops=True,
    ),
    Rule(
        "R49",
        Chapter.PRIVACY,
        "Health and therapy notes stay apart",
        (Action.BLOCK,),
        override=(Override.COURT_ORDER,),
        sources=(known("GDPR art. 9"), project("Professional secrecy")),
        check=health_apart,
        tells_her="What you tell a doctor or a therapist stays with them. It is shared only if "
        "you agree to that alone.",
        enforced_at=("take_consent", "refer", "offer_service"),
        unknown_stops=True,
    ),
)
