"""A role is offered what the need-to-know matrix lets it hold, as an extract where it says so."""

from itertools import product

import pytest

from opennrm.consent.need import compartment_for, may_write, offer
from opennrm.vocabulary.need_to_know import Access, need_to_know
from opennrm.vocabulary.roles import Role
from opennrm.vocabulary.scopes import CASE_SCOPES, Scope

GRID = list(product(Role, CASE_SCOPES))


class TestCompartmentFor:
    @pytest.mark.parametrize(("role", "scope"), GRID)
    def test_follows_the_matrix_in_every_cell(self, role: Role, scope: Scope) -> None:
        expected = {
            Access.READ: scope.value,
            Access.WRITE: scope.value,
            Access.SUMMARY: f"{scope.value}S",
        }

        assert compartment_for(role, scope) == expected.get(need_to_know(role, scope))

    @pytest.mark.parametrize("scope", [Scope.PUBLISHED, Scope.STRUCTURES])
    def test_is_nothing_for_what_is_no_part_of_a_case(self, scope: Scope) -> None:
        assert compartment_for(Role.CM, scope) is None

    @pytest.mark.parametrize("role", [Role.IE, Role.AD, Role.NCO, Role.NR, Role.SO, Role.MD])
    def test_is_nothing_of_any_case_for_roles_without_cases(self, role: Role) -> None:
        assert [compartment_for(role, scope) for scope in CASE_SCOPES] == [None] * len(CASE_SCOPES)


class TestOffer:
    def test_narrows_a_scope_to_its_extract_where_the_role_may_hold_no_more(self) -> None:
        offered = offer(Role.HC, ["D1", "D4", "D5", "D12"])

        assert offered.compartments == frozenset({"D1", "D4S", "D5"})
        assert offered.refused == frozenset({"D12"})
        assert offered.writes == frozenset({"D4S", "D5"})

    def test_keeps_an_extract_an_extract_for_a_role_that_may_hold_the_whole(self) -> None:
        assert offer(Role.CM, ["D9S"]).compartments == frozenset({"D9S"})

    def test_gives_immigration_enforcement_nothing(self) -> None:
        everything = [scope.value for scope in CASE_SCOPES]

        offered = offer(Role.IE, everything)

        assert offered.compartments == offered.writes == frozenset()
        assert offered.refused == frozenset(everything)

    def test_is_refused_for_a_scope_that_is_not_there(self) -> None:
        with pytest.raises(ValueError, match="D77"):
            offer(Role.CM, ["D77"])


class TestMayWrite:
    @pytest.mark.parametrize(("role", "scope"), GRID)
    def test_a_scope_only_where_the_matrix_says_write(self, role: Role, scope: Scope) -> None:
        assert may_write(role, scope.value) == (need_to_know(role, scope) is Access.WRITE)

    @pytest.mark.parametrize(("role", "scope"), GRID)
    def test_an_extract_wherever_something_may_be_held(self, role: Role, scope: Scope) -> None:
        holds = need_to_know(role, scope) in (Access.READ, Access.WRITE, Access.SUMMARY)

        assert may_write(role, f"{scope.value}S") == holds
