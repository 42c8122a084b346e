"""One person's way from first contact to closure, with five accounts and more around them."""

from dataclasses import replace

import pytest

from opennrm.casework.breach import Breach, observe_breach
from opennrm.casework.contact import PersonDescription, describe_person
from opennrm.casework.decision import RecoveryPeriod, open_recovery_period
from opennrm.casework.outcome import Outcome, record_outcome
from opennrm.casework.plan import NeedsAssessment, Plan, agree_plan, assess_needs
from opennrm.casework.refusals import CaseNotFound, ConsentMissing, RuleBroken
from tests import cast
from tests.casework.story import FOR_HER_PLAN, TO_DECIDE, TODAY, Story
from tests.casework.test_consent import withdrawn
from tests.casework.test_outcome import closed
from tests.casework.test_screening import screened
from tests.fakes import Office

HELPLINE, POLICE, SHELTER = cast.HELPLINE_WORKER, cast.POLICE_OFFICER, cast.CASE_MANAGER
AUTHORITY, CLINIC = cast.DECIDING_OFFICER, cast.HEALTH_WORKER
FIVE = (HELPLINE, POLICE, SHELTER, AUTHORITY, CLINIC)


@pytest.fixture
def called(office: Office) -> Story:
    """She called the helpline, was called Lule, and left after two minutes."""
    return Story(office).contact(
        HELPLINE,
        route="self",
        channel="phone",
        called="Lule",
        words="they keep my papers",
        danger="high",
        left_early=True,
    )


def received(story: Story) -> None:
    """She called again; the helpline screened her and brought her to the shelter."""
    screened(story, HELPLINE, told=("DEL-AL-CD-01",), presumed=True)
    consent = story.consent(SHELTER, "CM", scopes=FOR_HER_PLAN, who=HELPLINE)
    referral = story.refer(SHELTER, "CM", consent, who=HELPLINE, account=SHELTER.account)
    story.answer(SHELTER, referral)


def met_by_police(story: Story) -> None:
    """She also went to the police, with the helpline's help, and described herself there."""
    consent = story.consent(POLICE, "FR", scopes=("D2", "D4"), who=HELPLINE)
    story.answer(POLICE, story.refer(POLICE, "FR", consent, who=HELPLINE))
    describe_person(person=PersonDescription(names="Lule Testova"), **story.by(POLICE))


def helped(story: Story) -> None:
    """The shelter planned with her, and the clinic treated her."""
    assess_needs(assessment=NeedsAssessment(domains=("physical_health",)), **story.by(SHELTER))
    plan = Plan(
        goals=("physical_health",),
        discussed_on=TODAY,
        language="sq",
        review_on=TODAY,
        seen_by_person=True,
    )
    agree_plan(plan=plan, **story.by(SHELTER))
    offer = story.offer(CLINIC, "HC", "medical", scopes=("D5", "D9"))
    story.reply(CLINIC, offer, "provider", "accepted")
    story.deliver(CLINIC, "medical", offer)


def decided(story: Story) -> None:
    """She agreed to be identified; the authority decided, told her and shared its decision."""
    consent = story.consent(
        AUTHORITY, "CA", purpose="identification", scopes=TO_DECIDE, who=SHELTER
    )
    referral = story.refer(AUTHORITY, "CA", consent, purpose="identification", who=SHELTER)
    story.answer(AUTHORITY, referral)
    story.decide()
    open_recovery_period(
        period=RecoveryPeriod(told_on=TODAY, language="sq"), **story.by(AUTHORITY)
    )
    story.identify()
    back = story.consent(SHELTER, "CM", scopes=("D14",), who=SHELTER)
    story.answer(SHELTER, story.refer(SHELTER, "CM", back, who=AUTHORITY))


class TestWholeStory:
    def test_goes_from_a_call_to_a_closed_case_with_the_door_open(self, called: Story) -> None:
        met_by_police(called)
        received(called)
        helped(called)
        decided(called)
        record_outcome(
            outcome=Outcome(outcomes=("health.better",), self_assessed=True),
            **called.by(SHELTER),
        )
        closed(called, SHELTER)

        case = called.case
        assert (case.identification, case.assistance) == ("identified", "exited")
        assert "D14" in called.open_parts(SHELTER)
        who_wrote = {fact.actor for fact in case.facts}
        assert who_wrote == {one.account for one in FIVE}
        assert {entry.actor for entry in called.office.entries} == who_wrote

    def test_says_no_on_the_way_and_names_the_rule(self, called: Story) -> None:
        received(called)

        with pytest.raises(RuleBroken) as enforcement:
            called.consent(cast.IMMIGRATION_OFFICER, "MI", who=HELPLINE)
        with pytest.raises(ConsentMissing) as unasked:
            called.refer(cast.LAWYER, "LA", None, who=SHELTER)
        offer = called.offer(CLINIC, "HC", "medical", person_agreed=False)
        called.reply(CLINIC, offer, "provider", "accepted")
        with pytest.raises(RuleBroken) as forced:
            called.deliver(CLINIC, "medical", offer)

        rules = [refused.value.finding.rule for refused in (enforcement, unasked, forced)]
        assert rules == ["R43", "R41", "R11"]

    def test_shows_those_without_consent_nothing(self, called: Story) -> None:
        received(called)
        helped(called)
        decided(called)

        for who in cast.MEMBERS:
            at_work = {row.organisation for row in called.case.access}
            if who.organisation.organisation not in at_work:
                with pytest.raises(CaseNotFound):
                    called.office.desk(who.actor, called.at).cases.load(called.case_ref)

    def test_lets_the_shelter_read_what_the_helpline_could_only_summarise(
        self, called: Story
    ) -> None:
        received(called)

        name = next(fact for fact in called.case.facts if fact.kind == "person_described")
        assert name.compartment == "D2S"
        assert {"D2", "D2S", "D3", "D3S"} <= called.open_parts(SHELTER)

    def test_leaves_those_who_care_the_safety_sheet_once_she_takes_her_consent_back(
        self, called: Story
    ) -> None:
        received(called)
        helped(called)
        consents = [fact for fact in called.case.facts if fact.kind == "consent_given"]
        support = called.case.assistance

        for consent in consents:
            withdrawn(called, consent.fact_ref, HELPLINE)

        assert called.open_parts(SHELTER) | called.open_parts(CLINIC) == {"D16"}
        assert called.open_parts(HELPLINE) != set()
        assert called.case.assistance == support

    def test_keeps_her_whereabouts_from_the_authority(self, called: Story) -> None:
        received(called)
        decided(called)

        assert not {"D3", "D3S"} & called.open_parts(AUTHORITY)

    def test_goes_on_by_other_doors(self, called: Story) -> None:
        received(called)
        closed(called, SHELTER)

        observe_breach(
            breach=Breach(breach="help_refused", observed_on=TODAY), **called.by(SHELTER)
        )
        describe_person(person=PersonDescription(sex="female"), **called.by(SHELTER))
        lapsed = replace(SHELTER, actor=replace(SHELTER.actor, agreement_until=None))
        assess_needs(assessment=NeedsAssessment(domains=("safety",)), **called.by(lapsed))

        assert called.case.facts[-1].kind == "needs_assessed"
