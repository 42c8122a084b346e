"""Switching the country changes deadlines and names, and nothing about who gets help."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opennrm.casework.decision import RecoveryPeriod, open_recovery_period
from opennrm.casework.plan import NeedsAssessment, assess_needs
from opennrm.casework.ports import Organisation
from opennrm.casework.refusals import Refused
from opennrm.lifecycle.calendars import calendar_for
from opennrm.lifecycle.deadlines import deadlines
from opennrm.rights.jurisdictions import codes, presets
from opennrm.rights.recovery import least_until
from opennrm.vocabulary.assistance import OfferAnswerReason, ServiceKind
from tests import cast
from tests.casework.story import TODAY, Story
from tests.casework.test_decision import TOLD_WHY
from tests.casework.test_outcome import closed
from tests.casework.test_screening import screened
from tests.cast import Member
from tests.fakes import Office

PLACES = codes()
STATES = tuple(code for code in PLACES if presets(code).holiday_country)
MANAGER, CLINIC, AUTHORITY = cast.CASE_MANAGER, cast.HEALTH_WORKER, cast.DECIDING_OFFICER


@dataclass
class StoryIn(Story):
    """A story told in another country, by the same people."""

    place: str = "MK"

    def anew(self, who: Member) -> dict[str, Any]:
        """Return what a use case that starts a case takes, in this country."""
        actor = replace(who.actor, jurisdiction=self.place)
        return {"actor": actor, "at": self.at, "desk": self.office.desk(actor, self.at)}


def houses_of(place: str) -> dict[UUID, Organisation]:
    """Return the organisations of the cast as those of a country."""
    return {one.organisation: replace(one, jurisdiction=place) for one in cast.ORGANISATIONS}


def told_in(place: str, **known: Any) -> StoryIn:
    """Begin the same story in a country."""
    members = tuple(replace(one.actor, jurisdiction=place) for one in cast.MEMBERS)
    story = StoryIn(Office(houses_of(place), members, presets), place=place)
    story.contact(**known)
    return story


Step = Callable[[StoryIn], object]


def offer_of(service: str) -> Step:
    """Offer a service and have it given."""

    def step(story: StoryIn) -> None:
        offer = story.offer(CLINIC, "HC", service, scopes=("D5", "D9"))
        story.reply(CLINIC, offer, "provider", "accepted")
        story.deliver(CLINIC, service, offer)

    return step


def refusal_for(reason: str) -> Step:
    """Let a provider say no for a reason."""

    def step(story: StoryIn) -> None:
        offer = story.offer(CLINIC, "HC", "emergency_medical", scopes=("D5", "D9"))
        story.reply(CLINIC, offer, "provider", "declined", reason=reason)

    return step


def recovery(story: StoryIn) -> None:
    """Open the recovery period as long as the law of the country asks."""
    period = RecoveryPeriod(told_on=TODAY, language="sq")
    open_recovery_period(period=period, **story.by(AUTHORITY))


def no(story: StoryIn) -> None:
    """Say no in the first decision, read by two."""
    story.decide("negative", **TOLD_WHY)


def needs(story: StoryIn) -> None:
    """Ask what she needs."""
    assess_needs(assessment=NeedsAssessment(domains=("housing",)), **story.by(MANAGER))


STEPS: dict[str, Step] = {
    **{f"give {service}": offer_of(service.value) for service in ServiceKind},
    **{f"refuse for {reason}": refusal_for(reason.value) for reason in OfferAnswerReason},
    "manager": lambda story: story.with_case_manager(),
    "authority": lambda story: story.with_authority(),
    "presume": lambda story: screened(story, presumed=True),
    "find nothing": screened,
    "yes": lambda story: story.decide(),
    "no": no,
    "recovery": recovery,
    "identify": lambda story: story.identify(),
    "needs": needs,
    "close": closed,
}


def trace(place: str, names: list[str], **known: Any) -> list[object]:
    """Tell a story in a country and note how each step ended, and who may see what then."""
    story = told_in(place, **known)
    ends: list[object] = []
    for name in names:
        try:
            STEPS[name](story)
            ends.append((name, "done"))
        except Refused as refused:
            ends.append((name, refused.finding.rule, refused.finding.reason))
    case = story.case
    ends.append((case.assistance, case.identification, case.is_child, case.is_closed))
    rows = story.office.files[story.case_ref].rows
    ends.append(sorted((str(r.organisation), r.role, r.compartment, r.state) for r in rows))
    return ends


def due_in(place: str, names: list[str]) -> list[tuple[str, str]]:
    """Tell a story in a country and return what is due, and when."""
    story = told_in(place)
    for name in names:
        STEPS[name](story)
    return [(one.kind, one.due_at.isoformat()) for one in deadlines(story.case, presets(place))]


class TestEveryJurisdiction:
    @pytest.mark.parametrize("place", STATES)
    def test_gives_every_service_to_everybody_before_any_decision(self, place: str) -> None:
        names = ["manager", *(f"give {service}" for service in ServiceKind)]

        ends = trace(place, names)

        assert ends[: len(names)] == [(name, "done") for name in names]

    @pytest.mark.parametrize("place", STATES)
    def test_refuses_emergency_help_to_no_presumed_person_without_a_reason(
        self, place: str
    ) -> None:
        ends = trace(place, ["manager", "presume", "refuse for no_reason_given"])

        assert ends[2] == ("refuse for no_reason_given", "R03", "emergency_help_refused")

    @settings(deadline=None, max_examples=25)
    @given(
        names=st.lists(st.sampled_from(sorted(STEPS)), max_size=7),
        majority=st.sampled_from(["adult", "child", "unknown"]),
        held=st.booleans(),
    )
    def test_treats_the_same_story_alike(
        self, names: list[str], majority: str, held: bool
    ) -> None:
        told = ["manager", "authority", *names] if held else names

        traces = {place: trace(place, told, majority=majority) for place in STATES}

        assert all(found == traces[STATES[0]] for found in traces.values())

    def test_counts_its_own_deadlines(self) -> None:
        names = ["manager", "authority", "presume", "yes", "recovery"]

        due = {place: due_in(place, names) for place in STATES}

        kinds = {place: [kind for kind, _ in found] for place, found in due.items()}
        assert {frozenset(found) for found in kinds.values()} == {frozenset(kinds["MK"])}
        ends = {place: dict(found)["T06"] for place, found in due.items()}
        assert ends["MK"] != ends["GB-SCT"] != ends["DE"] and ends["RS"] != ends["GB-NIR"]

    def test_has_its_own_name_and_words(self) -> None:
        assert len({presets(place).name for place in STATES}) == len(STATES)
        assert presets("DE").value("preliminary_standard", TODAY).value == "concrete_indications"
        assert presets("NL").value("preliminary_standard", TODAY).value == "reasonable_grounds"

    @pytest.mark.parametrize("place", STATES)
    def test_starts_the_recovery_period_only_when_she_was_told(self, place: str) -> None:
        story, later = told_in(place), cast.NOON + timedelta(days=12)
        for name in ("manager", "authority", "presume", "yes"):
            STEPS[name](story)
        before = {one.kind for one in deadlines(story.case, presets(place))}

        story.at = later
        period = RecoveryPeriod(told_on=later.date(), language="sq")
        open_recovery_period(period=period, **story.by(AUTHORITY))

        due = {one.kind: one.due_at for one in deadlines(story.case, presets(place))}
        ends = least_until(later.date(), presets(place).value("recovery_period_min", later.date()))
        assert "T06" not in before
        assert due["T06"] == calendar_for(presets(place)).start_of(ends)

    def test_lives_beside_others_in_one_installation(self) -> None:
        stories = [told_in("MK")]
        office = stories[0].office
        stories.append(StoryIn(office, place="DE"))
        for story in stories:
            office.organisations = houses_of(story.place)
            if story.place == "DE":
                story.contact()
            for name in ("manager", "authority", "presume", "yes", "recovery"):
                STEPS[name](story)

        days = {}
        for story in stories:
            period = story.case.newest("recovery_period_opened")
            days[story.case.jurisdiction] = period.text("until") if period else None
        assert days == {"MK": "2026-04-01", "DE": "2026-06-02"}
