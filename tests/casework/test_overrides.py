"""Tests of rules that give way, and of telling the person."""

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from opennrm.casework.overrides import (
    Overridden,
    Overriding,
    Telling,
    require_rule_unless,
    tell_person,
    untold,
)
from opennrm.casework.ports import Change, Entry, Notice
from opennrm.casework.refusals import MoveRefused, RuleBroken
from opennrm.lifecycle.deadlines import deadlines
from opennrm.rights.access import ServiceSituation
from opennrm.rights.jurisdictions import presets
from opennrm.vocabulary.roles import Role
from tests import cast
from tests.casework.story import TODAY, Story

UNASKED = ServiceSituation(is_child=False, person_agreed=False, provider_accepted=True)
AGREED = replace(UNASKED, person_agreed=True)
WHO = cast.POLICE_OFFICER
OFFICER_HOUSE = cast.organisation("Data Office", "central_government_organisation", "DP")


def because(reason: str = "imminent_danger_to_life", **more: Any) -> Overriding:
    known = {"rule": "R11", "reason": reason, "text": "she was not conscious"}
    return Overriding(**(known | more))


def asked(story: Story, overriding: Overriding | None, situation: object = UNASKED) -> Overridden:
    way = story.by(WHO)
    case = way["desk"].cases.load(way.pop("case_ref"))
    return require_rule_unless("R11", situation, TODAY, overriding, case=case, **way)


def gone_on(story: Story) -> UUID:
    done = asked(story, because())
    cases = story.by(WHO)["desk"].cases
    audit = Entry("test", WHO.account, story.at)
    cases.append(story.case_ref, Change(facts=done.facts, notices=done.notices), audit=audit)
    return done.facts[0].fact_ref


def due(story: Story) -> set[str]:
    return {one.kind for one in deadlines(story.case, presets("MK"))}


class TestRequireRuleUnless:
    def test_asks_for_nothing_where_the_rule_holds(self, story: Story) -> None:
        assert asked(story, because(), AGREED) == Overridden()

    def test_is_refused_without_a_reason(self, story: Story) -> None:
        with pytest.raises(RuleBroken) as refused:
            asked(story, None)

        assert refused.value.finding.rule == "R11"

    @pytest.mark.parametrize(
        ("more", "reason"),
        [
            ({"reason": "own_request"}, "override_not_allowed"),
            ({"text": " "}, "override_needs_text"),
            ({"rule": "R01"}, "not_agreed"),
        ],
        ids=["another reason", "no words", "another rule"],
    )
    def test_is_refused_with(self, story: Story, more: dict[str, str], reason: str) -> None:
        with pytest.raises(RuleBroken) as refused:
            asked(story, because(**more))

        assert refused.value.finding.reason == reason

    def test_keeps_the_reason_as_a_code_and_the_words_sealed(self, story: Story) -> None:
        given = gone_on(story)

        kept = story.case.fact(given)
        assert kept is not None
        assert (kept.text("rule"), kept.text("reason")) == ("R11", "imminent_danger_to_life")
        explained = story.case.naming("override", given, "override_explained")
        assert story.office.sealed(explained[0].fact_ref) == {"text": "she was not conscious"}

    def test_tells_the_officers_of_data_protection(self, story: Story) -> None:
        house = OFFICER_HOUSE.organisation
        abroad = replace(OFFICER_HOUSE, organisation=cast.ref("abroad"), jurisdiction="GB-EAW")
        more = {house: OFFICER_HOUSE, abroad.organisation: abroad}
        story.office.organisations = {**story.office.organisations, **more}

        given = gone_on(story)

        told = [one for one in story.office.notices if one.kind == "rule_overridden"]
        assert told == [Notice(house, "rule_overridden", given, Role.DP)]


class TestTellPerson:
    def test_is_due_until_she_was_told(self, story: Story) -> None:
        given = gone_on(story)
        assert "T19" in due(story)
        assert [one.fact_ref for one in untold(story.case)] == [given]

        telling = Telling(about=given, told_on=TODAY, language="sq")
        tell_person(telling=telling, **story.by(WHO))

        assert "T19" not in due(story)
        assert untold(story.case) == ()

    def test_is_about_something_she_must_be_told_of(self, story: Story) -> None:
        telling = Telling(about=story.case.facts[0].fact_ref, told_on=TODAY)

        with pytest.raises(MoveRefused):
            tell_person(telling=telling, **story.by(WHO))
