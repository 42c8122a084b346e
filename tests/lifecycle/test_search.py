"""A walk over every reachable state of the four tracks: what must never happen cannot."""

from collections import deque
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import product

import pytest

from opennrm.lifecycle.move import AS_BEFORE, Event, Move, Standing, Track
from opennrm.lifecycle.tracks import TRACKS

Where = Mapping[str, Standing]
NAMES = tuple(track.name for track in TRACKS)
HELP = {
    "offer": Event("service_offered"),
    "accept": Event("offer_answered", {"answer": "accepted", "by": "person"}),
    "deliver": Event("service_delivered"),
    "reopen": Event("case_reopened"),
}


def events() -> list[tuple[Move, Event]]:
    """Return every content of every step that any move asks for."""
    return [
        (move, Event(move.kind, dict(zip(move.when, codes, strict=True))))
        for track in TRACKS
        for move in track.moves
        for codes in product(*move.when.values())
    ]


def is_allowed(where: Where, event: Event) -> bool:
    """Tell whether the table has a move for an event from here, for anyone."""
    rows = [m for t in TRACKS for m in t.moves if m.concerns(event)]
    return any(move.leaves(where[move.track]) for move in rows)


def after(where: Where, event: Event) -> Where:
    """Return where all four tracks stand after an event."""
    return {track.name: track.step(where[track.name], event) for track in TRACKS}


@cache
def reachable(names: tuple[str, ...]) -> tuple[Where, ...]:
    """Walk from the start of a case to everywhere the steps of some tracks can lead."""
    start = {track.name: Standing(track.start) for track in TRACKS}
    found = {key_of(start): start}
    waiting = deque([start])
    own = [event for move, event in events() if move.track in names]
    while waiting:
        where = waiting.popleft()
        for event in own:
            there = after(where, event)
            if is_allowed(where, event) and key_of(there) not in found:
                found[key_of(there)] = there
                waiting.append(there)
    return tuple(found.values())


def key_of(where: Where) -> str:
    """Name a place in the search."""
    return repr(sorted(where.items(), key=lambda pair: pair[0]))


def steps(names: tuple[str, ...]) -> Iterator[tuple[Where, Event, Where]]:
    """Yield every allowed step from every reachable place."""
    for where in reachable(names):
        for _, event in events():
            if is_allowed(where, event):
                yield where, event, after(where, event)


BOTH = ("identification", "assistance")


class TestEveryReachableState:
    def test_is_found_and_is_more_than_the_names_of_states(self) -> None:
        states = {where["identification"].state for where in reachable(BOTH)}
        identification = next(track for track in TRACKS if track.name == "identification")

        assert states == set(identification.states)
        assert len(reachable(BOTH)) > len(identification.states) * 9

    def test_is_never_not_identified_without_a_formal_decision(self) -> None:
        for where, event, there in steps(BOTH):
            came = there["identification"].state == "not_identified"
            if came and where["identification"].state != "not_identified":
                assert event.kind == "identification_decided"
                assert event.codes["outcome"] == "not_identified"

    def test_is_never_refused_by_a_screening(self) -> None:
        screening = Event("screening_recorded", {"presumed": False})

        for where in reachable(BOTH):
            assert after(where, screening) == where

    def test_keeps_the_formal_no_to_the_competent_authority(self) -> None:
        deciding = [
            move
            for track in TRACKS
            for move in track.moves
            if move.to in ("not_identified", "reasonable_grounds_negative")
        ]

        assert deciding
        assert {role.value for move in deciding for role in move.roles} == {"CA"}

    @pytest.mark.parametrize("name", NAMES)
    def test_changes_only_in_the_track_a_step_belongs_to(self, name: str) -> None:
        own = [(move, event) for move, event in events() if move.track == name]
        others = [other for other in NAMES if other != name]

        for where in reachable(BOTH):
            for _, event in own:
                there = after(where, event)
                assert [there[other] for other in others] == [where[other] for other in others]

    def test_does_not_change_when_the_criminal_case_is_dropped(self) -> None:
        dropped = Event("criminal_step_recorded", {"step": "discontinued"})

        for where in reachable(BOTH):
            there = after({**where, "criminal": Standing("investigation")}, dropped)
            assert there["criminal"].state == "discontinued"
            assert {n: there[n] for n in BOTH} == {n: where[n] for n in BOTH}

    def test_lets_help_be_reached_by_help_alone(self) -> None:
        for where in reachable(BOTH):
            there = where
            if there["assistance"].state == "exited":
                there = taken(there, HELP["reopen"])
            for name in ("offer", "accept", "deliver"):
                there = taken(there, HELP[name])
            assert there["assistance"].state == "in_support"
            assert there["identification"] == where["identification"]

    def test_asks_the_same_of_help_whatever_identification_says(self) -> None:
        allowed = {
            (where["assistance"], tuple(is_allowed(where, event) for event in HELP.values()))
            for where in reachable(BOTH)
        }

        assert len(allowed) == len({where["assistance"] for where in reachable(BOTH)})

    def test_lets_the_person_withdraw_and_come_back_to_where_she_was(self) -> None:
        leaves = Event("consent_withdrawn", {"purpose": "identification"})
        returns = Event("consent_given", {"purpose": "identification"})

        for where in reachable(BOTH):
            away = after(where, leaves)
            if away != where:
                assert away["identification"].state == "withdrawn_by_person"
                assert after(away, returns) == where
                assert away["assistance"] == where["assistance"]

    def test_leaves_a_way_on_from_everywhere(self) -> None:
        for where in reachable(BOTH):
            on = [e for _, e in events() if is_allowed(where, e) and after(where, e) != where]
            assert on, where

    def test_has_no_two_moves_that_disagree(self) -> None:
        for where, event, _ in steps(BOTH):
            for track in TRACKS:
                standing = where[track.name]
                rows = [m for m in track.moves if m.concerns(event) and m.leaves(standing)]
                assert len({move.reach(standing) for move in rows}) <= 1


class TestTrack:
    def test_goes_back_nowhere_when_nothing_was_left(self) -> None:
        back = Move("x", "Back", "k", frozenset({"away"}), AS_BEFORE, frozenset())
        track = Track("x", "away", ("away",), (back,))

        assert track.fold([Event("k")]) == Standing("away")


def taken(where: Where, event: Event) -> Where:
    """Take a step that must be allowed."""
    assert is_allowed(where, event), (where, event)
    return after(where, event)
