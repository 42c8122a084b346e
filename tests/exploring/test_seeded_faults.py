"""Each invariant breaks when the rule or guard that keeps it is taken away, by a shortest path."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from unittest import mock

import pytest

from opennrm.casework import grounds
from opennrm.casework.exploring.act import Act
from opennrm.casework.exploring.acts import ACTS
from opennrm.casework.exploring.bounds import Bounds
from opennrm.casework.exploring.explorer import explore
from opennrm.casework.exploring.invariants import INVARIANTS
from opennrm.casework.exploring.law import Law
from opennrm.casework.exploring.model import State
from opennrm.rights.findings import holds
from tests.rights.removing import without

SEEING = Bounds(
    name="a fault in sharing",
    chapters=("time", "sharing", "help"),
    houses=("shelter", "removals"),
    days=(0, 31, 45),
    ages=("adult",),
)
SERVING = Bounds(
    name="a fault in a service",
    chapters=("time", "sharing", "help", "service"),
    houses=("shelter", "clinic"),
    days=(0,),
    ages=("adult",),
)
DECIDING = Bounds(
    name="a fault in decisions",
    chapters=("sharing", "help", "decisions"),
    houses=("authority",),
    days=(0,),
    ages=("adult",),
)
TRACKING = Bounds(
    name="a fault beside the tracks",
    chapters=("help", "tracks", "sharing"),
    houses=("shelter",),
    days=(0,),
    ages=("adult",),
)
CHILD = Bounds(
    name="a fault with a child",
    chapters=("time", "help", "children"),
    houses=("child_service",),
    days=(0, 90),
    ages=("presumed_child",),
    grave=("dublin_transfer",),
)
RETURN = Bounds(
    name="a fault in a return",
    chapters=("time", "decisions", "tracks", "return"),
    houses=(),
    days=(0, 31),
    ages=("adult",),
    criminal=(),
    residence=(),
    in_recovery=True,
    leaves_out=("arrange", "give_up_return"),
)
CHOSEN = replace(RETURN, leaves_out=(*RETURN.leaves_out, "second_person", "authorise_removal"))
CHILD_RETURN = Bounds(
    name="a fault in the return of a child",
    chapters=("children", "return"),
    houses=(),
    days=(0,),
    ages=("child",),
    grave=("return",),
    leaves_out=("guardian", "assess", "arrange", "take_back", "choose"),
    in_recovery=True,
)
Taken = Callable[[], Any]


def replaced(name: str, **parts: Any) -> tuple[Act, ...]:
    """Return the acts of the model with one of them changed."""
    return tuple(replace(act, **parts) if act.name == name else act for act in ACTS)


def act_named(name: str) -> Act:
    """Find an act of the model."""
    return next(act for act in ACTS if act.name == name)


@contextmanager
def terms_not_compared() -> Iterator[None]:
    """Let a sharing last longer than the consent it rests on."""
    real = grounds.consent_ground

    def any_term(case: Any, asked: Any, *, on: Any) -> Any:
        return real(case, replace(asked, until=on + timedelta(days=1)), on=on)

    with mock.patch.object(grounds, "consent_ground", any_term):
        yield


@contextmanager
def readers_not_asked_for() -> Iterator[None]:
    """Let anybody's no be recorded, read by nobody else."""
    asked = "opennrm.rights.identification.needs_second_person"
    with mock.patch(asked, lambda rule, *opinion: holds(rule)):
        yield


@contextmanager
def nothing_taken() -> Iterator[None]:
    """Take nothing away: the fault lies in the acts."""
    yield


def plans_wait_for_the_case(law: Law, state: State, choice: Any) -> State | None:
    """Agree a plan only while the criminal case runs: help that depends on co-operation."""
    if state.criminal.state == "discontinued":
        return None
    return act_named("plan").after(law, state, choice)


def care_waits_for_signs(law: Law, state: State, choice: Any) -> State | None:
    """Give emergency care only before support ended."""
    if state.assistance.state == "exited":
        return None
    return act_named("emergency_care").after(law, state, choice)


def care_waits_for_guardian(law: Law, state: State, choice: Any) -> State | None:
    """Authorise anything on a child, care too, only beside a guardian."""
    if state.child is None or not state.child.guarded:
        return None
    return act_named("authorise").after(law, state, choice)


