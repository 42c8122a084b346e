"""Rules on how long data are kept, who looked, and what to do when they got out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from opennrm.rights.findings import Finding, broken, holds, not_known
from opennrm.rights.rule import Action, Chapter, Override, Rule
from opennrm.rights.sources import COE, known


@dataclass(frozen=True, slots=True)
class RetentionSituation:
    """A case at its end: whether closed, kept until when, held by law, about to be erased."""

    is_closed: bool
    retention_until: date | None = None
    on_hold: bool = False
    is_erasing: bool = False
    was_proposed: bool = False


@dataclass(frozen=True, slots=True)
class LogSituation:
    """A look at who saw a case: asked by whom, and whether workers' names would come out."""

    holds_log: bool | None
    names_workers: bool = False


@dataclass(frozen=True, slots=True)
class IncidentSituation:
    """Data that got out: since when known, the term, who was told, how great the risk is."""

    found_on: date | None
    report_within: timedelta = timedelta(hours=72)
    was_reported: bool = False
    is_high_risk: bool | None = None
    person_told: bool = False


def kept_no_longer(situation: RetentionSituation, on: date) -> Finding:
    """Find whether a record is kept too long, or would be erased too early (R50)."""
    if not situation.is_closed:
        return _still_open(situation)
    if situation.retention_until is None:
        return not_known(
            "R50",
            "no_retention_day",
            "set_retention",
            "No day is set until which this record is kept. Set one by the law of your State.",
        )
    if situation.on_hold:
        return _held(situation)
    is_over = on >= situation.retention_until
    if situation.is_erasing and not is_over:
        return broken(
            "R50",
            "retention_runs",
            "wait_for_day",
            f"This record is kept until {situation.retention_until.isoformat()}. It can be erased "
            "from that day on.",
        )
    if is_over and not situation.is_erasing and not situation.was_proposed:
        return broken(
            "R50",
            "retention_over",
            "propose_erasure",
            "The time for keeping this record is over. Propose to erase it, or set a legal hold "
            "with its reason.",
        )
    return holds("R50")


def _still_open(situation: RetentionSituation) -> Finding:
    if not situation.is_erasing:
        return holds("R50")
    return broken(
        "R50",
        "case_is_open",
        "close_case",
        "A case in which help goes on is not erased. Close it first, with a day of retention.",
    )


def _held(situation: RetentionSituation) -> Finding:
    if not situation.is_erasing:
        return holds("R50", "legal_hold")
    return broken(
        "R50",
        "legal_hold",
        "lift_hold",
        "This record is on legal hold, so that her claims are not lost. Lift the hold first.",
    )


def log_is_hers(situation: LogSituation, on: date) -> Finding:
    """Find whether the log of who saw a case is shown as it should be (R51)."""
    if situation.holds_log is None:
        return not_known(
            "R51", "viewer_not_known", "sign_in", "It is not known who asks. Sign in first."
        )
    if not situation.holds_log:
        return broken(
            "R51",
            "log_not_open",
            "ask_holder",
            "Who saw a case is shown to the person, and to those who keep her consents. Ask them.",
        )
    if situation.names_workers:
        return broken(
            "R51",
            "names_workers",
            "show_organisation",
            "The log names organisations and roles, not single workers. Leave the names out.",
        )
    return holds("R51")


def told_in_time(situation: IncidentSituation, on: date) -> Finding:
    """Find whether data that got out were reported in time and the person told (R52)."""
    if situation.found_on is None:
        return not_known(
            "R52", "day_not_known", "record_day", "It is not known when this was found. Record it."
        )
    if not situation.was_reported and on > situation.found_on + situation.report_within:
        return broken(
            "R52",
            "not_reported",
            "report_now",
            "Data of hers got out, and the supervisory authority was not told within the term. "
            "Report it now, with the reason for the delay.",
        )
    if situation.is_high_risk and not situation.person_told:
        return broken(
            "R52",
            "person_not_told",
            "tell_person",
            "Data of hers got out and may put her in danger. Tell her, in a safe way, what "
            "happened and what can be done.",
        )
    if situation.is_high_risk is None:
        return not_known(
            "R52",
            "risk_not_known",
            "assess_risk",
            "It is not known whether this puts her in danger. Look at the risk.",
        )
    return holds("R52")


SITUATIONS: Mapping[str, Callable[..., object]] = {
    "retention": RetentionSituation,
    "log": LogSituation,
    "incident": IncidentSituation,
}
RULES = (
    Rule(
        "R50",
        Chapter.PRIVACY,
        "Retention and erasure",
        (Action.TIMER,),
        override=(Override.COURT_ORDER,),
        sources=(known("GDPR art. 5(1)(e), 17"), known("Convention 108; " + COE + "11")),
        check=kept_no_longer,
        tells_her="What is written about you is not kept for ever. After a time it is erased, "
        "unless you need it for a claim.",
        enforced_at=("T17", "propose_erasure", "erase_record", "warnings"),
    ),
    Rule(
        "R51",
        Chapter.PRIVACY,
        "Access log open to the person",
        (Action.REPORT,),
        sources=(known("GDPR art. 15"),),
        check=log_is_hers,
        tells_her="You can ask at any time who saw what is written about you, and who received "
        "it.",
        enforced_at=("require_log_open",),
    ),
    Rule(
        "R52",
        Chapter.PRIVACY,
        "Breach notice",
        (Action.TIMER,),
        sources=(known("GDPR art. 33-34"),),
        check=told_in_time,
        tells_her="If something written about you gets into wrong hands, the authority that "
        "watches over data is told. If it may hurt you, you are told too.",
        enforced_at=("T18B", "T18P", "warnings"),
    ),
)
