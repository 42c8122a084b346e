"""The table of moves of all four tracks, and whether a step may be made from where a case is."""

from collections.abc import Iterable, Mapping

from opennrm.lifecycle.case import Case
from opennrm.lifecycle.fields import OpenValue
from opennrm.lifecycle.move import Move
from opennrm.lifecycle.tracks import TRACKS
from opennrm.rights.findings import Finding, broken, holds
from opennrm.vocabulary.roles import Role

MOVE = "moves"
MOVES: tuple[Move, ...] = tuple(move for track in TRACKS for move in track.moves)
REMEDIES = {
    ("assistance", "exited"): (
        "reopen_case",
        "Open the case again first; no new proof is needed.",
    ),
    ("assistance", "none"): ("offer_service", "Offer a service first, then record the answer."),
    ("identification", "none"): (
        "record_screening",
        "Record the screening or the referral first; then the authority can decide.",
    ),
    ("identification", "presumed"): (
        "refer",
        "Refer to the authority first, with her consent; then it can decide.",
    ),
    ("identification", "reasonable_grounds_pending"): (
        "decide_reasonable_grounds",
        "Decide on reasonable grounds first; the formal decision comes after it.",
    ),
    ("identification", "withdrawn_by_person"): (
        "take_consent",
        "The person withdrew. Ask whether she wants to come back and record her consent.",
    ),
}
LOOK = ("look_at_case", "Look at where the case stands; the next possible steps are listed there.")


def judge(
    case: Case,
    kind: str,
    actor_roles: Iterable[Role],
    open_part: Mapping[str, OpenValue] | None = None,
    *,
    seen: Case | None = None,
) -> Finding:
    """Find whether a fact of this kind may be recorded now by someone with these roles.

    Without an open part, any content that is possible counts. A fact that makes no move in any
    track, such as a referral to a shelter, is always possible here. `seen` is the case as the
    asker sees it: where a track looks otherwise from there, the answer does not name its state.
    """
    rows = _rows(case, kind, open_part)
    if not rows:
        return holds(MOVE)
    possible = [move for move in rows if move.leaves(case.standings[move.track])]
    if not possible:
        return _no_way(case, rows, case if seen is None else seen)
    if not any(move.roles.intersection(actor_roles) for move in possible):
        return _not_for_role(possible)
    return holds(MOVE)


def _rows(case: Case, kind: str, open_part: Mapping[str, OpenValue] | None) -> list[Move]:
    if open_part is None:
        return [move for move in MOVES if move.kind == kind]
    event = case.event(kind, open_part)
    return [move for move in MOVES if move.concerns(event)]


def _no_way(case: Case, rows: list[Move], seen: Case) -> Finding:
    track = rows[0].track
    state = case.standings[track].state
    if seen.standings[track].state != state:
        return broken(MOVE, "not_from_here", LOOK[0], f"This step cannot be made now. {LOOK[1]}")
    remedy, says = REMEDIES.get((track, state), LOOK)
    sentence = f"This step cannot be made while {track} stands at {_words(state)}. {says}"
    return broken(MOVE, "not_from_here", remedy, sentence)


def _not_for_role(rows: list[Move]) -> Finding:
    codes = sorted({role.value for move in rows for role in move.roles})
    sentence = f"Your role may not do this. Ask someone who holds one of: {', '.join(codes)}."
    return broken(MOVE, "role_not_allowed", "ask_the_right_role", sentence)


def _words(state: str) -> str:
    return state.replace("_", " ")
