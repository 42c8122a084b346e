"""The identification track: from the first sign to the formal decision, and back again."""

from opennrm.lifecycle.fields import OpenValue
from opennrm.lifecycle.move import AS_BEFORE, STAYS, Move, Track
from opennrm.vocabulary.identification import IdentificationStatus as Status
from opennrm.vocabulary.roles import Role

NAME = "identification"
ALL = frozenset(Status)
FIRST = frozenset({Status.NONE, Status.PRESUMED})
BEFORE_GROUNDS = frozenset({*FIRST, Status.REASONABLE_GROUNDS_PENDING})
NEGATIVE = frozenset({Status.REASONABLE_GROUNDS_NEGATIVE, Status.NOT_IDENTIFIED})
RECONSIDERED = frozenset({Status.RECONSIDERATION_PENDING})
WITHDRAWN = frozenset({Status.WITHDRAWN_BY_PERSON})
GRANTED = frozenset({Status.REASONABLE_GROUNDS_POSITIVE})
OPEN = BEFORE_GROUNDS | GRANTED | RECONSIDERED
ASKED: dict[str, frozenset[OpenValue]] = {"purpose": frozenset({"identification", "referral"})}
CONSENTED: dict[str, frozenset[OpenValue]] = {**ASKED, "recipient_role": frozenset({"CA", None})}
TO_AUTHORITY: dict[str, frozenset[OpenValue]] = {"to_role": frozenset({"CA"}), **ASKED}

SCREENERS = frozenset({Role.FR, Role.HL})
REFERRERS = frozenset({Role.FR, Role.HL, Role.CM, Role.CA})
CONSENT_TAKERS = frozenset({Role.FR, Role.HL, Role.CM, Role.GU})
AUTHORITY = frozenset({Role.CA})
SPEAKERS = frozenset({Role.FR, Role.CA, Role.CM, Role.SH, Role.LA, Role.GU, Role.CP})

