"""The assistance track: help offered, accepted, given, rested, ended, and open again."""

from opennrm.lifecycle.move import STAYS, Move, Track
from opennrm.vocabulary.assistance import AssistanceStatus as Status
from opennrm.vocabulary.roles import Role

NAME = "assistance"
NONE = "none"
ALL = frozenset({NONE, *Status})
LEFT = frozenset({Status.EXITED})
OPEN = ALL - LEFT
HELPED = frozenset({Status.ACCEPTED, Status.IN_SUPPORT, Status.PAUSED, Status.FOLLOW_UP})
BACK = frozenset({Status.RE_ENTERED})

OFFERERS = frozenset({Role.FR, Role.HL, Role.CM, Role.SH})
PLANNERS = frozenset({Role.CM})
CLOSERS = frozenset({Role.CM})
DOOR_KEEPERS = frozenset({Role.FR, Role.HL, Role.CM})
PROVIDERS = frozenset(
    {
        Role.CM,
        Role.SH,
        Role.HC,
        Role.LA,
        Role.IN,
        Role.GU,
        Role.CP,
        Role.VW,
        Role.CO,
        Role.TF,
        Role.RE,
        Role.FR,
        Role.HL,
    }
)
ACCEPTED = {"answer": frozenset({"accepted"})}
DECLINED_BY_PERSON = {"answer": frozenset({"declined"}), "by": frozenset({"person"})}
DECLINED_BY_PROVIDER = {"answer": frozenset({"declined"}), "by": frozenset({"provider"})}

MOVES = (
    Move(
        NAME,
        "Help offered",
        "service_offered",
        frozenset({NONE, Status.OFFERED, Status.DECLINED}),
        Status.OFFERED,
        OFFERERS,
        rules=("R01", "R03", "R06"),
    ),
    Move(
        NAME,
        "More help offered",
        "service_offered",
        HELPED | BACK,
        STAYS,
        OFFERERS,
        rules=("R01", "R06"),
    ),
    Move(
        NAME,
        "Help accepted",
        "offer_answered",
        frozenset({Status.OFFERED, Status.DECLINED}) | BACK,
        Status.ACCEPTED,
        PROVIDERS,
        when=ACCEPTED,
        rules=("R11",),
    ),
    Move(
        NAME,
        "More help accepted",
        "offer_answered",
        HELPED,
        STAYS,
        PROVIDERS,
        when=ACCEPTED,
        rules=("R11",),
    ),
    Move(
        NAME,
        "Help declined for now",
        "offer_answered",
        frozenset({Status.OFFERED}),
        Status.DECLINED,
        PROVIDERS,
        when=DECLINED_BY_PERSON,
        rules=("R11",),
    ),
    Move(
        NAME,
        "One offer declined; the rest stands",
        "offer_answered",
        HELPED | BACK | {Status.DECLINED},
        STAYS,
        PROVIDERS,
        when=DECLINED_BY_PERSON,
        rules=("R11",),
    ),
    Move(
        NAME,
        "A provider declines; the offer of help stands",
        "offer_answered",
        OPEN - {NONE},
        STAYS,
        PROVIDERS,
        when=DECLINED_BY_PROVIDER,
        rules=("R04", "R05"),
    ),
    Move(
        NAME,
        "Help given",
        "service_delivered",
        HELPED | BACK | {Status.OFFERED, Status.DECLINED},
        Status.IN_SUPPORT,
        PROVIDERS,
        rules=("R11",),
    ),
    Move(
        NAME,
        "Plan agreed",
        "plan_agreed",
        OPEN,
        Status.IN_SUPPORT,
        PLANNERS,
        rules=("R10", "R12"),
    ),
    Move(
        NAME,
        "Support rests",
        "assistance_paused",
        frozenset({Status.ACCEPTED, Status.IN_SUPPORT, Status.PAUSED, *BACK}),
        Status.PAUSED,
        PLANNERS,
    ),
    Move(
        NAME,
        "Follow-up starts",
        "follow_up_started",
        HELPED,
        Status.FOLLOW_UP,
        PLANNERS,
        rules=("R45",),
    ),
    Move(NAME, "Support ends", "case_closed", OPEN, Status.EXITED, CLOSERS, rules=("R09",)),
    Move(
        NAME,
        "Contact ends before support began",
        "case_closed",
        frozenset({NONE, Status.OFFERED, Status.DECLINED}),
        Status.EXITED,
        DOOR_KEEPERS,
        rules=("R09",),
    ),
    Move(
        NAME,
        "The door opens again",
        "case_reopened",
        LEFT,
        Status.RE_ENTERED,
        DOOR_KEEPERS,
        rules=("R13",),
    ),
)
TRACK = Track(NAME, NONE, (NONE, *Status), MOVES)
