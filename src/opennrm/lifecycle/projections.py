"""What lists and figures keep of a case: worklist columns and the row without identity."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from opennrm.lifecycle import told
from opennrm.lifecycle.answers import ADDRESSEE, awaits_answer
from opennrm.lifecycle.calendars import local_day
from opennrm.lifecycle.case import Case
from opennrm.lifecycle.child_file import RULE_OF_BREACH
from opennrm.lifecycle.deadline import WAITED_FOR, Deadline
from opennrm.lifecycle.facts import Fact
from opennrm.lifecycle.grounds import day
from opennrm.lifecycle.holding import HOUSE_KINDS, asked_to_take, holder
from opennrm.lifecycle.holds import asks
from opennrm.lifecycle.move import Standing
from opennrm.lifecycle.refused import refusals_by_rule
from opennrm.vocabulary.age import AgeGroup, Majority
from opennrm.vocabulary.assistance import AssistanceStatus
from opennrm.vocabulary.countries import citizenship_group
from opennrm.vocabulary.identification import IdentificationStatus as Status

WaitingFor = Literal["us", "others", "nobody"]
UNKNOWN = "unknown"
NONE = "none"
LEVELS = ("unknown", "low", "medium", "high", "imminent")
REFERRAL_LEVELS = {"routine": "low", "urgent": "high", "immediate": "imminent"}
DECIDING = frozenset({Status.REASONABLE_GROUNDS_PENDING, Status.RECONSIDERATION_PENDING})
EVENTS = {
    "breach_observed": "breach",
    "rule_overridden": "override",
    "opinion_given": "refusal",
    "act_held": "hold",
    "emergency_opened": "override",
}
CONTACT, OFFERED, CLOSED = "contact", "waiting_for_answer", "closed"
NOT_OPEN, DECISIONS = "not_open", "D14"
KEPT = "kept"


@dataclass(frozen=True, slots=True)
class WorklistColumns:
    """What one organisation's list shows of a case, from what is open to it and nothing else."""

    stage: str
    urgency: str
    majority: str
    service: str | None
    waiting_for: WaitingFor
    next_due_at: datetime | None
    next_due_kind: str | None
    last_fact_at: datetime
    services: tuple[str, ...]
    language: str | None
    holder: UUID | None = None
    asked_to_take: UUID | None = None


@dataclass(frozen=True, slots=True)
class RuleEvent:
    """Something that happened to a rule in a case: broken, overridden, refused, held.

    `nth` tells equal events of one case in one year apart; the first of each counts the case.
    """

    rule: str
    event: str
    year: int
    quarter: int
    nth: int = 1


@dataclass(frozen=True, slots=True)
class StatisticsRow:
    """The coarse values of one case, without identity, in the columns of the statistics copy."""

    jurisdiction: str
    registered_year: int
    registered_quarter: int
    route: str
    reporting_entity: str
    sex: str
    gender: str
    age_group: str
    majority: str
    citizenship_group: str
    forms: tuple[str, ...]
    main_form: str
    scope: str
    status: str
    assistance: str
    exit_kind: str


def worklist_columns(
    case: Case,
    *,
    compartments: frozenset[str],
    organisation: UUID,
    role: str,
    deadlines: Iterable[Deadline] = (),
    offered: bool = False,
) -> WorklistColumns:
    """Return what the list of one organisation shows, filtered before anything is derived.

    A referral or an offer addressed to the organisation, and its answers, count as open to it:
    it is asked by them.
    """
    asked = _addressed(case, organisation, role)
    seen = case.seen_from(compartments)
    open_due = [
        one
        for one in deadlines
        if one.compartment in compartments or _is_asked(case, one, organisation, role)
    ]
    ours = sorted((d.due_at, d.kind) for d in open_due if d.organisation == organisation)
    services = _services(asked)
    waits = any(awaits_answer(case, fact) for fact in asked)
    return WorklistColumns(
        stage=OFFERED if offered else _stage_seen(seen, case, compartments),
        urgency=_urgency(seen, asked),
        majority=seen.majority,
        service=services[-1] if services else None,
        waiting_for=_waiting_for(seen, organisation, waits, open_due),
        next_due_at=ours[0][0] if ours else None,
        next_due_kind=ours[0][1] if ours else None,
        last_fact_at=_last_at(case, seen, asked, organisation),
        services=services,
        language=told.last((*seen.standing, *asked), "language"),
        holder=holder(case, organisation),
        asked_to_take=_asked_to_take(case, organisation),
    )


