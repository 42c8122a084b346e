"""The residence track: the status a migration or asylum authority records; it moves no other."""

from opennrm.lifecycle.move import Move, Track
from opennrm.vocabulary.residence import ResidenceTrack as Status
from opennrm.vocabulary.roles import Role

NAME = "residence"
NOT_RECORDED = "not_recorded"
STATES = (NOT_RECORDED, *Status)
RECORDERS = frozenset({Role.MI, Role.AS})
MOVES = tuple(
    Move(
        NAME,
        status.label,
        "residence_recorded",
        frozenset(STATES),
        status,
        RECORDERS,
        when={"status": frozenset({status})},
        rules=("R17",),
    )
    for status in Status
)
TRACK = Track(NAME, NOT_RECORDED, STATES, MOVES)