def closed_for_ever() -> tuple[Act, ...]:
    """Leave no way back: no case is opened again, and no care given after the end."""
    kept = [act for act in ACTS if act.name != "reopen"]
    return tuple(
        replace(act, after=care_waits_for_signs) if act.name == "emergency_care" else act
        for act in kept
    )


@dataclass(frozen=True)
class Fault:
    """What is taken away, the invariant that must break, and the way to where it breaks."""

    invariant: str
    bounds: Bounds
    taken: Taken
    path: tuple[str, ...]
    acts: tuple[Act, ...] = ACTS


ADULT = "Day 0: First contact with an adult."
MINOR = "Day 0: First contact with a person whose age is in doubt."
TO_AUTHORITY = (
    ADULT,
    "Day 0: She agrees that the authority may have her data.",
    "Day 0: The police officer refers her to the authority with her consent.",
    "Day 0: The authority accepts the referral.",
)
CHOSEN_UNSIGNED = (
    ADULT,
    "Day 0: A return is proposed, with assistance.",
    "Day 0: Another body assesses the risks of a return: return safe, without signing it.",
    "Day 0: She chooses to return.",
    "Day 0: Time passes.",
)
CHOSEN_UNSAFE = (
    *CHOSEN_UNSIGNED[:2],
    "Day 0: Another body assesses the risks of a return: return not safe.",
    *CHOSEN_UNSIGNED[3:],
)
FAULTS = {
    "R43: enforcement as a recipient": Fault(
        "no_row_for_enforcement",
        SEEING,
        lambda: without("R43"),
        (
            ADULT,
            "Day 0: The police officer refers her to the removals unit on a legal duty.",
        ),
    ),
    "the end of a consent": Fault(
        "no_row_outlives_its_basis",
        SEEING,
        terms_not_compared,
        (
            ADULT,
            "Day 0: She agrees that a shelter may have her data.",
            "Day 0: The police officer refers her to a shelter, past the end of her consent.",
            "Day 0: Time passes.",
        ),
    ),
    "R23: reasons and remedy": Fault(
        "no_bare_no",
        DECIDING,
        lambda: without("R23"),
        (
            *TO_AUTHORITY,
            "The authority takes the first decision: negative without reasons.",
        ),
    ),
    "the second reader": Fault(
        "no_bare_no",
        DECIDING,
        readers_not_asked_for,
        (
            *TO_AUTHORITY,
            "The authority takes the first decision: negative without a second reader.",
        ),
    ),
    "R25: thirty days": Fault(
        "thirty_days",
        DECIDING,
        lambda: without("R25"),
        (
            *TO_AUTHORITY,
            "Day 0: The authority takes the first decision: positive.",
            "Day 0: The authority opens a recovery period of 20 days.",
        ),
    ),
    "tracks that stay apart": Fault(
        "help_unchanged",
        TRACKING,
        nothing_taken,
        (
            ADULT,
            "Day 0: The police officer refers her to a shelter on a legal duty.",
            "Day 0: A shelter accepts the referral.",
            "The criminal case moves: discontinued.",
        ),
        replaced("plan", after=plans_wait_for_the_case),
    ),
    "emergency care": Fault(
        "emergency_care",
        TRACKING,
        nothing_taken,
        (ADULT, "Day 0: The police officer ends the support."),
        replaced("emergency_care", after=care_waits_for_signs),
    ),
    "care of a child": Fault(
        "care_of_a_child",
        CHILD,
        nothing_taken,
        (MINOR,),
        replaced("authorise", after=care_waits_for_guardian),
    ),
    "R34: the panel": Fault(
        "no_child_sent_without_a_panel",
        CHILD,
        lambda: without("R34"),
        (
            MINOR,
            "The child service authorises dublin transfer, because of danger.",
        ),
    ),
    "R34: the risks": Fault(
        "no_child_sent_into_unseen_risk",
        CHILD,
        lambda: without("R34", "R33", "R32"),
        (MINOR, "The child service authorises dublin transfer."),
    ),
    "R35: detention": Fault(
        "no_child_detained",
        CHILD,
        lambda: without("R35", "R33"),
        (MINOR, "The child service authorises placement, in detention."),
    ),
    "R32: a guardian of her own interest": Fault(
        "no_conflicted_guardian",
        CHILD,
        lambda: without("R32"),
        (MINOR, "Day 0: A guardian is named, who owns the place where the child stays."),
    ),
    "R32: the guardian beside the child": Fault(
        "no_act_without_guardian",
        CHILD,
        lambda: without("R32"),
        (
            MINOR,
            "Day 0: Her best interests in an act are assessed: it serves them.",
            "The child service authorises interview.",
        ),
    ),
    "R33: the assessment": Fault(
        "no_act_without_guardian",
        CHILD,
        lambda: without("R33"),
        (
            MINOR,
            "Day 0: A guardian is named.",
            "The child service authorises interview.",
        ),
    ),
    "R27: grounds and second person of an early end": Fault(
        "early_end",
        DECIDING,
        lambda: without("R27"),
        (
            *TO_AUTHORITY,
            "Day 0: The authority takes the first decision: positive.",
            "Day 0: The authority opens a recovery period of 30 days.",
            "The authority ends the recovery period early: no co-operation.",
        ),
    ),
    "R61: the assessment": Fault(
        "no_return_unassessed",
        CHOSEN,
        lambda: without("R61"),
        (*CHOSEN_UNSIGNED, "The return is authorised."),
    ),
    "R64: what the assessment found": Fault(
        "no_return_unassessed",
        CHOSEN,
        lambda: without("R64"),
        (*CHOSEN_UNSAFE, "The return is authorised."),
    ),
    "R26: the recovery period": Fault(
        "no_removal_in_recovery",
        RETURN,
        lambda: without("R26"),
        (
            "Day 0: The recovery period of an adult begins.",
            "Day 0: A return is proposed, with assistance.",
            "Day 0: A second person of another office agrees to sending her.",
            "A detention is authorised against her will.",
        ),
    ),
    "R62: her choice": Fault(
        "voluntary",
        RETURN,
        lambda: without("R62"),
        (
            ADULT,
            "Day 0: A return is proposed, with assistance.",
            "Day 0: Another body assesses the risks of a return: return safe.",
            "The return is authorised.",
        ),
    ),
    "R21: signs in a removal": Fault(
        "signs_followed_up",
        RETURN,
        lambda: without("R21"),
        (
            ADULT,
            "Day 0: A screening shows signs.",
            "A detention is authorised against her will.",
        ),
    ),
    "R34: a return of a child": Fault(
        "no_child_sent_by_others",
        CHILD_RETURN,
        lambda: without("R34", "R26", "R21"),
        (
            "Day 0: First contact with a child.",
            "Day 0: A return is proposed, with assistance.",
            "Day 0: Another body assesses the risks of a return: return safe.",
            "A removal is authorised against her will.",
        ),
    ),
    "the door that opens again": Fault(
        "help_again",
        TRACKING,
        nothing_taken,
        (ADULT, "Day 0: The police officer ends the support."),
        closed_for_ever(),
    ),
}
FORBIDDEN = {
    "R01": "co-operation",
    "R02": "suspect",
    "R06": "scope of trafficking",
    "R07": "organised crime",
    "R08": "nationality",
}


