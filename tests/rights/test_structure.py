"""What rules may look at is narrow by structure; the register says what each rule does."""

import ast
from dataclasses import fields, replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import opennrm.rights
from opennrm.rights import access, children, planned
from opennrm.rights.findings import Answer, Finding, holds, not_known
from opennrm.rights.registry import (
    CHAPTERS,
    ENFORCED,
    RULES,
    RuleNotEnforced,
    ask,
    is_active,
    stopped_by,
)
from opennrm.rights.rule import Action
from tests.rights.removing import without

ROOM = Path(opennrm.rights.__file__).parent
TODAY = date(2026, 3, 2)
UNSEEN = (
    "operat",
    "criminal",
    "statement",
    "testi",
    "scope",
    "border",
    "nation",
    "citizen",
    "resid",
    "organised",
    "form",
    "ethnic",
    "sex",
)
# Of all eighty rules, those that hold, warn, count or set a term, and block nothing.
NOT_BLOCKING = frozenset(
    f"R{number:02}"
    for number in (
        *(3, 4, 5, 9, 10, 12, 13, 14, 15, 18, 21, 22, 24, 27, 28, 29, 30, 31, 39, 50, 51, 52),
        *(54, 56, 57, 59, 63, 65, 68, 69, 71, 72, 74, 75, 77, 78, 79),
    )
)


class TestAccess:
    @pytest.mark.parametrize("situation", [access.HelpSituation, access.ServiceSituation])
    def test_has_nothing_to_look_at_but_help_itself(self, situation: type) -> None:
        names = " ".join(field.name for field in fields(situation))

        assert not [word for word in UNSEEN if word in names]

    def test_imports_nothing_that_knows_the_criminal_case(self) -> None:
        tree = ast.parse((ROOM / "access.py").read_text(encoding="utf-8"))
        modules = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}

        assert {m for m in modules if m and m.startswith("opennrm")} == {
            "opennrm.rights.findings",
            "opennrm.rights.rule",
            "opennrm.rights.sources",
        }

    @settings(deadline=None)
    @given(st.sampled_from(sorted(access.EMERGENCY)), st.sampled_from(sorted(access.WITH_SIGNS)))
    def test_opens_every_emergency_service_at_every_status_with_signs(
        self, service: str, status: str
    ) -> None:
        refused = access.HelpSituation(service, is_given=False, identification=status)

        assert ask("R03", refused, TODAY).is_broken
        assert ask("R03", replace(refused, is_given=True), TODAY).holds

    @settings(deadline=None)
    @given(st.frozensets(st.sampled_from(["no_place", "outside_area", "co-operation", "suspect"])))
    def test_breaks_on_a_forbidden_ground_whatever_stands_beside_it(
        self, grounds: frozenset[str]
    ) -> None:
        situation = access.HelpSituation("shelter", is_given=False, grounds=grounds)

        assert ask("R01", situation, TODAY).is_broken == ("co-operation" in grounds)
        assert ask("R02", situation, TODAY).is_broken == ("suspect" in grounds)


class TestRights:
    def test_name_no_country_in_code(self) -> None:
        places = ("GB", "MK", "COE", "England", "Macedonia", "Scotland", "Germany")
        for file in ROOM.rglob("*.py"):
            strings = [
                node.value
                for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
                if isinstance(node, ast.Constant) and isinstance(node.value, str)
            ]
            assert not [s for s in strings if s in places], file.name

    def test_read_no_clock_and_know_no_facts(self) -> None:
        for file in ROOM.rglob("*.py"):
            text = file.read_text(encoding="utf-8")
            assert "opennrm.lifecycle" not in text, file.name
            assert ".now(" not in text and ".today(" not in text, file.name


class TestRegistry:
    def test_holds_the_eighty_rules_each_once(self) -> None:
        every = [rule.rule for chapter in CHAPTERS for rule in chapter.RULES]

        assert sorted(every) == [f"R{number:02}" for number in range(1, 81)]
        assert list(RULES) == sorted(every)

    def test_shows_no_planned_rule_as_enforced(self, monkeypatch: pytest.MonkeyPatch) -> None:
        assert not {rule.rule for rule in planned.RULES} & set(ENFORCED)
        assert len(ENFORCED) == len(RULES) - len(planned.RULES)
        waiting = {**RULES, "R68": replace(RULES["R68"], check=None)}
        monkeypatch.setattr("opennrm.rights.registry.RULES", waiting)
        with pytest.raises(RuleNotEnforced, match="R68 is not enforced"):
            ask("R68", None, TODAY)
        with pytest.raises(RuleNotEnforced):
            ask("R99", None, TODAY)

    def test_gives_every_enforced_rule_sources_and_every_rule_an_action(self) -> None:
        assert all(rule.sources for rule in ENFORCED.values())
        assert all(rule.actions and rule.label for rule in RULES.values())

    def test_never_lets_not_knowing_stop_help(self) -> None:
        unknown = Finding("R01", Answer.NOT_KNOWN)

        for name in ("R01", "R02", "R03", "R06", "R07", "R08", "R31"):
            assert not ENFORCED[name].stops(unknown)

    def test_lets_not_knowing_stop_what_may_harm(self) -> None:
        for name in ("R11", "R16", "R23", "R25", "R41", "R43", "R44"):
            assert ENFORCED[name].stops(not_known(name, "x", "y", "z"))
            assert not ENFORCED[name].stops(holds(name))

    def test_hands_on_only_the_finding_that_stops(self) -> None:
        unknown = access.HelpSituation("shelter", is_given=False, grounds=None)
        broken = access.HelpSituation("shelter", is_given=False, grounds=frozenset({"statement"}))

        assert stopped_by("R01", unknown, TODAY) is None
        assert stopped_by("R01", broken, TODAY) == ask("R01", broken, TODAY)

    def test_asks_a_rule_only_on_the_days_it_is_in_force(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        dated = replace(RULES["R31"], from_on=date(2026, 1, 1), until_on=date(2026, 6, 1))
        monkeypatch.setattr("opennrm.rights.registry.RULES", {**RULES, "R31": dated})
        doubt = children.AgeSituation(is_in_doubt=True, age_status="adult")

        answers = [
            ask("R31", doubt, day).answer
            for day in (date(2025, 12, 31), date(2026, 1, 1), date(2026, 6, 1))
        ]

        assert answers == ["holds", "broken", "holds"]
        assert ask("R31", doubt, date(2026, 6, 1)).reason == "not_in_force"

    def test_lets_an_act_pass_when_its_rule_is_taken_out(self) -> None:
        broken = access.HelpSituation("shelter", is_given=False, grounds=frozenset({"statement"}))

        with without("R01"):
            assert not is_active("R01") and is_active("R02")
            assert stopped_by("R01", broken, TODAY) is None

        assert is_active("R01") and stopped_by("R01", broken, TODAY)
        assert not is_active("R99")

    def test_blocks_where_the_reference_says_block(self) -> None:
        others = {name for name, rule in ENFORCED.items() if Action.BLOCK not in rule.actions}

        assert others <= NOT_BLOCKING


class TestAgeStatus:
    @pytest.mark.parametrize(
        ("majority", "doubt", "status"),
        [
            ("unknown", True, "presumed_child"),
            ("adult", True, "presumed_child"),
            ("child", True, "child"),
            ("adult", False, "adult"),
            ("child", None, "child"),
            ("unknown", None, None),
            (None, False, None),
        ],
    )
    def test_is_presumed_child_when_age_is_in_doubt(
        self, majority: str | None, doubt: bool | None, status: str | None
    ) -> None:
        assert children.age_status_for(majority, doubt) == status
