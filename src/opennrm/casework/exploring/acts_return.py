"""Acts of the model on return: proposed, assessed, chosen, arranged, authorised, given up."""

from collections.abc import Hashable, Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple

from opennrm.casework.exploring import record
from opennrm.casework.exploring.act import Act
from opennrm.casework.exploring.acts_child import determination
from opennrm.casework.exploring.acts_sharing import once_only
from opennrm.casework.exploring.law import Law
from opennrm.casework.exploring.model import OVER, State, WayHome, is_child
from opennrm.lifecycle.calendars import calendar_for
from opennrm.lifecycle.proceedings import OVER as NOT_RUNNING
from opennrm.lifecycle.recovery import AFTER_GROUNDS
from opennrm.rights.children import PlaceSituation
from opennrm.rights.recovery import RemovalSituation
from opennrm.rights.residence import SignSituation
from opennrm.rights.return_situations import (
    AssessmentSituation,
    ChoiceSituation,
    OutcomeSituation,
    RemediesSituation,
)

FORCED = "by_authority"
NOT_BEFORE_COURT = NOT_RUNNING | {"none", "intelligence_only"}


class Assessed(NamedTuple):
    """A risk assessment of a return: what it found, whether it is signed, and by which body."""

    outcome: str
    is_signed: bool = True
    by_other_body: bool = True


class Chosen(NamedTuple):
    """What she chose: knowing what else she can do, and in writing."""

    wish: str
    informed: bool = True
    written: bool = True


ASSESSMENTS = (
    Assessed("return_safe"),
    Assessed("return_safe", is_signed=False),
    Assessed("return_safe", by_other_body=False),
    Assessed("return_not_safe"),
)
CHOICES = (
    Chosen("return"),
    Chosen("return", informed=False),
    Chosen("return", written=False),
    Chosen("stay"),
)


def way_home(state: State) -> WayHome:
    """Return what is known of the return that is open."""
    return state.way_home or WayHome()


def with_way(state: State, **known: Any) -> State:
    """Return the state with something more known of the return."""
    return state._replace(way_home=way_home(state)._replace(**known))


def is_open(law: Law, state: State, choice: object) -> bool:
    """Look at a return that was proposed."""
    return state.way_home is not None


def may_propose(law: Law, state: State, choice: object) -> bool:
    """Look at proposing a return where none is open."""
    return state.way_home is None


def proposed(law: Law, state: State, choice: str) -> State | None:
    """Propose a return; it permits nothing."""
    return state._replace(way_home=WayHome(comes_about=choice))


def assessed(law: Law, state: State, choice: Assessed) -> State | None:
    """Assess the risks of a return; who asks for a forced one does not (R61)."""
    way = way_home(state)
    is_other = way.comes_about != FORCED or choice.by_other_body
    until = end_of(law, "return_assessment_valid", state.day)
    if not law.allows("R61", AssessmentSituation(True, until, is_other, "noted"), state.day):
        return None
    return with_way(
        state,
        outcome=choice.outcome,
        is_signed=choice.is_signed,
        by_other_body=choice.by_other_body,
        assessed_on=state.day,
    )


def chosen(law: Law, state: State, choice: Chosen) -> State | None:
    """Record what she chose, whatever it is."""
    return with_way(
        state,
        wish=choice.wish,
        informed=choice.informed,
        written=choice.written,
        chosen_on=state.day,
    )


def took_back(law: Law, state: State, choice: object) -> State | None:
    """Record that she takes her choice back."""
    return with_way(state, wish="")


def arranged(law: Law, state: State, choice: object) -> State | None:
    """Arrange how she takes part from there in what is open here."""
    return with_way(state, arranged=True)


def agreed(law: Law, state: State, choice: object) -> State | None:
    """Let a second person of another office agree to sending her."""
    return with_way(state, second="agrees")


def gave_up(law: Law, state: State, choice: object) -> State | None:
    """Give a return up; help goes on."""
    return state._replace(way_home=None)


def authorised(law: Law, state: State, choice: object) -> State | None:
    """Authorise the return that is open, after every rule that stands before it."""
    way = way_home(state)
    questions = [*of_return(law, state, way), ("R34", determination(law, state, "return"))]
    if all(law.allows(rule, situation, state.day) for rule, situation in questions):
        return state
    return None


def removed(law: Law, state: State, choice: str) -> State | None:
    """Let a removal, a transfer or a detention out, after every rule that stands before it."""
    way = way_home(state)
    questions: list[tuple[str, Hashable]] = [*of_force(state, way)]
    if choice == "detention":
        questions.append(("R35", PlaceSituation(is_child(state), "detention")))
    else:
        questions += [*of_risk(law, state, way), of_remedies(state, way)]
        questions.append(("R34", determination(law, state, choice)))
    if all(law.allows(rule, situation, state.day) for rule, situation in questions):
        return state
    return None


