"""Tests of guardianship: in time, asked for weekly, free of every conflict of interest (R32)."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from opennrm.casework.child_guardian import (
    GuardianRequest,
    GuardianshipEnd,
    ask_for_guardian,
    end_guardianship,
)
from opennrm.casework.child_rules import require_guardian_present
from opennrm.casework.refusals import MoveRefused, PermissionMissing, RuleBroken
from opennrm.vocabulary.roles import Role
from tests import cast
from tests.casework.child_story import ChildStory
from tests.cast import NOON
from tests.fakes import Office

DAY, WEEK = timedelta(hours=24), timedelta(days=7)


@pytest.fixture
def child(office: Office) -> ChildStory:
    """Somebody whose age is in doubt, handed to child protection."""
    return ChildStory(office).contact(majority="unknown", age_in_doubt=True).protected()


def reason(what: Any) -> str:
    """Return why a guardian was refused."""
    with pytest.raises(RuleBroken) as refused:
        what()
    assert refused.value.finding.rule == "R32"
    return refused.value.finding.reason


def asked(child: ChildStory, who: cast.Member = cast.POLICE_OFFICER) -> None:
    """Ask for a guardian again."""
    request = GuardianRequest(asked_on=child.at.date(), note="The court was asked.")
    ask_for_guardian(request=request, **child.by(who))


class TestTheTimer:
    def test_starts_with_the_first_word_of_a_child_or_of_doubt(self, child: ChildStory) -> None:
        assert child.due()["T03"] == NOON + DAY
        assert child.due()["T03F"].date() == (NOON + timedelta(days=15)).date() - DAY

    def test_does_not_run_for_an_adult(self, office: Office) -> None:
        adult = ChildStory(office).contact(majority="adult")

        assert not {"T03", "T03W", "T03F"} & set(adult.due())

    def test_comes_back_each_week_until_a_guardian_is_named(self, child: ChildStory) -> None:
        first = child.due()["T03W"]
        child.later(days=8)
        asked(child)

        assert first.date() == (NOON + DAY + WEEK).date()
        assert child.due()["T03W"].date() == (child.at + WEEK).date()
        child.guarded()
        assert "T03W" not in child.due()

    def test_asks_for_a_full_guardian_after_a_temporary_one(self, child: ChildStory) -> None:
        child.guarded()

        assert "T03" not in child.due() and "T03F" in child.due()
        child.guarded(guardian_kind="full")
        assert "T03F" not in child.due()

    def test_starts_anew_when_the_guardian_left(self, child: ChildStory) -> None:
        named = child.guarded(guardian_kind="full")
        child.later(days=20)
        ending = GuardianshipEnd(guardian=named, ended_on=child.at.date(), reason="Moved away.")

        end_guardianship(ending=ending, **child.by(cast.CHILD_WORKER))

        assert child.due()["T03"] == child.at + DAY
        with pytest.raises(MoveRefused):
            end_guardianship(ending=ending, **child.by(cast.CHILD_WORKER))


class TestAGuardian:
    @pytest.mark.parametrize("interest", ["houses_the_child", "money", "family_involved"])
    def test_with_an_interest_is_refused(self, child: ChildStory, interest: str) -> None:
        assert reason(lambda: child.guarded(interests=(interest,))) == "guardian_has_interest"

    def test_nobody_asked_about_interests_is_refused(self, child: ChildStory) -> None:
        assert reason(lambda: child.guarded(interests_asked=False)) == "interests_not_asked"

    @pytest.mark.parametrize(
        "house", [cast.GREEN_DOOR, cast.YOUTH_HOUSE, cast.AUTHORITY, cast.REMOVALS]
    )
    def test_of_a_house_that_shelters_decides_or_removes_is_refused(
        self, child: ChildStory, house: Any
    ) -> None:
        refused = reason(lambda: child.guarded(house=house.organisation))

        assert refused == "guardian_house_conflict"

    def test_of_the_migration_service_is_refused_in_whatever_role(self, child: ChildStory) -> None:
        house = replace(cast.GUARDIANS, kind="immigration_service")
        child.office.organisations = {**child.office.organisations, house.organisation: house}

        assert reason(child.guarded) == "guardian_house_conflict"

    def test_of_the_house_where_the_child_stays_is_refused(self, child: ChildStory) -> None:
        child.assessed("placement")
        house = cast.GUARDIAN.actor.organisation
        child.authorised("placement", place_kind="children_home", house=house)

        assert reason(child.guarded) == "guardian_house_conflict"

    def test_of_a_house_that_names_no_guardians_is_refused(self, child: ChildStory) -> None:
        with pytest.raises(PermissionMissing):
            child.guarded(house=cast.CLINIC.organisation)
        with pytest.raises(PermissionMissing):
            child.guarded(house=cast.ref("nowhere"))

    def test_may_be_a_person_by_name(self, child: ChildStory) -> None:
        named = child.guarded(house=None, name="A teacher")

        assert child.office.sealed(named)["name"] == "A teacher"
        with pytest.raises(MoveRefused):
            child.guarded(house=None, name=" ")

    def test_is_for_children_and_not_for_tomorrow(self, child: ChildStory, office: Office) -> None:
        adult = ChildStory(office).contact(majority="adult")

        with pytest.raises(MoveRefused):
            child.guarded(named_on=NOON.date() + DAY)
        with pytest.raises(MoveRefused):
            asked(adult)

    def test_is_told_to_those_beside_the_child(self, child: ChildStory) -> None:
        child.hand_on_duty(cast.GUARDIAN, "GU")
        before = len(child.office.notices)

        child.guarded()

        told = child.office.notices[before:]
        assert [(one.organisation, one.role) for one in told] == [
            (cast.GUARDIAN.actor.organisation, Role.GU)
        ]


class TestAnInterviewBookedByOthers:
    def test_waits_for_the_guardian_of_a_child_only(
        self, child: ChildStory, office: Office
    ) -> None:
        def booked(one: ChildStory) -> None:
            require_guardian_present(one.case, act="interview", on=NOON.date())

        assert reason(lambda: booked(child)) == "no_guardian"
        child.guarded()
        booked(child)
        booked(ChildStory(office).contact(majority="adult"))
