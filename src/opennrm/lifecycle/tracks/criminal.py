"""The criminal track: steps of proceedings, recorded as they are learned of; it moves no other."""

from opennrm.lifecycle.move import Move, Track
from opennrm.vocabulary.criminal import CriminalTrack as Status
from opennrm.vocabulary.roles import Role

NAME = "criminal"
RECORDERS = frozenset({Role.LE, Role.PR})
RUNNING = frozenset(Status) - {Status.NONE, Status.FINAL, Status.DISCONTINUED}

SOURCES = {
    Status.INTELLIGENCE_ONLY: {Status.NONE},
    Status.REPORTED: {Status.NONE, Status.INTELLIGENCE_ONLY, Status.DISCONTINUED},
    Status.INVESTIGATION: {
        Status.NONE,
        Status.INTELLIGENCE_ONLY,
        Status.REPORTED,
        Status.DISCONTINUED,
    },
    Status.PROSECUTION: {Status.NONE, Status.REPORTED, Status.INVESTIGATION, Status.DISCONTINUED},
    Status.TRIAL: {Status.NONE, Status.PROSECUTION, Status.APPEAL},
    Status.JUDGMENT: {Status.NONE, Status.TRIAL, Status.APPEAL},
    Status.APPEAL: {Status.NONE, Status.JUDGMENT},
    Status.FINAL: {Status.NONE, Status.JUDGMENT, Status.APPEAL},
    Status.DISCONTINUED: {Status.NONE, *RUNNING},
}
MOVES = tuple(
    Move(
        NAME,
        step.label,
        "criminal_step_recorded",
        frozenset(sources),
        step,
        RECORDERS,
        when={"step": frozenset({step})},
        rules=("R17",),
    )
    for step, sources in SOURCES.items()
)
TRACK = Track(NAME, Status.NONE, tuple(Status), MOVES)
