"""The steps of an invented child's case: guardian, safety, best interests, absence, age."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from opennrm.casework.child_acts import (
    AtOnce,
    PlannedAct,
    authorise_child_act,
    protect_child_at_once,
)
from opennrm.casework.child_age import (
    AgeAssessment,
    ComingOfAge,
    ContinuityPlan,
    SettledAge,
    agree_continuity_plan,
    note_coming_of_age,
    record_age_assessment,
    settle_age,
)
from opennrm.casework.child_best_interests import Assessment, assess_best_interests
from opennrm.casework.child_guardian import (
    GuardianRequest,
    GuardianshipEnd,
    NamedGuardian,
    ask_for_guardian,
    end_guardianship,
    name_guardian,
)
from opennrm.casework.child_missing import (
    FoundChild,
    MissingCall,
    MissingChild,
    MissingDetails,
    ReturnTalk,
    describe_missing_child,
    hold_return_interview,
    log_missing_call,
    record_child_found,
    report_missing_child,
)
from opennrm.casework.child_panel import (
    PanelClosing,
    Question,
    Signature,
    complete_determination,
    open_determination,
    sign_determination,
)
from opennrm.console.demonstration.organisations import HOUSE, WORKER
from opennrm.console.demonstration.steps import Step
from opennrm.console.demonstration.story import Story

CARE, GUARDIAN = "childworker", "guardian"
PANEL = ("panel", "panelhealth", "panelschool")
FOR_A_PANEL = ("D8", "D9", "D10", "D11")
HEARD: Mapping[str, Any] = {
    "is_heard": True,
    "weight": "great",
    "views": "I want to go on with school and to stay with Mira.",
    "heard_by": "A psychologist",
}


def child_guarded(story: Story) -> None:
    """A guardian is asked for, named for the first days, and then for good."""
    request = GuardianRequest(asked_on=story.today, note="The court was called.")
    story.do(ask_for_guardian, story.first, request=request)
    story.later(hours=8)
    first = _named(story, "temporary")
    story.later(days=9)
    ending = GuardianshipEnd(guardian=first, ended_on=story.today, reason="A full one is named.")
    story.do(end_guardianship, CARE, ending=ending)
    _named(story, "full")


def _named(story: Story, kind: str) -> UUID:
    guardian = NamedGuardian(
        guardian_kind=kind,
        named_on=story.today,
        house=WORKER[GUARDIAN].organisation,
        interests_asked=True,
    )
    named: UUID = story.do(name_guardian, CARE, guardian=guardian)
    return named


def child_moved(story: Story) -> None:
    """The child is brought to safety at once; the next place is assessed before."""
    action = AtOnce(action="move_to_safety", done_on=story.today, note="A family for one night.")
    done = story.do(protect_child_at_once, story.first, action=action)
    story.later(hours=10)
    _assessed(story, "move_to_safety", follows=done)
    _assessed(story, "placement")
    story.later(days=1)
    placed = PlannedAct(
        act="placement",
        authorised_on=story.today,
        place_kind="family_care",
        reasons="A foster family near the school.",
    )
    story.do(authorise_child_act, CARE, act=placed)


def _assessed(story: Story, about: str, follows: UUID | None = None) -> None:
    assessment = Assessment(
        about=about,
        result="in_best_interests",
        assessed_on=story.today,
        topics=("safety", "views", "care", "school"),
        follows=follows,
        reasons="Safe, near the school, with people who speak the language.",
        **HEARD,
    )
    story.do(assess_best_interests, CARE, assessment=assessment)


def child_before_panel(story: Story) -> None:
    """A panel of several houses determines where the child will live for good."""
    question = Question(
        about="durable_placement",
        opened_on=story.today,
        question="May the child grow up in this family?",
        options="Return to an aunt; a house for young people.",
        **HEARD,
    )
    opened = story.do(open_determination, CARE, question=question)
    for member in (PANEL[0], PANEL[1]):
        consent = story.consent(member, "BP", "child_protection", FOR_A_PANEL, who=GUARDIAN)
        sent = story.refer(member, "BP", "child_protection", CARE, consent=consent)
        story.answer(member, sent)
    story.later(days=2)
    for member in PANEL:
        _signed(story, member, opened)
    closing = PanelClosing(determination=opened, reasons="To be looked at again in a year.")
    story.do(complete_determination, CARE, closing=closing)
    placed = PlannedAct(
        act="durable_placement",
        authorised_on=story.today,
        place_kind="family_care",
        reasons="As the panel determined.",
    )
    story.do(authorise_child_act, CARE, act=placed)


def _signed(story: Story, member: str, opened: UUID) -> None:
    signature = Signature(
        determination=opened,
        result="not_in_best_interests" if member == PANEL[2] else "in_best_interests",
        signed_on=story.today,
        reasons="Seen from my profession, with the child's words before me.",
    )
    story.do(sign_determination, member, signature=signature)


def child_away(story: Story) -> None:
    """The child is missing for a night, comes back, and is heard by the guardian."""
    story.later(days=2)
    report = MissingChild(
        last_seen=story.today,
        missing_from=HOUSE["shelter"].ref,
        last_seen_where="At the bus stop, about six in the evening",
    )
    missing = story.do(report_missing_child, CARE, report=report)
    more = MissingDetails(
        report=missing,
        photo_held=True,
        clothing="A red jacket, a school bag",
        feared_persons="A man in a white van",
    )
    story.do(describe_missing_child, CARE, details=more)
    for called in ("police", "guardian"):
        call = MissingCall(report=missing, called=called, result="reached")
        story.do(log_missing_call, CARE, call=call)
    story.later(hours=14)
    back = FoundChild(report=missing, how="came_back", found_on=story.today)
    story.do(record_child_found, CARE, finding=back)
    story.later(hours=20)
    talk = ReturnTalk(report=missing, held_on=story.today, why=("debt",), words="He called me.")
    story.do(hold_return_interview, GUARDIAN, talk=talk)


def child_growing_up(story: Story) -> None:
    """The age is assessed and settled, and the plan for turning 18 is agreed."""
    story.later(days=2)
    assessment = AgeAssessment(
        youngest=15,
        oldest=17,
        assessed_on=story.today,
        doubts=("documents_disagree",),
        disciplines=("social_work", "psychology"),
        guardian_agreed=True,
        child_agreed=True,
        report="Talks over two weeks, with the guardian.",
    )
    story.do(record_age_assessment, CARE, assessment=assessment)
    age = SettledAge(
        age_status="child",
        basis="birth_record",
        settled_on=story.today,
        grounds="The register of births was seen.",
    )
    story.do(settle_age, CARE, age=age)
    month = ComingOfAge(turns_18=f"{story.today.year + 1}-05", basis="birth_record")
    story.do(note_coming_of_age, CARE, month=month)
    plan = ContinuityPlan(
        agreed_on=story.today,
        goals=("housing", "education"),
        child_agreed=True,
        own_words="I want to finish school.",
        plan="Room and school go on; the case manager stays the same.",
    )
    story.do(agree_continuity_plan, CARE, plan=plan)


CHILD_STEPS: Mapping[str, Step] = {
    step.__name__: step
    for step in (child_guarded, child_moved, child_before_panel, child_away, child_growing_up)
}
