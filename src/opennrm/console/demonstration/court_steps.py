"""The steps of an invented case before the court: proceedings, protection, money, an observer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from opennrm.casework.justice import (
    CompulsionAssessment,
    CriminalStep,
    Liability,
    assess_compulsion,
    record_criminal_step,
    record_liability,
)
from opennrm.casework.justice_hearing import (
    EvidenceCheck,
    HearingDay,
    HearingEnd,
    MeasuresAnswer,
    Observation,
    ProtectionNeeds,
    answer_measures,
    assess_protection,
    check_evidence,
    end_hearing,
    observe_trial,
    set_hearing,
)
from opennrm.casework.justice_statement import (
    Booking,
    LegalAidOffer,
    Statement,
    book_statement,
    offer_legal_aid,
    record_statement,
)
from opennrm.casework.justice_witness import (
    CourtDay,
    WitnessCheck,
    WitnessPlan,
    check_on_witness,
    plan_court_day,
    plan_for_witness,
)
from opennrm.casework.redress import (
    ClaimDecided,
    ClaimFiled,
    ClaimLimit,
    decide_claim,
    file_claim,
    note_claim_limit,
)
from opennrm.casework.redress_money import (
    Assets,
    Enforcement,
    Payment,
    record_assets,
    record_enforcement,
    record_payment,
)
from opennrm.casework.referral import Summary
from opennrm.console.demonstration.steps import Step
from opennrm.console.demonstration.story import Story

POLICE, PROSECUTOR, COMPANION, OBSERVER = "detective", "prosecutor", "companion", "observer"
CRIMINAL = "criminal_proceedings"
WAGES, AWARDED, CAME = 18_000_000, 12_000_000, 4_000_000


def before_police(story: Story) -> None:
    """The police unit is let in, a lawyer is offered, and she asks to speak."""
    story.later(days=3)
    _given(story, POLICE, "LE", ("D6",), by=story.first)
    offer = LegalAidOffer(
        offered_on=story.today, aid_answer="accepted", language=story.person.language
    )
    story.do(offer_legal_aid, POLICE, offer=offer)
    first = CriminalStep(
        step="investigation", step_on=story.today, capacity="injured_person", note="Opened."
    )
    step: UUID = story.do(record_criminal_step, POLICE, step=first)
    story.kept["criminal step"] = step
    there: dict[str, Any] = {
        "own_request": True,
        "lawyer_present": True,
        "interpreter": True,
        "recorded": True,
    }
    booking = Booking(
        statement="recorded_interview", booked_for=story.today + timedelta(days=1), **there
    )
    booked: UUID = story.do(book_statement, POLICE, booking=booking)
    story.later(days=1)
    taken = Statement(
        statement="recorded_interview", taken_on=story.today, booking=booked, **there
    )
    story.do(record_statement, POLICE, statement=taken)
    found = EvidenceCheck(checked_on=story.today, lines=("financial", "digital", "work_records"))
    story.do(check_evidence, POLICE, evidence=found)


def assessed_not_punished(story: Story) -> None:
    """She was fined for papers she did not have; the authority finds that she was compelled."""
    story.later(days=1)
    fined = Liability(liability="fined", act="entry_or_stay", recorded_on=story.today)
    story.do(record_liability, POLICE, liability=fined)
    story.later(days=2)
    assessment = CompulsionAssessment(
        finding="compelled",
        assessed_on=story.today,
        reasons="Her papers were taken from her and she was brought over the border at night.",
    )
    story.do(assess_compulsion, "authority", assessment=assessment)


def in_court(story: Story) -> None:
    """A hearing with protection asked for and granted, somebody at her side and an observer."""
    _given(story, PROSECUTOR, "PR", ("D6",), by=POLICE)
    _given(story, COMPANION, "VW", ("D6",), by=POLICE)
    _given(story, OBSERVER, "TM", ("D6S",), by=POLICE)
    story.later(days=5)
    day = HearingDay(
        hearing="trial", hearing_on=story.today + timedelta(days=14), person_called=True
    )
    hearing: UUID = story.do(set_hearing, PROSECUTOR, hearing=day)
    needs = ProtectionNeeds(
        assessed_on=story.today,
        measures=("video_link", "no_contact"),
        hearing_ref=hearing,
        wishes_asked=True,
        wishes="Not to see him.",
    )
    story.do(assess_protection, COMPANION, needs=needs)
    granted = MeasuresAnswer(
        measures=("video_link", "no_contact"),
        measure_state="granted",
        state_on=story.today,
        hearing_ref=hearing,
    )
    story.do(answer_measures, PROSECUTOR, measures=granted)
    plan = WitnessPlan(
        explained=("court_process", "rights", "free_choice"),
        explained_on=story.today,
        language=story.person.language,
        hearing_ref=hearing,
        accompanied=True,
        next_day_check=True,
    )
    story.do(plan_for_witness, COMPANION, plan=plan)
    in_court = CourtDay(
        hearing_ref=hearing,
        arranged=("separate_entrance", "companion", "breaks"),
        not_needed=("child_care",),
        route="Through the yard, then the lift to the second floor",
    )
    story.do(plan_court_day, COMPANION, day=in_court)
    story.later(days=14)
    story.do(end_hearing, PROSECUTOR, end=HearingEnd(hearing=hearing, hearing_outcome="held"))
    seen = Observation(
        observed_on=story.today,
        represented=True,
        interpreter=True,
        measures_granted=("video_link",),
    )
    story.do(observe_trial, OBSERVER, observation=seen)
    check = WitnessCheck(hearing=hearing, checked_on=story.today, after_hearing="well")
    story.do(check_on_witness, COMPANION, check=check)


def compensated(story: Story) -> None:
    """Her lawyer claims her wages; a part is awarded, and a part of that has come."""
    _given(story, "lawyer", "LA", ("D13",), by=story.first)
    limit = ClaimLimit(route="state_fund", last_day=story.today + timedelta(days=300))
    story.do(note_claim_limit, "lawyer", limit=limit)
    claim = ClaimFiled(
        route="labour_claim",
        filed_on=story.today,
        evidence=("work_records",),
        currency="MKD",
        unpaid_wages=WAGES,
    )
    filed: UUID = story.do(file_claim, "lawyer", claim=claim)
    story.later(days=20)
    decided = ClaimDecided(
        claim=filed,
        claim_outcome="awarded_in_part",
        decided_on=story.today,
        currency="MKD",
        unpaid_wages=AWARDED,
    )
    story.do(decide_claim, "lawyer", decision=decided)
    came = Payment(claim=filed, paid_on=story.today, payer="employer", currency="MKD", amount=CAME)
    story.do(record_payment, "lawyer", payment=came)
    asked = Enforcement(claim=filed, enforcement="asked", enforced_on=story.today)
    story.do(record_enforcement, "lawyer", enforcement=asked)
    taken = Assets(asset_step="seized", asset_on=story.today, note="A car and an account.")
    story.do(record_assets, "lawyer", assets=taken)


def _given(story: Story, to: str, role: str, scopes: tuple[str, ...], *, by: str) -> None:
    """Let who holds parts give them to somebody, as she agreed."""
    consent = story.consent(to, role, CRIMINAL, scopes)
    summaries = tuple(
        Summary(compartment=code, text="The trial is on exploitation at work; she is injured.")
        for code in scopes
        if code.endswith("S")
    )
    sent = story.refer(
        to, role, CRIMINAL, who=by, consent=consent, compartments=scopes, summaries=summaries
    )
    story.answer(to, sent)


COURT_STEPS: Mapping[str, Step] = {
    step.__name__: step for step in (before_police, assessed_not_punished, in_court, compensated)
}
