"""Rules on data, confidentiality and consent."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from opennrm.rights.findings import Finding, broken, holds, not_known
from opennrm.rights.rule import Action, Chapter, Override, Rule
from opennrm.rights.sources import COE, REPORT_2006, known, project, read, stated

ENFORCEMENT_ROLE = "IE"
ENFORCEMENT_KIND = "immigration_enforcement"
REMOVAL = "removal"
COARSE = frozenset(
    {
        "age_group",
        "sex",
        "main_form",
        "citizenship_group",
        "place_region",
        "month",
        "reporting_entity",
    }
)


@dataclass(frozen=True, slots=True)
class SharingSituation:
    """Data about to be shared: what is wanted, what live consents or duties cover, how informed.

    `covered` holds the compartments that a live consent or duty opens for exactly this
    recipient, role and purpose; None when no basis was named.
    """

    wanted: frozenset[str]
    covered: frozenset[str] | None
    was_informed: bool | None = None
    imminent_danger: bool = False


@dataclass(frozen=True, slots=True)
class RecipientSituation:
    """Someone about to receive data of a person: what they are, and for what."""

    organisation_kind: str | None
    role: str | None
    purpose: str | None
    is_enforcement: bool | None


@dataclass(frozen=True, slots=True)
class NotificationSituation:
    """An anonymous notification: the names of its fields, and whether each value is coarse."""

    fields: frozenset[str]
    all_coarse: bool | None


def consent_covers(situation: SharingSituation, on: date) -> Finding:
    """Find whether a live, informed consent covers all that is shared (R41)."""
    if situation.imminent_danger:
        return holds(
            "R41", "imminent_danger", "Share the least that keeps her safe, and tell her."
        )
    if situation.covered is None:
        return broken(
            "R41",
            "basis_missing",
            "take_consent",
            "Sharing needs her consent for this recipient and purpose. Ask her first.",
        )
    if situation.wanted - situation.covered:
        missing = ", ".join(sorted(situation.wanted - situation.covered))
        return broken(
            "R41",
            "consent_too_narrow",
            "narrow_parts",
            f"Her consent does not cover {missing}. Leave it out, or ask her.",
        )
    return _informed(situation.was_informed)


def _informed(was_informed: bool | None) -> Finding:
    if was_informed:
        return holds("R41")
    if was_informed is None:
        return not_known(
            "R41",
            "information_not_recorded",
            "complete_consent",
            "It is not recorded in which language this was explained to her. Complete it.",
        )
    return broken(
        "R41",
        "not_informed",
        "explain_again",
        "She was not told what is shared, with whom and how to take it back. Explain it first.",
    )


def never_to_enforcement(situation: RecipientSituation, on: date) -> Finding:
    """Find whether data would reach immigration enforcement or serve a removal (R43)."""
    enforcement = (
        situation.is_enforcement
        or situation.role == ENFORCEMENT_ROLE
        or situation.organisation_kind == ENFORCEMENT_KIND
    )
    if enforcement or situation.purpose == REMOVAL:
        return broken(
            "R43",
            "recipient_is_enforcement" if enforcement else "purpose_is_removal",
            "choose_recipient",
            "Nothing about a person goes to immigration enforcement or serves a removal. "
            "Choose another recipient.",
        )
    if situation.is_enforcement is None or situation.purpose is None:
        return not_known(
            "R43",
            "recipient_not_known",
            "choose_recipient",
            "It is not known who this is or what it is for. Choose from the directory.",
        )
    return holds("R43")


def carries_no_identity(situation: NotificationSituation, on: date) -> Finding:
    """Find whether an anonymous notification holds coarse codes only (R44)."""
    if situation.fields - COARSE or situation.all_coarse is False:
        return broken(
            "R44",
            "not_coarse",
            "choose_from_list",
            "A notification without consent holds only choices from its lists. Remove the rest.",
        )
    if situation.all_coarse is None:
        return not_known(
            "R44", "not_checked", "choose_from_list", "Choose each value from its list."
        )
    return holds("R44")


SITUATIONS: Mapping[str, Callable[..., object]] = {
    "sharing": SharingSituation,
    "recipient": RecipientSituation,
    "notification": NotificationSituation,
}
RULES = (
    Rule(
        "R41",
        Chapter.PRIVACY,
        "Consent is informed, specific, in her language, and can be taken back",
        (Action.BLOCK,),
        override=(Override.IMMINENT_DANGER, Override.COURT_ORDER),
        sources=(
            known(COE + "11(1), 12(7)"),
            known("GDPR art. 4(11), 7, 9"),
            read("HTCDS 2.0, consent list"),
        ),
        check=consent_covers,
        unknown_stops=True,
        tells_her="What is written about you is shared only if you agree: with whom, what, and "
        "for what. You can take your yes back at any time.",
        enforced_at=("refer", "offer_service"),
    ),
    Rule(
        "R43",
        Chapter.PRIVACY,
        "No data of a person to immigration enforcement",
        (Action.BLOCK,),
        override=(Override.NONE, Override.COURT_ORDER),
        sources=(
            stated(REPORT_2006),
            known("OHCHR Recommended Principles, principle 7"),
            project("Firewall rule of this project"),
        ),
        check=never_to_enforcement,
        unknown_stops=True,
        tells_her="Nothing about you goes to those who send people out of the country.",
        enforced_at=("take_consent", "refer", "offer_service"),
    ),
    Rule(
        "R44",
        Chapter.PRIVACY,
        "Notification without consent carries no identity",
        (Action.BLOCK,),
        sources=(read("Modern Slavery Act 2015 s. 52"), known(COE + "11")),
        check=carries_no_identity,
        unknown_stops=True,
        tells_her="If you do not want to be known, only a number is passed on. Nobody can tell "
        "that it was you.",
        enforced_at=("notify_without_identity",),
    ),
)