class TestExplorer:
    @pytest.mark.parametrize("name", list(FAULTS))
    def test_finds_what_is_missing_by_the_shortest_way(self, name: str) -> None:
        fault = FAULTS[name]

        with fault.taken():
            walk = explore(fault.bounds, acts=fault.acts)

        paths = {one.invariant.name: one.path for one in walk.broken}
        assert paths.get(fault.invariant) == fault.path

    @pytest.mark.parametrize("rule", list(FORBIDDEN))
    def test_finds_help_refused_on_a_forbidden_ground(self, rule: str) -> None:
        with without(rule):
            walk = explore(SERVING)

        (broken,) = walk.broken
        assert broken.invariant.name == "help_unconditional"
        assert broken.path[-1] == (f"The clinic refuses help, with the reason {FORBIDDEN[rule]}.")

    def test_is_tried_with_a_fault_for_every_invariant(self) -> None:
        tried = {fault.invariant for fault in FAULTS.values()} | {"help_unconditional"}

        assert tried == {one.name for one in INVARIANTS}

    @pytest.mark.parametrize(
        "bounds", [SEEING, SERVING, DECIDING, TRACKING, CHILD], ids=lambda one: one.name
    )
    def test_finds_nothing_where_nothing_is_taken_away(self, bounds: Bounds) -> None:
        assert explore(bounds).broken == ()
