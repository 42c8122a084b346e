"""The matrix says what its printed source says, and duties that clash are kept apart."""

import pytest

from opennrm.vocabulary.incompatible import Reach, clashes, incompatible, roles_on_cases
from opennrm.vocabulary.need_to_know import Access, cells, need_to_know, scopes_with
from opennrm.vocabulary.roles import Role, training_for
from opennrm.vocabulary.scopes import CASE_SCOPES, SENSITIVITY, Scope

SAMPLES = [
    (Role.PERSON, Scope.ACCOUNT, Access.WRITE),
    (Role.PERSON, Scope.CHILD, Access.READ),
    (Role.PERSON, Scope.SUSPECTS, Access.NONE),
    (Role.FR, Scope.HEALTH, Access.SUMMARY),
    (Role.CA, Scope.SKELETON, Access.WRITE),
    (Role.CA, Scope.DECISIONS, Access.WRITE),
    (Role.CM, Scope.ACCOUNT, Access.READ),
    (Role.CM, Scope.DECISIONS, Access.READ),
    (Role.SH, Scope.ACCOUNT, Access.NONE),
    (Role.LE, Scope.WHEREABOUTS, Access.SUMMARY),
    (Role.BP, Scope.IDENTITY, Access.PSEUDONYMISED),
    (Role.NR, Scope.CRIMINAL, Access.PSEUDONYMISED),
    (Role.NR, Scope.STRUCTURES, Access.WRITE),
    (Role.NCO, Scope.PLAN, Access.AGGREGATES),
    (Role.OD, Scope.REDRESS, Access.AGGREGATES),
    (Role.DP, Scope.CONSENTS, Access.READ),
]


class TestNeedToKnow:
    @pytest.mark.parametrize(("role", "scope", "access"), SAMPLES)
    def test_says_what_the_matrix_says(self, role: Role, scope: Scope, access: Access) -> None:
        assert need_to_know(role, scope) is access

    def test_has_a_cell_for_each_of_37_roles_and_15_classes(self) -> None:
        assert len(cells()) == 37 * 15

    @pytest.mark.parametrize("role", [Role.IE, Role.AD, Role.JU, Role.COM])
    def test_gives_some_roles_nothing_of_any_case(self, role: Role) -> None:
        assert {need_to_know(role, scope) for scope in CASE_SCOPES} == {Access.NONE}

    def test_lets_everyone_read_published_figures(self) -> None:
        assert {need_to_know(role, Scope.PUBLISHED) for role in Role} == {Access.READ}

    def test_lists_the_classes_of_an_access(self) -> None:
        assert scopes_with(Role.IN, Access.SUMMARY) == (Scope.IDENTITY, Scope.ACCOUNT)

    def test_gives_health_to_write_to_health_care_alone(self) -> None:
        writers = {role for role in Role if need_to_know(role, Scope.HEALTH) is Access.WRITE}

        assert writers == {Role.HC}


class TestScope:
    def test_states_a_sensitivity_for_each(self) -> None:
        assert set(SENSITIVITY) == set(Scope)

    def test_counts_fourteen_classes_in_a_case(self) -> None:
        assert [scope.value for scope in CASE_SCOPES] == [f"D{n}" for n in range(1, 15)]


class TestIncompatible:
    @pytest.mark.parametrize(
        ("first", "second", "reach"),
        [
            (Role.CA, Role.LE, Reach.CASE),
            (Role.RP, Role.CA, Reach.CASE),
            (Role.CA, Role.MI, Reach.ACCOUNT),
            (Role.NR, Role.NCO, Reach.ACCOUNT),
            (Role.NR, Role.CM, Reach.ACCOUNT),
            (Role.SH, Role.GU, Reach.ACCOUNT),
            (Role.AD, Role.DP, Reach.ACCOUNT),
            (Role.SO, Role.FR, Reach.ACCOUNT),
            (Role.TM, Role.PR, Reach.ACCOUNT),
        ],
    )
    def test_keeps_duties_apart(self, first: Role, second: Role, reach: Reach) -> None:
        found = incompatible(first, second)

        assert found is not None
        assert found.reach is reach
        assert found.reason

    def test_lets_other_roles_meet(self) -> None:
        assert incompatible(Role.FR, Role.CM) is None

    def test_finds_every_clash_of_one_account(self) -> None:
        found = clashes(frozenset({Role.DP, Role.AD, Role.FR}))

        assert [clash.roles for clash in found] == [frozenset({Role.DP, Role.AD})]

    def test_tells_clashes_of_a_case_from_clashes_of_an_account(self) -> None:
        both = frozenset({Role.CA, Role.LE})

        assert clashes(both) == ()
        assert len(clashes(both, Reach.CASE)) == 1

    def test_counts_no_planner_among_the_roles_on_cases(self) -> None:
        assert not {Role.NCO, Role.NR, Role.SO, Role.IE, Role.AD} & set(roles_on_cases())


class TestTrainingFor:
    def test_asks_first_responders_for_four_tags(self) -> None:
        tags = {tag.value for tag in training_for(Role.FR)}

        assert tags == {"indicators-basic", "trauma-informed-first-contact", "child", "consent"}

    def test_asks_nothing_of_the_person(self) -> None:
        assert training_for(Role.PERSON) == frozenset()
