"""Tests of what the steps of others ask for a child: means, refusals, places, warnings."""

from typing import Any

import pytest

from opennrm.casework.breach import Breach, observe_breach
from opennrm.casework.child_missing import MissingChild, report_missing_child
from opennrm.casework.refusals import RuleBroken
from opennrm.casework.warnings import warnings
from opennrm.rights.findings import Answer
from opennrm.rights.jurisdictions import presets
from tests import cast
from tests.casework.child_story import DUTY, ChildStory
from tests.casework.story import NEXT_YEAR
from tests.cast import NOON
from tests.fakes import Office

TODAY = NOON.date()
ALL = frozenset(f"D{number}" for number in range(1, 15))
NO: dict[str, Any] = {
    "reasons": "Reasons.",
    "language": "sq",
    "remedy": "reconsideration",
    "remedy_until": NEXT_YEAR,
}


def broken(what: Any) -> tuple[str, str]:
    """Return the rule and the reason of a refusal."""
    with pytest.raises(RuleBroken) as refused:
        what()
    return refused.value.finding.rule, refused.value.finding.reason


def warned(story: ChildStory, rule: str, parts: frozenset[str] = ALL) -> list[str]:
    """Return what a rule says of the case as it stands."""
    found = warnings(story.case, presets=presets("MK"), at=story.at, compartments=parts)
    return [one.reason for one in found if one.rule == rule]


@pytest.fixture
def child(office: Office) -> ChildStory:
    """A child whom the police met."""
    return ChildStory(office).contact(majority="child")


class TestMeans:
    def test_are_never_the_reason_for_a_no_to_a_child(self, child: ChildStory) -> None:
        consent = child.consent(
            cast.DECIDING_OFFICER,
            "CA",
            purpose="identification",
            scopes=("D2", "D4", "D8", "D10", "D14"),
            guardian=True,
            assent=True,
        )
        referral = child.refer(cast.DECIDING_OFFICER, "CA", consent, purpose="identification")
        child.answer(cast.DECIDING_OFFICER, referral)

        refused = broken(
            lambda: child.decide("negative", **NO, reasons_codes=("no_act", "no_means"))
        )

        assert refused == ("R37", "means_asked_of_child")

    def test_may_be_missing_in_a_case_of_an_adult(self, office: Office) -> None:
        adult = ChildStory(office).contact(majority="adult").with_authority()

        adult.decide("positive", **NO, reasons_codes=("no_means",))

        assert adult.case.identification == "reasonable_grounds_positive"


class TestARefusal:
    def test_of_a_child_never_rests_on_sex(self, child: ChildStory) -> None:
        referral = child.refer(
            cast.CHILD_WORKER, "CP", None, purpose="child_protection", duty=DUTY
        )

        refused = broken(
            lambda: child.answer(
                cast.CHILD_WORKER, referral, "declined", reason="no_place_for_sex"
            )
        )

        assert refused == ("R38", "child_refused_on_ground")
        child.answer(cast.CHILD_WORKER, referral, "declined", reason="no_place")

    def test_of_a_service_never_rests_on_sex(self, child: ChildStory) -> None:
        both = {"guardian": True, "assent": True}
        parts = ("D2", "D8", "D9", "D10")
        consent = child.consent(cast.CASE_MANAGER, "CM", scopes=parts, **both)
        child.answer(cast.CASE_MANAGER, child.refer(cast.CASE_MANAGER, "CM", consent))
        house, manager = cast.SHELTER_WITHOUT_CONSENT, cast.CASE_MANAGER
        agreed = child.consent(house, "SH", purpose="service", scopes=("D9",), who=manager, **both)
        offer = child.offer(house, "SH", "shelter", consent=agreed, place_kind="children_home")

        refused = broken(
            lambda: child.reply(house, offer, "provider", "declined", reason="no_place_for_sex")
        )

        assert refused == ("R38", "child_refused_on_ground")
        child.reply(house, offer, "provider", "declined", reason="no_place")


class TestABed:
    @pytest.mark.parametrize("majority", ["child", "presumed"])
    def test_among_adults_is_not_offered_to_a_child(self, office: Office, majority: str) -> None:
        said: dict[str, Any] = {"majority": "child"}
        if majority == "presumed":
            said = {"majority": "unknown", "age_in_doubt": True}
        child = ChildStory(office).contact(**said)

        refused = broken(
            lambda: child.offer(
                cast.CASE_MANAGER,
                "SH",
                "shelter",
                duty=DUTY,
                who=cast.POLICE_OFFICER,
                place_kind="with_adults",
            )
        )

        assert refused == ("R35", "place_with_adults")

    def test_among_adults_is_offered_to_an_adult(self, office: Office) -> None:
        adult = ChildStory(office).contact(majority="adult").with_case_manager()

        adult.offer(cast.SHELTER_WITHOUT_CONSENT, "SH", "shelter", place_kind="with_adults")

        assert adult.case.of_kind("service_offered")


class TestWarnings:
    def test_ask_about_an_age_nobody_spoke_of(self, office: Office) -> None:
        unknown = ChildStory(office).contact(majority="unknown")

        assert warned(unknown, "R31") == ["age_not_asked"]
        assert warned(ChildStory(office).contact(majority="adult"), "R31") == []

    def test_say_that_a_child_has_no_guardian(self, child: ChildStory) -> None:
        child.protected()

        assert warned(child, "R32") == ["no_guardian"]
        assert warned(child, "R32", frozenset({"D1"})) == []
        child.guarded()
        assert warned(child, "R32") == []

    def test_say_that_an_emergency_was_not_assessed(self, child: ChildStory) -> None:
        child.protected()
        assert warned(child, "R33") == []
        done = child.at_once("emergency_care")

        assert warned(child, "R33") == ["not_assessed"]
        child.assessed("emergency_care", follows=done)
        assert warned(child, "R33") == []

    def test_say_that_a_child_is_detained(self, child: ChildStory) -> None:
        child.protected()
        assert warned(child, "R35") == []
        breach = Breach(breach="child_detained", observed_on=TODAY)

        observe_breach(breach=breach, **child.by(cast.POLICE_OFFICER))

        assert warned(child, "R35") == ["child_detained"]
        told = child.office.notices[-1]
        assert told.organisation == cast.CHILD_WORKER.actor.organisation

    def test_say_that_a_child_is_missing_and_nobody_was_called(self, child: ChildStory) -> None:
        assert warned(child, "R39") == []

        report_missing_child(report=MissingChild(last_seen=TODAY), **child.by(cast.POLICE_OFFICER))

        found = warnings(child.case, presets=presets("MK"), at=NOON, compartments=ALL)
        missing = [one for one in found if one.rule == "R39"]
        assert [one.answer for one in missing] == [Answer.NOT_KNOWN]
        assert missing[0].remedy == "call_police_and_guardian"
