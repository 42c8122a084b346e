"""Tests of acts on a child: what stands before them, and what never waits."""

from datetime import timedelta
from typing import Any

import pytest

from opennrm.casework.child_best_interests import require_determination, require_not_detained
from opennrm.casework.refusals import (
    CaseNotFound,
    EntryMalformed,
    MoveRefused,
    PermissionMissing,
    RuleBroken,
)
from opennrm.rights.jurisdictions import presets
from tests import cast
from tests.casework.child_story import PANEL, ChildStory
from tests.cast import NOON
from tests.fakes import Office

GRAVE = ("separation", "transfer_abroad", "family_reunification", "durable_placement")


@pytest.fixture
def child(office: Office) -> ChildStory:
    """A child whom the police met and handed to child protection."""
    return ChildStory(office).contact(majority="child").protected()


def broken(what: Any) -> tuple[str, str]:
    """Return the rule and the reason of a refusal."""
    with pytest.raises(RuleBroken) as refused:
        what()
    return refused.value.finding.rule, refused.value.finding.reason


class TestAnAct:
    def test_waits_for_a_guardian(self, child: ChildStory) -> None:
        child.assessed("interview")

        assert broken(lambda: child.authorised("interview")) == ("R32", "no_guardian")

    def test_waits_for_an_assessment_made_for_it(self, child: ChildStory) -> None:
        child.guarded()
        child.assessed("transfer")

        assert broken(lambda: child.authorised("interview")) == ("R33", "not_assessed")

    def test_is_authorised_once_both_are_there(self, child: ChildStory) -> None:
        guardian, assessment = child.guarded(), child.assessed("interview")

        child.authorised("interview", cast.POLICE_OFFICER)

        act = child.case.newest("child_act_authorised")
        assert act is not None
        assert act.reference("guardian") == guardian
        assert act.reference("assessment") == assessment
        assert not child.office.sealed(act.fact_ref).get("override_text")

    def test_uses_its_assessment_up(self, child: ChildStory) -> None:
        child.guarded()
        child.assessed("interview")
        child.authorised("interview")

        assert broken(lambda: child.authorised("interview")) == ("R33", "not_assessed")

    def test_is_left_when_it_is_not_in_the_childs_best_interests(self, child: ChildStory) -> None:
        child.guarded()
        child.assessed("family_contact", "not_in_best_interests")

        refused = broken(lambda: child.authorised("family_contact"))

        assert refused == ("R33", "not_in_best_interests")

    def test_goes_before_guardian_and_assessment_in_imminent_danger_only(
        self, child: ChildStory
    ) -> None:
        child.authorised(
            "transfer",
            place_kind="family_care",
            override_reason="imminent_danger_to_child",
            override_text="They are at the door.",
        )

        gave_way = [fact.text("rule") for fact in child.case.of_kind("rule_overridden")]
        assert gave_way == ["R32", "R33"]
        assert broken(
            lambda: child.authorised(
                "interview", override_reason="own_request", override_text="She asks."
            )
        ) == ("R32", "override_not_allowed")

    def test_needs_reasons_a_child_and_a_day_that_has_come(
        self, child: ChildStory, office: Office
    ) -> None:
        child.guarded()
        child.assessed("interview")
        adult = ChildStory(office).contact(majority="adult")

        for refused in (
            lambda: child.authorised("interview", reasons=" "),
            lambda: child.authorised("interview", authorised_on=NOON.date() + timedelta(days=1)),
            lambda: adult.authorised("interview", cast.POLICE_OFFICER),
        ):
            with pytest.raises(MoveRefused):
                refused()
        with pytest.raises(PermissionMissing):
            child.authorised("interview", cast.YOUTH_WORKER)


class TestAPlace:
    @pytest.mark.parametrize(
        ("place", "reason"),
        [
            ("detention", "child_detained"),
            ("closed_centre", "child_detained"),
            ("police_station", "child_detained"),
            ("with_adults", "place_with_adults"),
        ],
    )
    def test_that_is_not_for_children_is_refused(
        self, child: ChildStory, place: str, reason: str
    ) -> None:
        child.guarded()
        child.assessed("placement")

        assert broken(lambda: child.authorised("placement", place_kind=place)) == ("R35", reason)
        assert broken(
            lambda: child.authorised(
                "placement",
                place_kind=place,
                override_reason="imminent_danger_to_child",
                override_text="Now.",
            )
        ) == ("R35", reason)

    def test_must_be_named(self, child: ChildStory) -> None:
        child.assessed("placement")

        with pytest.raises(MoveRefused) as refused:
            child.authorised("placement")

        assert refused.value.finding.reason == "place_needed"

    def test_for_children_is_authorised(self, child: ChildStory) -> None:
        child.assessed("placement")

        child.authorised("placement", place_kind="family_care")

        assert child.case.of_kind("child_act_authorised")

    def test_of_detention_is_refused_to_others_too(self, child: ChildStory) -> None:
        assert broken(lambda: require_not_detained(child.case, on=NOON.date()))[0] == "R35"