def stage(case: Case) -> str:
    """Return where a case stands, in one code for a list: what is decided next comes first."""
    if case.is_closed:
        return CLOSED
    if case.identification in DECIDING:
        return case.identification
    if case.assistance != NONE:
        return case.assistance
    return CONTACT if case.identification == Status.NONE else case.identification


def _stage_seen(seen: Case, case: Case, compartments: frozenset[str]) -> str:
    """Return the stage, never an old one where decisions are made in a part that is not open."""
    code = stage(seen)
    if DECISIONS in compartments or code not in frozenset(Status):
        return code
    if code in DECIDING or any(row.compartment == DECISIONS for row in case.access):
        return NOT_OPEN if seen.assistance == NONE else seen.assistance
    return code


def stage_label(code: str) -> str:
    """Return the words of a stage for a list."""
    own = {CONTACT: "First contact", OFFERED: "Waiting for your answer", CLOSED: "Closed"}
    own[NOT_OPEN] = "Decided, or waiting; not open to you"
    own[KEPT] = "Safety sheet only"
    if code in own:
        return own[code]
    is_status = code in frozenset(Status)
    return Status(code).label if is_status else AssistanceStatus(code).label


def statistics_row(case: Case, *, jurisdiction: str) -> StatisticsRow:
    """Return the coarse values of a case, each with a word for what is not known."""
    contacts = case.of_kind("contact_recorded")
    people = case.of_kind("person_described")
    registered = _registered_on(case)
    forms = tuple(form for form in case.forms if form != UNKNOWN)
    closed = case.newest("case_closed") if case.is_closed else None
    return StatisticsRow(
        jurisdiction=jurisdiction,
        registered_year=registered.year,
        registered_quarter=(registered.month + 2) // 3,
        route=told.last(contacts, "route") or UNKNOWN,
        reporting_entity=told.last(contacts, "reporting_entity") or UNKNOWN,
        sex=told.last(people, "sex") or UNKNOWN,
        gender=told.last(people, "gender") or "not_specified_unknown",
        age_group=_age_group(case, people),
        majority=case.majority,
        citizenship_group=_citizenship(people, jurisdiction),
        forms=forms or (UNKNOWN,),
        main_form=forms[0] if forms else UNKNOWN,
        scope=case.scope_of_trafficking,
        status=_status(case.standings["identification"]),
        assistance=case.assistance,
        exit_kind=(closed.text("exit_kind") if closed else None) or NONE,
    )


