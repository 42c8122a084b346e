"""What the register says of where a rule is asked is true: the place exists and asks the rule."""

from configparser import ConfigParser
from pathlib import Path

import pytest

from opennrm.rights.registry import ENFORCED, RULES
from tests.rights.places import places_named, reached

# Kept by the doors between the rooms: the tracks of a case cannot see each other.
STRUCTURE = "structure"
DOORS = Path(__file__).parents[2] / ".importlinter"
# Words nobody should need explained to her; "victim" is not what she is.
HARD = ("victim", "compartment", "jurisdiction", "pursuant", "cets", "gdpr", "client")
SAID = [
    (name, place)
    for name, rule in ENFORCED.items()
    for place in rule.enforced_at
    if place != STRUCTURE
]


class TestAPlace:
    @pytest.mark.parametrize(("rule", "place"), SAID, ids=[f"{r}-{p}" for r, p in SAID])
    def test_exists_and_asks_its_rule(self, rule: str, place: str) -> None:
        places = places_named(place)

        assert places, f"{rule} says it is asked at {place}, and there is no such place"
        assert any(rule in reached(one) for one in places), f"{place} never asks {rule}"

    @pytest.mark.parametrize("rule", list(ENFORCED))
    def test_is_named_for_every_enforced_rule(self, rule: str) -> None:
        assert ENFORCED[rule].enforced_at

    def test_is_the_structure_for_one_rule_alone(self) -> None:
        kept = [name for name, rule in ENFORCED.items() if STRUCTURE in rule.enforced_at]

        doors = ConfigParser()
        doors.read(DOORS)
        assert kept == ["R17"]
        assert doors["importlinter:contract:tracks"]["type"] == "independence"

    def test_that_asks_nothing_is_seen(self) -> None:
        assert places_named("no_such_use_case") == ()
        assert all("R25" not in reached(one) for one in places_named("record_contact"))
        assert any("R25" in reached(one) for one in places_named("open_recovery_period"))


class TestTheWords:
    @pytest.mark.parametrize("rule", list(ENFORCED))
    def test_tell_the_person_what_each_enforced_rule_means_for_her(self, rule: str) -> None:
        told = ENFORCED[rule].tells_her

        assert told.endswith(".") and 20 < len(told) < 400
        assert not [word for word in HARD if word in told.lower()]

    def test_name_a_room_for_every_rule_that_is_not_enforced(self) -> None:
        assert all(rule.is_enforced or rule.lives_in for rule in RULES.values())
