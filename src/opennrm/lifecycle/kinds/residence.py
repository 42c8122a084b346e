"""Kinds of facts of residence, asylum, removal, and pauses of the recovery period."""

from opennrm.lifecycle import codes as own
from opennrm.lifecycle import fields as of
from opennrm.lifecycle.fields import must
from opennrm.lifecycle.kinds.kind import Kind
from opennrm.vocabulary import residence
from opennrm.vocabulary.scopes import Scope

RESIDENCE = (
    Kind(
        "residence_recorded",
        "Residence status",
        Scope.RESIDENCE,
        track="residence",
        fields={"status": must(of.code(residence.ResidenceTrack)), "valid_until": of.day()},
        sealed=("note",),
    ),
    Kind(
        "permit_applied",
        "Permit applied for",
        Scope.RESIDENCE,
        needs="any",
        fields={
            "grounds": of.codes(residence.PermitGround),
            "applied_on": must(of.day()),
            "language": of.like(of.LANGUAGE),
        },
        sealed=("note",),
    ),
    Kind(
        "permit_decided",
        "Permit decided",
        Scope.RESIDENCE,
        fields={
            "answers": must(of.reference()),
            "outcome": must(of.code(residence.PermitOutcome)),
            "decided_on": must(of.day()),
            "ground": of.code(residence.PermitGround),
            "valid_until": of.day(),
            "language": of.like(of.LANGUAGE),
            "remedy": of.code(own.Remedy),
            "remedy_until": of.day(),
        },
        sealed=("reasons",),
    ),
    Kind(
        "asylum_information_given",
        "Told of asylum",
        Scope.CONSENTS,
        needs="any",
        fields={"given_on": must(of.day()), "language": must(of.like(of.LANGUAGE))},
    ),
    Kind(
        "asylum_wish_recorded",
        "What she said of asylum",
        Scope.RESIDENCE,
        needs="any",
        fields={"wish": must(of.code(residence.AsylumWish)), "said_on": must(of.day())},
        sealed=("own_words",),
    ),
    Kind(
        "removal_task_recorded",
        "Removal, detention or transfer asked for",
        Scope.RESIDENCE,
        needs="any",
        fields={
            "act": must(of.code(residence.RemovalAct)),
            "country": of.like(of.COUNTRY_OR_NONE),
            "noted_on": must(of.day()),
            "planned_on": of.day(),
        },
        sealed=("note",),
    ),
    Kind(
        "removal_task_authorised",
        "Removal, detention or transfer authorised",
        Scope.RESIDENCE,
        fields={
            "answers": must(of.reference()),
            "act": must(of.code(residence.RemovalAct)),
            "hold": of.reference(),
        },
    ),
    Kind(
        "removal_task_stopped",
        "Removal, detention or transfer stopped",
        Scope.RESIDENCE,
        needs="any",
        fields={"answers": must(of.reference()), "stopped_on": must(of.day())},
        sealed=("note",),
    ),
    Kind(
        "recovery_paused",
        "Recovery and reflection period paused",
        Scope.DECISIONS,
        fields={
            "period": must(of.reference()),
            "reason": must(of.code(residence.RecoveryPauseReason)),
            "from": must(of.day()),
            "review_on": must(of.day()),
        },
        sealed=("reasons",),
    ),
    Kind(
        "recovery_resumed",
        "Recovery and reflection period goes on",
        Scope.DECISIONS,
        fields={"answers": must(of.reference()), "resumed_on": must(of.day())},
    ),
)