def of_return(law: Law, state: State, way: WayHome) -> Iterator[tuple[str, Hashable]]:
    """List the rules before a return with what each looks at."""
    if way.comes_about == FORCED:
        yield from of_force(state, way)
    yield from of_risk(law, state, way)
    yield "R62", choice_situation(law, way)
    yield of_remedies(state, way)


def of_force(state: State, way: WayHome) -> Iterator[tuple[str, Hashable]]:
    """List the rules before anything is done against her will."""
    yield "R26", RemovalSituation(period_of(state))
    yield "R21", SignSituation(state.identification.state, way.second or None)


def of_risk(law: Law, state: State, way: WayHome) -> Iterator[tuple[str, Hashable]]:
    """List the rules on the risks that wait for her there."""
    if way.assessed_on is None:
        yield "R61", AssessmentSituation(is_signed=None)
        yield "R64", OutcomeSituation(None)
        return
    until = end_of(law, "return_assessment_valid", way.assessed_on)
    yield "R61", AssessmentSituation(way.is_signed, until, way.by_other_body, "noted")
    yield "R64", OutcomeSituation(way.outcome)


def of_remedies(state: State, way: WayHome) -> tuple[str, Hashable]:
    """Return the rule on open remedies with what it looks at."""
    runs = state.criminal.state not in NOT_BEFORE_COURT
    running = frozenset({"criminal_case_running"} if runs else ())
    return "R63", RemediesSituation(running, is_arranged=way.arranged)


def choice_situation(law: Law, way: WayHome) -> ChoiceSituation:
    """Return what R62 looks at."""
    if way.chosen_on is None:
        return ChoiceSituation(way.comes_about)
    return ChoiceSituation(
        comes_about=way.comes_about,
        wish=way.wish or "return",
        alternatives_told=way.informed,
        is_written=way.written,
        cooled_on=end_of(law, "return_cooling_off", way.chosen_on),
        is_taken_back=not way.wish,
    )


def period_of(state: State) -> str:
    """Say where the recovery period stands, as the record says it."""
    if state.recovery is None:
        return "not_opened" if state.identification.state in AFTER_GROUNDS else "none"
    return "over" if state.recovery == OVER else "running"


def end_of(law: Law, preset: str, day: int) -> date:
    """Return the day on which a term ends that begins on a day."""
    return law.once(
        ("ends", preset, day),
        lambda: calendar_for(law.desk.presets(law.bounds.place)).last_day(
            record.date_of(day), law.preset(preset, day)
        ),
    )


def removals(law: Law) -> Iterable[Hashable]:
    """List what may be asked for against her will."""
    return ("removal", "dublin_transfer", "detention")


def _says_assessed(law: Law, choice: Assessed) -> str:
    who = "Another body" if choice.by_other_body else "The body that wants the return"
    signed = "" if choice.is_signed else ", without signing it"
    return f"{who} assesses the risks of a return: {choice.outcome.replace('_', ' ')}{signed}."


def _says_chosen(law: Law, choice: Chosen) -> str:
    told = "" if choice.informed else ", not told what else she can do"
    written = "" if choice.written else ", and nothing is written down"
    return f"She chooses to {choice.wish}{told}{written}."


def _always(law: Law, state: State, choice: object) -> bool:
    return True


RETURN = (
    Act(
        "propose_return",
        "return",
        lambda law: ("assisted", FORCED),
        may_propose,
        proposed,
        lambda law, choice: (
            "A return is "
            + ("asked for by an authority." if choice == FORCED else "proposed, with assistance.")
        ),
    ),
    Act("assess_return", "return", lambda law: ASSESSMENTS, is_open, assessed, _says_assessed),
    Act("choose", "return", lambda law: CHOICES, is_open, chosen, _says_chosen),
    Act(
        "take_back",
        "return",
        once_only,
        is_open,
        took_back,
        lambda law, choice: "She takes her choice back.",
    ),
    Act(
        "arrange",
        "return",
        once_only,
        is_open,
        arranged,
        lambda law, choice: "Her part in what is open here is arranged with her lawyer.",
    ),
    Act(
        "second_person",
        "return",
        once_only,
        is_open,
        agreed,
        lambda law, choice: "A second person of another office agrees to sending her.",
    ),
    Act(
        "give_up_return",
        "return",
        once_only,
        is_open,
        gave_up,
        lambda law, choice: "The return is given up.",
    ),
    Act(
        "authorise_return",
        "return",
        once_only,
        is_open,
        authorised,
        lambda law, choice: "The return is authorised.",
    ),
    Act(
        "authorise_removal",
        "return",
        removals,
        _always,
        removed,
        lambda law, choice: f"A {choice.replace('_', ' ')} is authorised against her will.",
    ),
)