def rule_events(case: Case) -> tuple[RuleEvent, ...]:
    """Return what happened to rules in a case, with year and quarter and nothing else.

    A breach counts when the rule is known, a refusal when a second person did not agree or a
    service turned her away.
    """
    seen: Counter[tuple[str, str, int]] = Counter()
    events: list[RuleEvent] = []
    for rule, event, fact in sorted(_touched(case), key=lambda one: one[2].position):
        on = local_day(case.jurisdiction, fact.at)
        seen[rule, event, on.year] += 1
        nth = seen[rule, event, on.year]
        events.append(RuleEvent(rule, event, on.year, (on.month + 2) // 3, nth))
    return tuple(events)


def _touched(case: Case) -> Iterator[tuple[str, str, Fact]]:
    for fact in case.of_kind(*EVENTS):
        rule = _rule_of(case, fact)
        if rule:
            yield rule, EVENTS[fact.kind], fact
    for rule, fact in refusals_by_rule(case):
        yield rule, "refusal", fact


def _rule_of(case: Case, fact: Fact) -> str | None:
    if fact.kind != "opinion_given":
        return fact.text("rule") or RULE_OF_BREACH.get(fact.text("breach") or "")
    hold = case.fact(fact.reference("answers"))
    disagrees = fact.text("opinion") == "disagrees"
    return hold.text("rule") if hold is not None and disagrees else None


def _addressed(case: Case, organisation: UUID, role: str) -> tuple[Fact, ...]:
    return tuple(
        fact
        for fact in case.of_kind(*ADDRESSEE)
        if fact.reference(ADDRESSEE[fact.kind]) == organisation
        and (fact.text("to_role") or fact.text("provider_role") or role) == role
    )


def _is_asked(case: Case, due: Deadline, organisation: UUID, role: str) -> bool:
    """Tell whether a deadline is the opinion or the answer an organisation is asked for."""
    if due.kind == "T04A":
        return any(one.fact_ref == due.fact_ref for one in _addressed(case, organisation, role))
    hold = case.fact(due.fact_ref) if due.kind == "T20" else None
    return hold is not None and asks(hold, organisation, role)


def _asked_to_take(case: Case, organisation: UUID) -> UUID | None:
    handed = asked_to_take(case, organisation)
    return handed.reference("to_account") if handed else None


def _services(asked: Iterable[Fact]) -> tuple[str, ...]:
    named = (fact.texts("services") or (fact.text("service"),) for fact in asked)
    return tuple(dict.fromkeys(one for many in named for one in many if one))


def _urgency(seen: Case, asked: Iterable[Fact]) -> str:
    levels = [seen.danger]
    levels += [REFERRAL_LEVELS.get(fact.text("urgency") or "", UNKNOWN) for fact in asked]
    levels += ["high" for fact in seen.of_kind("help_asked") if fact.flag("urgent")]
    return max(levels, key=LEVELS.index)


def _waiting_for(
    seen: Case, organisation: UUID, asked_of_us: bool, due: Iterable[Deadline]
) -> WaitingFor:
    actors = {one.organisation for one in due if one.kind in WAITED_FOR}
    if asked_of_us or organisation in actors:
        return "us"
    if seen.is_closed:
        return "nobody"
    sent = (fact for fact in seen.of_kind(*ADDRESSEE) if fact.organisation == organisation)
    others = actors or any(awaits_answer(seen, fact) for fact in sent)
    return "others" if others else "nobody"


def _last_at(case: Case, seen: Case, asked: Iterable[Fact], organisation: UUID) -> datetime:
    shown = (one for one in seen.facts if one.kind not in HOUSE_KINDS)
    facts = [fact.at for fact in (*shown, *asked)]
    rows = [row.opens_at for row in case.access if row.organisation == organisation]
    return max(facts or rows or [case.ordered[0].at])


def _registered_on(case: Case) -> date:
    contact = case.newest("contact_recorded")
    said = day(contact, "contact_on") if contact else None
    return said or local_day(case.jurisdiction, case.ordered[0].at)


def _age_group(case: Case, people: tuple[Fact, ...]) -> str:
    bands = [band for fact in people if (band := fact.text("age_group"))]
    fitting = [band for band in bands if band.startswith("child") or not case.is_child]
    if case.majority == Majority.ADULT:
        fitting = [band for band in fitting if not band.startswith("child")]
    if fitting:
        return fitting[-1]
    wide = {Majority.CHILD: AgeGroup.CHILD, Majority.ADULT: AgeGroup.ADULT}
    return wide.get(Majority(case.majority), AgeGroup.UNKNOWN).value


def _citizenship(people: tuple[Fact, ...], jurisdiction: str) -> str:
    said = [fact.texts("citizenship") for fact in people if fact.texts("citizenship")]
    return citizenship_group(said[-1], jurisdiction) if said else UNKNOWN


def _status(standing: Standing) -> str:
    if standing.state == Status.WITHDRAWN_BY_PERSON:
        return "withdrawn"
    if standing.state == Status.RECONSIDERATION_PENDING and standing.before:
        return standing.before.state
    return standing.state