MOVES = (
    Move(
        NAME,
        "Screening shows signs",
        "screening_recorded",
        frozenset({Status.NONE}),
        Status.PRESUMED,
        SCREENERS,
        when={"presumed": frozenset({True})},
        rules=("R03",),
    ),
    Move(
        NAME,
        "Screening again",
        "screening_recorded",
        ALL - {Status.NONE},
        STAYS,
        SCREENERS,
        when={"presumed": frozenset({True})},
    ),
    Move(
        NAME,
        "Screening shows no signs",
        "screening_recorded",
        ALL,
        STAYS,
        SCREENERS,
        when={"presumed": frozenset({False})},
        rules=("R19",),
    ),
    Move(
        NAME,
        "Referred to the authority",
        "referral_sent",
        BEFORE_GROUNDS | NEGATIVE,
        Status.REASONABLE_GROUNDS_PENDING,
        REFERRERS,
        when=TO_AUTHORITY,
        rules=("R14", "R41"),
    ),
    Move(
        NAME,
        "Referred again; what was decided is not argued again",
        "referral_sent",
        GRANTED | {Status.IDENTIFIED} | RECONSIDERED,
        STAYS,
        REFERRERS,
        when=TO_AUTHORITY,
        rules=("R13",),
    ),
    Move(
        NAME,
        "Reasonable grounds not decided yet",
        "reasonable_grounds_decided",
        BEFORE_GROUNDS,
        Status.REASONABLE_GROUNDS_PENDING,
        AUTHORITY,
        when={"outcome": frozenset({"pending"})},
    ),
    Move(
        NAME,
        "Reasonable grounds found",
        "reasonable_grounds_decided",
        BEFORE_GROUNDS,
        Status.REASONABLE_GROUNDS_POSITIVE,
        AUTHORITY,
        when={"outcome": frozenset({"positive"})},
        rules=("R16",),
    ),
    Move(
        NAME,
        "Reasonable grounds not found",
        "reasonable_grounds_decided",
        frozenset({Status.REASONABLE_GROUNDS_PENDING}),
        Status.REASONABLE_GROUNDS_NEGATIVE,
        AUTHORITY,
        when={"outcome": frozenset({"negative"})},
        rules=("R16", "R23"),
    ),
    Move(
        NAME,
        "Identified",
        "identification_decided",
        BEFORE_GROUNDS - {Status.NONE} | GRANTED,
        Status.IDENTIFIED,
        AUTHORITY,
        when={"outcome": frozenset({"identified"})},
    ),
    Move(
        NAME,
        "Not identified",
        "identification_decided",
        GRANTED,
        Status.NOT_IDENTIFIED,
        AUTHORITY,
        when={"outcome": frozenset({"not_identified"})},
        rules=("R19", "R23"),
    ),
    Move(
        NAME,
        "Formal decision not taken yet",
        "identification_decided",
        GRANTED | RECONSIDERED,
        STAYS,
        AUTHORITY,
        when={"outcome": frozenset({"pending"})},
    ),
    Move(
        NAME,
        "Reconsideration asked for",
        "reconsideration_asked",
        NEGATIVE,
        Status.RECONSIDERATION_PENDING,
        SPEAKERS,
        keeps=True,
        rules=("R23",),
    ),
    Move(
        NAME,
        "Reconsideration asked for again",
        "reconsideration_asked",
        RECONSIDERED,
        STAYS,
        SPEAKERS,
    ),
    Move(
        NAME,
        "Reconsidered, still being looked at",
        "reasonable_grounds_decided",
        RECONSIDERED,
        STAYS,
        AUTHORITY,
        when={"outcome": frozenset({"pending"})},
        came_from=frozenset({Status.REASONABLE_GROUNDS_NEGATIVE}),
    ),
    Move(
        NAME,
        "Reconsidered, reasonable grounds found",
        "reasonable_grounds_decided",
        RECONSIDERED,
        Status.REASONABLE_GROUNDS_POSITIVE,
        AUTHORITY,
        when={"outcome": frozenset({"positive"})},
        came_from=frozenset({Status.REASONABLE_GROUNDS_NEGATIVE}),
        rules=("R16",),
    ),
    Move(
        NAME,
        "Reconsidered, reasonable grounds not found",
        "reasonable_grounds_decided",
        RECONSIDERED,
        Status.REASONABLE_GROUNDS_NEGATIVE,
        AUTHORITY,
        when={"outcome": frozenset({"negative"})},
        came_from=frozenset({Status.REASONABLE_GROUNDS_NEGATIVE}),
        rules=("R16", "R23"),
    ),
    Move(
        NAME,
        "Reconsidered, identified",
        "identification_decided",
        RECONSIDERED,
        Status.IDENTIFIED,
        AUTHORITY,
        when={"outcome": frozenset({"identified"})},
    ),
    Move(
        NAME,
        "Reconsidered, not identified",
        "identification_decided",
        RECONSIDERED,
        Status.NOT_IDENTIFIED,
        AUTHORITY,
        when={"outcome": frozenset({"not_identified"})},
        came_from=frozenset({Status.NOT_IDENTIFIED}),
        rules=("R19", "R23"),
    ),
    Move(
        NAME,
        "The person withdraws from identification",
        "consent_withdrawn",
        OPEN - {Status.NONE},
        Status.WITHDRAWN_BY_PERSON,
        CONSENT_TAKERS,
        when=CONSENTED,
        keeps=True,
        rules=("R41",),
    ),
    Move(
        NAME,
        "The person takes her consent back; what was decided stands",
        "consent_withdrawn",
        ALL - (OPEN - {Status.NONE}),
        STAYS,
        CONSENT_TAKERS,
        when=CONSENTED,
        rules=("R41",),
    ),
    Move(
        NAME,
        "The person comes back",
        "consent_given",
        WITHDRAWN,
        AS_BEFORE,
        CONSENT_TAKERS,
        when=CONSENTED,
        rules=("R13",),
    ),
    Move(
        NAME,
        "The person agrees",
        "consent_given",
        ALL - WITHDRAWN,
        STAYS,
        CONSENT_TAKERS,
        when=CONSENTED,
        rules=("R41",),
    ),
)
TRACK = Track(NAME, Status.NONE, tuple(Status), MOVES)