class TestProtectionAtOnce:
    @pytest.mark.parametrize("action", ["emergency_care", "move_to_safety"])
    def test_waits_for_nothing(self, child: ChildStory, action: str) -> None:
        child.at_once(action)

        assert child.case.of_kind("child_protected_at_once")
        assert child.due()["T14"] == NOON + timedelta(hours=24)

    def test_is_recorded_in_whatever_place_it_ended(self, child: ChildStory) -> None:
        child.at_once(
            "move_to_safety", place_kind="police_station", note="Two hours, then a family."
        )

        done = child.case.newest("child_protected_at_once")
        assert done is not None and done.text("place_kind") == "police_station"

    def test_is_assessed_afterwards(self, child: ChildStory) -> None:
        done = child.at_once("emergency_care")

        child.assessed("emergency_care", follows=done)

        assert "T14" not in child.due()
        with pytest.raises(MoveRefused):
            child.assessed("emergency_care", follows=done)

    def test_tells_child_protection(self, child: ChildStory) -> None:
        child.at_once("emergency_care")

        assert child.office.notices[-1].organisation == cast.CHILD_WORKER.actor.organisation

    def test_is_closed_to_those_who_hold_nothing(self, child: ChildStory) -> None:
        with pytest.raises(CaseNotFound):
            child.at_once("emergency_care", cast.YOUTH_WORKER)


class TestAGraveAct:
    @pytest.mark.parametrize("act", GRAVE)
    def test_cannot_be_saved_by_any_role_before_the_panel_signed(
        self, child: ChildStory, act: str
    ) -> None:
        child.with_panel().guarded()
        child.risks_seen()
        child.assessed(act)
        opened = child.asked_panel(act)
        for who in PANEL[:2]:
            child.signed(opened, who)

        def refused(who: cast.Member) -> str:
            return broken(
                lambda: child.authorised(
                    act,
                    who,
                    place_kind="family_care",
                    override_reason="imminent_danger_to_child",
                    override_text="Now.",
                )
            )[0]

        assert {refused(who) for who in (cast.CHILD_WORKER, cast.POLICE_OFFICER)} == {"R34"}
        assert not child.case.of_kind("child_act_authorised")

    def test_is_authorised_on_a_signed_determination_with_fresh_risks(
        self, child: ChildStory
    ) -> None:
        child.with_panel().guarded()
        determination = child.determined("family_reunification")

        assert broken(lambda: child.authorised("family_reunification")) == (
            "R34",
            "risks_not_assessed",
        )
        child.risks_seen()
        child.authorised("family_reunification")

        act = child.case.newest("child_act_authorised")
        assert act is not None and act.reference("determination") == determination

    @pytest.mark.parametrize("act", ["transfer_abroad", "family_reunification"])
    def test_is_not_authorised_where_danger_waits(self, child: ChildStory, act: str) -> None:
        child.with_panel().guarded()
        child.determined(act)
        child.risks_seen("imminent")

        assert broken(lambda: child.authorised(act)) == ("R34", "risks_not_assessed")

    def test_asks_for_risks_anew_after_ninety_days(self, child: ChildStory) -> None:
        child.with_panel()
        child.risks_seen()
        child.determined("return")
        place = presets("MK")
        last = NOON.date() + timedelta(days=89)

        require_determination(child.case, act="return", on=last, presets=place)

        late = last + timedelta(days=1)
        assert broken(
            lambda: require_determination(child.case, act="return", on=late, presets=place)
        ) == ("R34", "not_determined")

    def test_of_an_adult_needs_no_panel(self, office: Office) -> None:
        adult = ChildStory(office).contact(majority="adult").case

        require_determination(adult, act="return", on=NOON.date(), presets=presets("MK"))

    def test_waits_where_nobody_said_whether_she_is_a_child(self, office: Office) -> None:
        unknown = ChildStory(office).contact(majority="unknown").case

        def asked() -> None:
            require_determination(unknown, act="return", on=NOON.date(), presets=presets("MK"))

        assert broken(asked) == ("R34", "child_not_known")

    @pytest.mark.parametrize("act", ["return", "removal", "dublin_transfer"])
    def test_that_sends_her_away_has_its_own_step_with_its_own_rules(
        self, child: ChildStory, act: str
    ) -> None:
        child.with_panel().guarded()
        child.risks_seen()
        child.determined(act)

        require_determination(child.case, act=act, on=NOON.date(), presets=presets("MK"))
        with pytest.raises(EntryMalformed):
            child.authorised(act)
