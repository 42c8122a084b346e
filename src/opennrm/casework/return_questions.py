"""Puts a case as the rules on removal and return look at it."""

from datetime import date
from uuid import UUID

from opennrm.casework.holding import second_opinion
from opennrm.lifecycle.calendars import calendar_for
from opennrm.lifecycle.case import Case
from opennrm.lifecycle.facts import Fact
from opennrm.lifecycle.grounds import day
from opennrm.lifecycle.holds import holds_of
from opennrm.lifecycle.open_remedies import open_remedies
from opennrm.lifecycle.recovery import state
from opennrm.lifecycle.returning import Return, valid_until
from opennrm.rights.jurisdictions import Presets
from opennrm.rights.recovery import RemovalSituation
from opennrm.rights.residence import AGREES, SignSituation
from opennrm.rights.return_situations import (
    AssessmentSituation,
    ChoiceSituation,
    OutcomeSituation,
    ReceptionSituation,
    RemediesSituation,
)
from opennrm.vocabulary.holds import HeldAct


def removal_situation(case: Case, *, on: date) -> RemovalSituation:
    """Say where the recovery period stands (R26)."""
    return RemovalSituation(state(case, on))


def sign_situation(
    case: Case, hold: UUID | None, *, act: str, by: UUID, about: UUID
) -> SignSituation:
    """Say where identification stands, and what a second person said of exactly this (R21)."""
    return SignSituation(case.identification, opinion(case, hold, act=act, by=by, about=about))


def opinion(
    case: Case, hold: UUID | None, *, act: str, by: UUID, about: UUID | None
) -> str | None:
    """Return what a second person said of an act on one thing; of another thing it is nothing."""
    held = case.fact(hold)
    if held is None or not is_about(case, held, about):
        return None
    return second_opinion(case, hold, act=act, by=by)


def hold_for(case: Case, act: str, *, about: UUID | None, by: UUID) -> UUID | None:
    """Find the newest hold of an act on one thing on which a second person agreed."""
    agreed = [
        held.fact_ref
        for held in holds_of(case)
        if opinion(case, held.fact_ref, act=act, by=by, about=about) == AGREES
    ]
    return agreed[-1] if agreed else None


def is_about(case: Case, held: Fact, about: UUID | None) -> bool:
    """Tell whether a hold names exactly this thing; one that names nothing is about nothing."""
    named = held.reference("about")
    if named is None or about is None or named not in case.roots:
        return False
    return case.roots[named] == case.roots.get(about)


def assessment_situation(
    assessment: Fact | None, *, removers: frozenset[UUID]
) -> AssessmentSituation:
    """Say who assessed the risks of a return, whether it is signed, and until when (R61)."""
    if assessment is None:
        return AssessmentSituation(is_signed=None)
    return AssessmentSituation(
        is_signed=assessment.flag("signed") is True,
        valid_until=valid_until(assessment),
        by_other_body=assessment.organisation not in removers,
        ngo_input=assessment.text("ngo_input"),
    )


def outcome_situation(assessment: Fact | None) -> OutcomeSituation:
    """Say what the assessment found (R64)."""
    return OutcomeSituation(assessment.text("outcome") if assessment else None)


def choice_situation(case: Case, found: Return, presets: Presets) -> ChoiceSituation:
    """Say what she chose, knowing what, and until when she thinks again (R62)."""
    choice = found.choice
    if choice is None:
        return ChoiceSituation(found.comes_about)
    return ChoiceSituation(
        comes_about=found.comes_about,
        wish=choice.text("wish"),
        alternatives_told=bool(choice.texts("alternatives")),
        is_written=choice.flag("written"),
        cooled_on=cooled_on(case, choice, presets),
        is_taken_back=found.taken_back is not None,
    )


def cooled_on(case: Case, choice: Fact, presets: Presets) -> date | None:
    """Return the first day after her days to think again.

    They count from the day she chose, and never from before it was written down.
    """
    chosen = day(choice, "chosen_on")
    if chosen is None:
        return None
    calendar = calendar_for(presets)
    begins = max(chosen, calendar.local_day(case.versions(choice.fact_ref)[-1].at))
    return calendar.last_day(begins, presets.value("return_cooling_off", begins))


def remedies_situation(
    case: Case, found: Return | None, hold: UUID | None, *, about: UUID, by: UUID, on: date
) -> RemediesSituation:
    """Say what is open for her here, and how she takes part from there (R63)."""
    arranged = found.arrangement if found else None
    said = opinion(case, hold, act=HeldAct.RETURN_WITH_OPEN_REMEDIES, by=by, about=about)
    return RemediesSituation(
        open_remedies=open_remedies(case, on),
        is_arranged=bool(arranged and arranged.texts("taking_part")),
        is_own_wish=bool(arranged and arranged.flag("goes_all_the_same")),
        second_opinion=said,
    )


def reception_situation(found: Return) -> ReceptionSituation:
    """Say who receives her there (R65)."""
    arranged = found.arrangement
    if arranged is None:
        return ReceptionSituation(None, None)
    return ReceptionSituation(arranged.flag("has_service"), arranged.flag("has_safe_contact"))
