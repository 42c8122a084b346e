"""Where a safe return stands: proposed, assessed, chosen, arranged, authorised, gone."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from opennrm.lifecycle.case import Case
from opennrm.lifecycle.facts import Fact
from opennrm.lifecycle.grounds import day, grounds
from opennrm.lifecycle.recovery import opens_protection

FOLLOW_UP = "follow_up"
BY_AUTHORITY = "by_authority"
SAFE, NOT_SAFE = "return_safe", "return_not_safe"


@dataclass(frozen=True, slots=True)
class Return:
    """One proposed return with the newest of each step it has taken."""

    proposal: Fact
    assessment: Fact | None = None
    choice: Fact | None = None
    taken_back: Fact | None = None
    arrangement: Fact | None = None
    authorisation: Fact | None = None

    @property
    def comes_about(self) -> str:
        """Return how it comes about: voluntary, assisted or by an authority."""
        return self.proposal.text("comes_about") or ""

    @property
    def is_forced(self) -> bool:
        """Tell whether an authority orders it."""
        return self.comes_about == BY_AUTHORITY


def open_return(case: Case) -> Return | None:
    """Return the newest return that was neither given up nor followed by a departure."""
    proposed = [one for one in case.of_kind("return_proposed") if not _is_over(case, one)]
    return _read(case, proposed[-1]) if proposed else None


def assessment_for(case: Case, country: str | None) -> Fact | None:
    """Return the newest assessment of a return to a country; another country is another risk."""
    found = [
        one
        for one in case.of_kind("return_assessed")
        if country and assessment_country(case, one) == country
    ]
    return found[-1] if found else None


def departed(case: Case) -> Fact | None:
    """Return the last departure that was recorded."""
    return case.newest("departure_recorded")


def follow_up_consent(case: Case, on: date, *, organisation: UUID | None = None) -> UUID | None:
    """Return a consent to be contacted after exit or return that stands on a day.

    Where an organisation is named, the consent is for it, or for nobody in particular.
    """
    return next(
        (
            ground.ground
            for ground in grounds(case)
            if ground.purpose == FOLLOW_UP
            and ground.withdrawn_at is None
            and (ground.until_on is None or on < ground.until_on)
            and (organisation is None or ground.recipient in (None, organisation))
        ),
        None,
    )


def consent_for(
    case: Case, on: date, *, recipient: UUID, role: str, consent: UUID | None = None
) -> UUID | None:
    """Return a consent that stands on a day and names exactly this recipient in this role."""
    root = case.roots.get(consent) if consent else None
    return next(
        (
            ground.ground
            for ground in grounds(case)
            if not ground.is_duty
            and ground.recipient == recipient
            and ground.recipient_role == role
            and ground.withdrawn_at is None
            and (ground.until_on is None or on < ground.until_on)
            and (consent is None or ground.ground == root)
        ),
        None,
    )


def valid_until(assessment: Fact | None) -> date | None:
    """Return the day on which an assessment can no longer be relied on."""
    return day(assessment, "valid_until") if assessment else None


def assessment_country(case: Case, assessment: Fact) -> str | None:
    """Return the country whose risks an assessment looked at."""
    proposal = case.fact(assessment.reference("answers"))
    return proposal.text("country") if proposal else None


def _is_over(case: Case, proposal: Fact) -> bool:
    return bool(case.answering(proposal.fact_ref, "return_given_up", "departure_recorded"))


def _read(case: Case, proposal: Fact) -> Return:
    choice = _last(case.answering(proposal.fact_ref, "return_choice_recorded"))
    back = _last(case.answering(proposal.fact_ref, "return_choice_taken_back"))
    return Return(
        proposal=proposal,
        assessment=_last(case.answering(proposal.fact_ref, "return_assessed")),
        choice=choice,
        taken_back=back if back and choice and back.position > choice.position else None,
        arrangement=_last(case.answering(proposal.fact_ref, "return_arranged")),
        authorisation=_authorisation(case, proposal, back),
    )


def _authorisation(case: Case, proposal: Fact, back: Fact | None) -> Fact | None:
    """Return the authorisation that stands: what was found or said after it takes it away."""
    given = _last(case.answering(proposal.fact_ref, "return_authorised"))
    if given is None or (back and back.position > given.position):
        return None
    later = (
        one
        for one in case.answering(proposal.fact_ref, "return_assessed")
        if one.text("outcome") != SAFE
        and case.versions(one.fact_ref)[-1].position > given.position
    )
    chosen = (
        one
        for one in case.answering(proposal.fact_ref, "return_choice_recorded")
        if one.position > given.position and one.text("wish") != "return"
    )
    ordered = proposal.text("comes_about") == BY_AUTHORITY
    protects = (one for one in opens_protection(case) if one.position > given.position)
    return None if any(later) or any(chosen) or (ordered and any(protects)) else given


def _last(facts: tuple[Fact, ...]) -> Fact | None:
    return facts[-1] if facts else None
