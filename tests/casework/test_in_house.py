"""Tests of handing a case to the colleague next door, in the own house."""

from collections.abc import Mapping

import pytest

from opennrm.casework.plan import NeedsAssessment, assess_needs
from opennrm.casework.refusals import CaseNotFound, RuleBroken
from opennrm.rights.jurisdictions import presets
from tests import cast
from tests.casework.story import Story
from tests.cast import Member
from tests.fakes import Office

HOUSE = cast.organisation("Open House", "ngo", "HL CM SH")
ON_THE_LINE = cast.member("Una at Open House", HOUSE, "HL", training="indicators-basic")
MANAGER = cast.member("Tea at Open House", HOUSE, "CM")
SHELTER_WORKER = cast.member("Iva at Open House", HOUSE, "SH")
PEOPLE = (ON_THE_LINE, MANAGER, SHELTER_WORKER)


@pytest.fixture
def office() -> Office:
    """An office with the cast and a house in which three people work in three roles."""
    known = (*cast.ORGANISATIONS, HOUSE)
    return Office(
        organisations={one.organisation: one for one in known},
        members=tuple(one.actor for one in (*cast.MEMBERS, *PEOPLE)),
        presets=presets,
    )


@pytest.fixture
def called(office: Office) -> Story:
    """A case that began on the help line of the house."""
    return Story(office).contact(ON_THE_LINE)


def held_by(story: Story, who: Member) -> Mapping[str, object]:
    """Return what one person of the house holds, with the account it names."""
    rows = story.office.rows_of(story.case_ref, HOUSE.organisation)
    return {
        row.compartment: row.account
        for row in rows
        if row.role in who.actor.roles and row.account in (None, who.account)
    }


class TestHandOverInTheHouse:
    def test_brings_the_case_to_the_case_manager_next_door(self, called: Story) -> None:
        consent = called.consent(MANAGER, "CM", scopes=("D8", "D9", "D10"), who=ON_THE_LINE)

        referral = called.refer(MANAGER, "CM", consent, who=ON_THE_LINE)
        called.answer(MANAGER, referral)
        assess_needs(assessment=NeedsAssessment(domains=("safety",)), **called.by(MANAGER))

        assert called.case.facts[-1].actor == MANAGER.account

    def test_opens_nothing_next_door_before_it_is_asked(self, called: Story) -> None:
        with pytest.raises(CaseNotFound):
            called.office.desk(MANAGER.actor, called.at).cases.load(called.case_ref)

    def test_finds_a_bed_in_the_own_house(self, called: Story) -> None:
        consent = called.consent(MANAGER, "CM", scopes=("D8", "D9", "D10"), who=ON_THE_LINE)
        called.answer(MANAGER, called.refer(MANAGER, "CM", consent, who=ON_THE_LINE))

        offer = called.offer(SHELTER_WORKER, "SH", "shelter", who=MANAGER)
        called.reply(SHELTER_WORKER, offer, "provider", "accepted")
        called.deliver(SHELTER_WORKER, "shelter", offer)

        assert called.case.facts[-1].kind == "service_delivered"

    def test_hands_her_whereabouts_to_a_colleague_named(self, story: Story) -> None:
        colleague = cast.POLICE_COLLEAGUE
        consent = story.consent(colleague, "FR", scopes=("D3",))

        referral = story.refer(colleague, "FR", consent, account=colleague.account)
        story.answer(colleague, referral)

        rows = story.office.rows_of(story.case_ref, cast.TOWN_POLICE.organisation)
        assert colleague.account in {row.account for row in rows if row.compartment == "D3"}

    def test_leaves_whereabouts_with_the_person_named_only(self, called: Story) -> None:
        consent = called.consent(MANAGER, "CM", scopes=("D3", "D9"), who=ON_THE_LINE)

        referral = called.refer(MANAGER, "CM", consent, who=ON_THE_LINE, account=MANAGER.account)
        called.answer(MANAGER, referral)

        assert held_by(called, MANAGER)["D3"] == MANAGER.account

    def test_never_reaches_immigration_enforcement(self, called: Story) -> None:
        with pytest.raises(RuleBroken) as refused:
            called.consent(cast.IMMIGRATION_OFFICER, "IE", who=ON_THE_LINE)

        assert refused.value.finding.rule == "R43"
