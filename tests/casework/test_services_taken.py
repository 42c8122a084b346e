"""Tests of whom services take: a form left out, a sex that nobody takes."""

from dataclasses import replace

from opennrm.casework.services_taken import ServiceTaken, gaps
from tests import cast
from tests.casework.story import TODAY
from tests.rights.removing import without

WOMEN = ServiceTaken(cast.GREEN_DOOR.organisation, "shelter", leaves_out_sexes=frozenset({"male"}))
MEN = ServiceTaken(
    cast.QUIET_HOUSE.organisation, "shelter", leaves_out_sexes=frozenset({"female"})
)
ONE_FORM = ServiceTaken(
    cast.GREEN_DOOR.organisation, "shelter", leaves_out_forms=frozenset({"labour"})
)


def rules(*services: ServiceTaken) -> list[str]:
    """Return the rules that a set of services does not keep."""
    return [gap.finding.rule for gap in gaps(services, on=TODAY)]


class TestGaps:
    def test_of_a_form_is_a_gap_unless_two_houses_agreed(self) -> None:
        assert rules(ONE_FORM) == ["R04"]
        assert rules(replace(ONE_FORM, agreeing_houses=1)) == ["R04"]
        assert rules(replace(ONE_FORM, agreeing_houses=2)) == []

    def test_of_a_sex_is_a_gap_unless_another_house_takes_it(self) -> None:
        assert rules(WOMEN) == ["R05"]
        assert rules(WOMEN, MEN) == []
        assert rules(WOMEN, replace(MEN, leaves_out_sexes=frozenset({"male"}))) == ["R05", "R05"]

    def test_counts_only_the_same_kind_of_service(self) -> None:
        assert rules(WOMEN, replace(MEN, service="counselling")) == ["R05", "R05"]

    def test_is_reported_by_its_rules_only(self) -> None:
        with without("R04"):
            assert rules(ONE_FORM) == []
        with without("R05"):
            assert rules(WOMEN) == []
