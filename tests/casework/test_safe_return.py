"""Tests of safe return: assessed by another, chosen, arranged, authorised, and taken back."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from opennrm.casework.refusals import (
    EntryMalformed,
    HoldStands,
    MoveRefused,
    PermissionMissing,
    RuleBroken,
)
from opennrm.casework.safe_return import ReturnGivenUp, give_up_return
from opennrm.lifecycle.returning import open_return
from opennrm.rights.registry import RULES
from tests import cast
from tests.casework import returning as step
from tests.casework.story import Story
from tests.casework.test_residence import due, stands, warned
from tests.cast import Member


@pytest.fixture
def held(story: Story) -> Story:
    """A case with a case manager and the focal point."""
    return step.with_focal_point(story.with_case_manager())


@pytest.fixture
def ready(held: Story) -> Story:
    """A case in which she chose to return, was heard, and thought again for seven days."""
    step.proposed(held)
    step.assessed(held)
    step.chose(held)
    return step.later(held, 7)


@pytest.fixture
def forced(story: Story) -> Story:
    """A case in which the migration authority wants her returned, and the risks are assessed."""
    step.with_migration(story.with_case_manager())
    step.proposed(story, "by_authority", cast.MIGRATION_OFFICER)
    step.assessed(story)
    return story


def stopped(story: Story, who: Member = cast.FOCAL_OFFICER, **holds: UUID | None) -> str:
    """Return which rule stands against a return, and why."""
    with pytest.raises(RuleBroken) as no:
        step.authorised(story, who, **holds)
    return f"{no.value.finding.rule} {no.value.finding.reason}"


class TestProposeReturn:
    def test_permits_nothing_and_moves_nothing(self, held: Story) -> None:
        before = (stands(held.case), held.case.access)

        step.proposed(held)

        assert (stands(held.case), held.case.access) == before
        assert stopped(held) == "R61 not_assessed"

    def test_is_one_at_a_time(self, held: Story) -> None:
        step.proposed(held)

        with pytest.raises(MoveRefused):
            step.proposed(held)

    def test_can_be_given_up_and_begun_again(self, held: Story) -> None:
        step.proposed(held)
        given_up = ReturnGivenUp(given_up_on=step.today(held))
        give_up_return(given_up=given_up, **held.by(cast.CASE_MANAGER))

        assert open_return(held.case) is None
        step.proposed(held)


class TestAssessReturn:
    def test_is_signed_and_can_be_relied_on_for_ninety_days(self, held: Story) -> None:
        step.proposed(held)

        step.assessed(held)

        until = step.today(held) + timedelta(days=90)
        assert held.case.facts[-1].text("valid_until") == until.isoformat()
        assert due(held, "T15") == [(until - timedelta(days=1)).isoformat()]

    def test_is_not_made_by_the_body_that_wants_her_returned(self, story: Story) -> None:
        step.with_migration(story.with_case_manager())
        step.proposed(story, "by_authority")

        with pytest.raises(RuleBroken) as no:
            step.assessed(story)

        assert no.value.finding.reason == "assessor_is_remover"

    @pytest.mark.parametrize(
        "gap",
        [{"findings": " "}, {"topics": ()}, {"ngo_view": ""}],
        ids=lambda gap: next(iter(gap)),
    )
    def test_is_not_kept_without(self, held: Story, gap: dict[str, Any]) -> None:
        step.proposed(held)

        with pytest.raises(MoveRefused):
            step.assessed(held, **gap)

    def test_that_is_not_safe_asks_for_a_permit_and_tells_who_must_act(self, held: Story) -> None:
        step.proposed(held)
        held.office.notices.clear()

        step.assessed(held, "return_not_safe")

        assert len(due(held, "T15P")) == 1
        assert {one.kind for one in held.office.notices} == {"return_not_safe"}
        step.applied(held, "personal_situation")
        assert due(held, "T15P") == []

    def test_is_not_answered_by_a_permit_for_co_operation(self, held: Story) -> None:
        step.proposed(held)
        step.assessed(held, "return_not_safe")

        step.applied(held, "co-operation")

        assert len(due(held, "T15P")) == 1


class TestAuthoriseReturn:
    def test_follows_an_assessment_a_choice_and_time_to_think(self, ready: Story) -> None:
        step.authorised(ready)

        found = open_return(ready.case)
        assert found is not None
        assert found.authorisation is not None

    def test_waits_for_the_days_to_think_again(self, held: Story) -> None:
        step.proposed(held)
        step.assessed(held)
        step.chose(held)
        step.later(held, 6)

        assert stopped(held) == "R62 cooling_off_runs"

    @pytest.mark.parametrize(
        ("how", "reason"),
        [
            ({"wish": "stay"}, "does_not_choose_return"),
            ({"wish": "time"}, "does_not_choose_return"),
            ({"alternatives": ()}, "alternatives_not_told"),
            ({"written": False}, "choice_not_written"),
        ],
    )
    def test_needs_her_informed_written_choice(
        self, ready: Story, how: dict[str, Any], reason: str
    ) -> None:
        step.chose(ready, **how)
        step.later(ready, 7)

        assert stopped(ready) == f"R62 {reason}"

    def test_needs_to_know_what_she_wants(self, held: Story) -> None:
        step.proposed(held)
        step.assessed(held)

        assert stopped(held) == "R62 choice_not_known"

    @pytest.mark.parametrize(
        ("how", "reason"),
        [
            ({"signed": False}, "R61 assessment_not_signed"),
            ({"ngo_input": None, "ngo_view": ""}, "R61 assessor_or_input_not_known"),
            ({"outcome": "return_not_safe"}, "R64 return_not_safe"),
            ({"outcome": "postponed"}, "R64 return_postponed"),
        ],
    )
    def test_rests_on_the_newest_assessment(
        self, ready: Story, how: dict[str, Any], reason: str
    ) -> None:
        step.assessed(ready, **how)

        assert stopped(ready) == reason

    def test_is_refused_once_the_assessment_is_too_old(self, ready: Story) -> None:
        step.later(ready, 90)

        assert stopped(ready) == "R61 assessment_too_old"

    def test_is_not_done_by_the_body_that_assessed(self, held: Story) -> None:
        step.proposed(held)
        step.assessed(held)
        step.chose(held)
        step.later(held, 7)
        fact = next(one for one in held.case.facts if one.kind == "return_assessed")
        kept = held.office.files[held.case_ref].facts
        here = cast.FOCAL_POINT_HERE.organisation
        kept[kept.index(fact)] = replace(fact, organisation=here)

        assert stopped(held) == "R61 assessor_is_remover"

    @pytest.mark.parametrize("who", [cast.CASE_MANAGER, cast.IMMIGRATION_OFFICER])
    def test_is_for_the_focal_point_and_the_migration_authority(
        self, ready: Story, who: Member
    ) -> None:
        with pytest.raises(PermissionMissing):
            step.authorised(ready, who)

    def test_of_a_child_needs_the_panel(self, ready: Story) -> None:
        step.young(ready)

        assert stopped(ready).startswith("R34 ")

    def test_has_no_override(self) -> None:
        for rule in ("R26", "R61", "R62", "R64"):
            assert [one.value for one in RULES[rule].override] == ["none"]

    def test_falls_when_she_takes_her_choice_back(self, ready: Story) -> None:
        step.authorised(ready)

        step.changed_her_mind(ready, cast.POLICE_OFFICER)

        found = open_return(ready.case)
        assert found is not None
        assert found.authorisation is None
        assert stopped(ready) == "R62 does_not_choose_return"

    def test_falls_when_a_new_assessment_finds_danger(self, ready: Story) -> None:
        step.authorised(ready)

        step.assessed(ready, "return_not_safe")

        found = open_return(ready.case)
        assert found is not None
        assert found.authorisation is None

    def test_can_follow_a_new_choice_after_new_days_to_think(self, ready: Story) -> None:
        step.changed_her_mind(ready)
        step.chose(ready)

        assert stopped(ready) == "R62 cooling_off_runs"
        step.authorised(step.later(ready, 7))


class TestRemediesBeforeReturn:
    def test_hold_it_while_a_case_runs(self, ready: Story) -> None:
        step.on_trial(ready)

        with pytest.raises(HoldStands) as no:
            step.authorised(ready)

        assert no.value.finding.rule == "R63"

    @pytest.mark.parametrize(
        "arranged", [{"taking_part": ("by_video",)}, {"goes_all_the_same": True}]
    )
    def test_are_kept_by(self, ready: Story, arranged: dict[str, Any]) -> None:
        step.on_trial(ready)
        step.arranged(ready, **arranged)

        step.authorised(ready)

    def test_are_kept_by_a_second_person(self, ready: Story) -> None:
        step.on_trial(ready)
        hold = step.second_said(
            ready,
            "return_with_open_remedies",
            who=cast.FOCAL_OFFICER,
            about=step.in_question(ready),
        )

        step.authorised(ready, remedies_hold=hold)

        assert ready.case.answering(hold, "hold_ended")


class TestForcedReturn:
    def test_never_happens_on_one_word(self, forced: Story) -> None:
        assert stopped(forced, cast.MIGRATION_OFFICER) == "R21 not_screened_yet"

    def test_happens_when_a_second_person_of_another_house_agrees(self, forced: Story) -> None:
        hold = step.second_said(forced, "return_authorised", about=step.in_question(forced))

        step.authorised(forced, cast.MIGRATION_OFFICER, hold=hold)

        assert forced.case.answering(hold, "hold_ended")

    def test_finds_the_agreement_by_itself(self, forced: Story) -> None:
        hold = step.second_said(forced, "return_authorised", about=step.in_question(forced))

        step.authorised(forced, cast.MIGRATION_OFFICER)

        assert forced.case.answering(hold, "hold_ended")

    def test_never_happens_in_the_recovery_period(self, story: Story) -> None:
        step.with_migration(story.with_case_manager().with_authority())
        story.decide()
        step.opened(story, 45)
        step.proposed(story, "by_authority", cast.MIGRATION_OFFICER)
        step.assessed(story)
        hold = step.second_said(story, "return_authorised", about=step.in_question(story))

        assert stopped(story, cast.MIGRATION_OFFICER, hold=hold) == "R26 period_running"

    def test_is_not_for_the_focal_point(self, forced: Story) -> None:
        step.with_focal_point(forced)

        with pytest.raises(PermissionMissing):
            step.authorised(forced)

    def test_rests_on_no_agreement_to_an_earlier_return(self, forced: Story) -> None:
        step.second_said(forced, "return_authorised", about=step.in_question(forced))
        given_up = ReturnGivenUp(given_up_on=step.today(forced))
        give_up_return(given_up=given_up, **forced.by(cast.MIGRATION_OFFICER))
        step.proposed(forced, "by_authority", cast.MIGRATION_OFFICER, country="SY")
        step.assessed(forced)

        assert stopped(forced, cast.MIGRATION_OFFICER) == "R21 not_screened_yet"

    def test_falls_when_grounds_are_found_afterwards(self, story: Story) -> None:
        step.with_migration(story.with_case_manager().with_authority())
        step.proposed(story, "by_authority", cast.MIGRATION_OFFICER)
        step.assessed(story)
        step.second_said(story, "return_authorised", about=step.in_question(story))
        step.authorised(story, cast.MIGRATION_OFFICER)

        story.decide()

        assert stopped(story, cast.MIGRATION_OFFICER) == "R26 period_not_opened"


class TestASecondOpinionIsAbout:
    @pytest.mark.parametrize("act", ["return_authorised", "return_with_open_remedies"])
    def test_one_return_that_is_named(self, forced: Story, act: str) -> None:
        with pytest.raises(EntryMalformed):
            step.second_said(forced, act)

    def test_a_return_of_this_case(self, forced: Story) -> None:
        with pytest.raises(MoveRefused):
            step.second_said(forced, "return_authorised", about=uuid4())

    def test_a_return_that_is_still_open(self, forced: Story) -> None:
        proposal = step.in_question(forced)
        given_up = ReturnGivenUp(given_up_on=step.today(forced))
        give_up_return(given_up=given_up, **forced.by(cast.MIGRATION_OFFICER))

        with pytest.raises(MoveRefused):
            step.second_said(forced, "return_authorised", about=proposal)


class TestWhereNobodyCanSayTo:
    @pytest.mark.parametrize("country", ["unknown", "stateless"])
    def test_nobody_is_returned(self, held: Story, country: str) -> None:
        step.proposed(held, country=country)
        step.assessed(held)
        step.chose(held)
        step.later(held, 7)

        with pytest.raises(MoveRefused) as no:
            step.authorised(held)

        assert no.value.finding.reason == "country_not_known"


class TestRecordReturnChoice:
    def test_refuses_a_choice_older_than_the_proposal(self, held: Story) -> None:
        step.proposed(held)

        with pytest.raises(EntryMalformed):
            step.chose(held, chosen_on=step.today(held) - timedelta(days=1))

    def test_lets_her_think_again_from_the_day_it_was_written_down(self, held: Story) -> None:
        long_ago = step.today(held) - timedelta(days=30)
        step.proposed(held, proposed_on=long_ago)
        step.assessed(held)
        step.chose(held, chosen_on=long_ago)

        assert stopped(held) == "R62 cooling_off_runs"
        step.authorised(step.later(held, 7))


class TestReception:
    def test_is_asked_for_warned_about_and_named(self, held: Story) -> None:
        step.proposed(held)
        assert warned(held, "R65") == {"reception_not_known"}

        step.arranged(held, has_service=True, has_safe_contact=False)
        assert warned(held, "R65") == {"nobody_receives_her"}

        step.arranged(held, has_service=True, has_safe_contact=True)
        assert warned(held, "R65") == set()

    def test_is_not_asked_for_without_a_return(self, held: Story) -> None:
        assert warned(held, "R65") == set()
