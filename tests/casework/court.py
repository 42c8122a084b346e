"""Brings a case before the police, the prosecutor and those beside her, for tests of justice."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from opennrm.casework.decision import RecoveryPeriod, open_recovery_period
from opennrm.casework.justice import CriminalStep, record_criminal_step
from opennrm.casework.justice_hearing import HearingDay, set_hearing
from opennrm.casework.justice_statement import LegalAidOffer, offer_legal_aid
from opennrm.casework.screening import Screening, record_screening
from opennrm.casework.warnings import warnings
from opennrm.rights.findings import Finding
from opennrm.rights.jurisdictions import presets
from tests import cast
from tests.casework.story import TODAY, Story
from tests.cast import Member

EVERY_PART = frozenset({"D1", "D4", "D6", "D8", "D9", "D13", "D14"})
CRIMINAL, REDRESS = ("D6",), ("D13",)


def at_police(story: Story) -> Story:
    """Bring the criminal part of a case to the police unit."""
    story.hand_over(cast.DETECTIVE, "LE", scopes=CRIMINAL, purpose="criminal_proceedings")
    return story


def handed_on(
    story: Story, to: Member, role: str, *, by: Member, scopes: tuple[str, ...] = CRIMINAL
) -> UUID:
    """Let who holds a part hand it on, as she agreed; answer with the referral."""
    purpose = "criminal_proceedings"
    consent = story.consent(to, role, scopes=scopes, purpose=purpose)
    referral = story.refer(to, role, consent, purpose=purpose, who=by)
    story.answer(to, referral)
    return referral


def in_court(story: Story) -> Story:
    """Bring the criminal part to police, prosecutor, her lawyer and the co-ordinator."""
    at_police(story)
    handed_on(story, cast.PROSECUTOR, "PR", by=cast.DETECTIVE)
    handed_on(story, cast.LAWYER, "LA", by=cast.DETECTIVE)
    handed_on(story, cast.WITNESS_CO_ORDINATOR, "VW", by=cast.DETECTIVE)
    story.office.notices.clear()
    return story


def with_signs(story: Story) -> Story:
    """Let the police officer who met her see signs of trafficking."""
    seen = Screening(
        population="adult", seen=("DEL-AL-DR-01",), presumed=True, reason="papers kept by another"
    )
    record_screening(screening=seen, **story.by(cast.POLICE_OFFICER))
    return story


def reflecting(story: Story) -> Story:
    """Let her time to recover and reflect run from today."""
    story.with_authority()
    story.decide()
    period = RecoveryPeriod(told_on=TODAY, language="sq")
    open_recovery_period(period=period, **story.by(cast.DECIDING_OFFICER))
    return story


def lawyer_offered(story: Story, answer: str = "accepted", who: Member = cast.DETECTIVE) -> UUID:
    """Record that a lawyer was offered."""
    offer = LegalAidOffer(offered_on=TODAY, aid_answer=answer, language="sq")
    return offer_legal_aid(offer=offer, **story.by(who))


def step(story: Story, code: str, who: Member = cast.DETECTIVE, **more: Any) -> UUID:
    """Record a step of criminal proceedings; answer with its proceeding."""
    told = CriminalStep(step=code, step_on=TODAY, **more)
    made = record_criminal_step(step=told, **story.by(who))
    fact = story.case.fact(made)
    assert fact is not None
    proceeding = fact.reference("proceeding")
    assert proceeding is not None
    return proceeding


def hearing(story: Story, on: date | None = None, who: Member = cast.PROSECUTOR) -> UUID:
    """Set a hearing, in a month unless another day is named."""
    day = HearingDay(hearing="trial", hearing_on=on or TODAY + timedelta(days=30))
    return set_hearing(hearing=day, **story.by(who))


def warned(story: Story, parts: frozenset[str] = EVERY_PART) -> dict[str, Finding]:
    """Return what the rights say about the case to a viewer who holds some parts, by rule."""
    found = warnings(story.case, presets=presets("MK"), at=story.at, compartments=parts)
    return {finding.rule: finding for finding in found}


def told(story: Story) -> set[tuple[UUID, str]]:
    """Return who was told of what."""
    return {(notice.organisation, notice.kind) for notice in story.office.notices}
