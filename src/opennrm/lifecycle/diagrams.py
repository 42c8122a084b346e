"""Draws the state diagrams of the four tracks from the table of moves, as a page of Markdown.

Renew the page: `python -m opennrm.lifecycle.diagrams > docs/reference/state-diagrams.md`.
"""

import sys
from collections.abc import Iterator

from opennrm.lifecycle.fields import OpenValue
from opennrm.lifecycle.move import AS_BEFORE, STAYS, Move, Track
from opennrm.lifecycle.tracks import TRACKS

HEAD = """# State diagrams

Drawn from the table of moves; a test fails when this page is not current. No track moves another
(R17). A move that leaves a track where it is stands in the table below the diagram only.
"""


def state_diagrams() -> str:
    """Return the whole page."""
    parts = [HEAD, *(line for track in TRACKS for line in _section(track))]
    return "\n".join(parts) + "\n"


def _section(track: Track) -> Iterator[str]:
    yield f"## {track.name.capitalize()}\n"
    yield "```mermaid"
    yield "stateDiagram-v2"
    yield f"    [*] --> {_id(track.start)}"
    yield from _arrows(track)
    yield "```\n"
    yield "| move | fact | from | to | who | rules |"
    yield "| --- | --- | --- | --- | --- | --- |"
    yield from (_row(track, move) for move in track.moves)
    yield ""


def _arrows(track: Track) -> Iterator[str]:
    for move in track.moves:
        if move.to == STAYS:
            continue
        if move.sources == frozenset(track.states):
            yield f"    [*] --> {_id(move.to)}: {move.label}, from any state"
            continue
        for source in _ordered(track, move.sources):
            for target in _targets(track, move):
                yield f"    {_id(source)} --> {_id(target)}: {move.label}"


def _targets(track: Track, move: Move) -> list[str]:
    if move.to != AS_BEFORE:
        return [move.to]
    left = (row.sources for row in track.moves if row.keeps and row.to in move.sources)
    return _ordered(track, frozenset().union(*left))


def _ordered(track: Track, states: frozenset[str]) -> list[str]:
    return [state for state in track.states if state in states]


def _row(track: Track, move: Move) -> str:
    sources = _ordered(track, move.sources)
    every = len(sources) == len(track.states)
    cells = (
        move.label,
        _fact(move),
        "any" if every else ", ".join(sources),
        move.to,
        " ".join(sorted(role.value for role in move.roles)),
        " ".join(move.rules),
    )
    return "| " + " | ".join(cell.replace("_", " ") for cell in cells) + " |"


def _fact(move: Move) -> str:
    content = [f"{name} {' or '.join(_words(wanted))}" for name, wanted in move.when.items()]
    back = [f"before it {' or '.join(sorted(move.came_from))}"] if move.came_from else []
    return "; ".join([move.kind, *content, *back])


def _words(wanted: frozenset[OpenValue]) -> list[str]:
    named: dict[object, str] = {True: "yes", False: "no", None: "not named"}
    return sorted(named.get(one, str(one)) for one in wanted)


def _id(state: str) -> str:
    return state.replace("-", "_")


if __name__ == "__main__":
    sys.stdout.write(state_diagrams())
