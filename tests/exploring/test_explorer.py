"""The explorer finds nothing wrong with the law as it stands, and looks where it says."""

import pytest

from opennrm.casework.exploring.acts import ACTS
from opennrm.casework.exploring.bounds import Bounds
from opennrm.casework.exploring.explorer import Walk, explore
from opennrm.casework.exploring.houses import HOUSES
from opennrm.casework.exploring.model import NOTHING, Symmetry, first
from opennrm.casework.exploring.telling import told, told_invariants
from opennrm.casework.exploring.walks import FULL, SHORT

LEFT_TO_THE_LONG_WALKS = {"arrange"}
_walked: dict[str, Walk] = {}


def walked(bounds: Bounds) -> Walk:
    """Walk once for all tests."""
    if bounds.name not in _walked:
        _walked[bounds.name] = explore(bounds)
    return _walked[bounds.name]


class TestShortWalks:
    @pytest.mark.parametrize("bounds", SHORT, ids=[bounds.name for bounds in SHORT])
    def test_keep_every_invariant(self, bounds: Bounds) -> None:
        walk = walked(bounds)

        assert [(one.invariant.name, one.path) for one in walk.broken] == []
        assert walk.states > 100 and walk.transitions > walk.states

    def test_take_every_act_of_the_model(self) -> None:
        taken = frozenset().union(*(walked(bounds).used for bounds in SHORT))

        assert {act.name for act in ACTS} - taken == LEFT_TO_THE_LONG_WALKS

    def test_tell_their_bounds_and_their_size(self) -> None:
        lines = "\n".join(told(walked(SHORT[0])))

        assert "a second shelter like it" in lines
        assert "removals (immigration enforcement)" in lines
        assert "days: 0, 10; person: adult" in lines
        assert f"{walked(SHORT[0]).states:,} states" in lines

    def test_say_what_they_look_for(self) -> None:
        lines = list(told_invariants())

        assert all(line.endswith((".", ":")) for line in lines)
        assert "  - From every state, some path leads to help again." in lines


class TestWalks:
    def test_look_at_every_chapter_together(self) -> None:
        chapters = {chapter for bounds in FULL for chapter in bounds.chapters}

        assert chapters == {act.chapter for act in ACTS}

    def test_look_at_several_organisations_one_of_them_of_immigration_enforcement(self) -> None:
        names = {name for bounds in FULL for name in bounds.houses}

        assert len(names) >= 5
        assert [name for name in names if HOUSES[name].is_enforcement] == ["removals"]

    def test_are_short_where_the_tests_repeat_them(self) -> None:
        names = [bounds.name for bounds in FULL]

        assert {bounds.name for bounds in SHORT} <= set(names)
        assert len(set(names)) == len(names)


class TestStates:
    def test_that_differ_by_which_of_two_like_houses_is_which_are_one(self) -> None:
        bounds = FULL[0]
        state = first("adult", bounds)
        share = NOTHING._replace(consent_from=0, consent_until=30)
        one = state._replace(shares=(share, *state.shares[1:]))
        other = state._replace(shares=(state.shares[0], share, *state.shares[2:]))

        merged = Symmetry(bounds).merged

        assert one != other
        assert merged(one) == merged(other)

    def test_of_unlike_houses_stay_apart(self) -> None:
        bounds = FULL[0]
        state = first("adult", bounds)
        share = NOTHING._replace(consent_from=0, consent_until=30)
        one = state._replace(shares=(share, *state.shares[1:]))
        other = state._replace(shares=(*state.shares[:-1], share))

        merged = Symmetry(bounds).merged

        assert merged(one) != merged(other)
