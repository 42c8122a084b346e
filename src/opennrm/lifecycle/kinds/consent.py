"""Kinds of facts on consent and on the legal duties that may stand in for it."""

from opennrm.lifecycle import codes as own
from opennrm.lifecycle import fields as of
from opennrm.lifecycle.fields import must
from opennrm.lifecycle.kinds.kind import Kind
from opennrm.vocabulary import sharing
from opennrm.vocabulary.roles import Role
from opennrm.vocabulary.scopes import Scope

CONSENT = (
    Kind(
        "consent_given",
        "Consent given",
        Scope.CONSENTS,
        track="identification",
        fields={
            "purpose": must(of.code(sharing.ConsentPurpose, sharing.Purpose)),
            "recipient": of.reference(),
            "recipient_role": of.code(Role),
            "recipient_account": of.reference(),
            "scopes": of.all_like(of.COMPARTMENT),
            "language": of.like(of.LANGUAGE),
            "interpreter": of.flag(),
            "form": of.code(sharing.ConsentForm, ("recorded",)),
            "explained_by": of.reference(),
            "given_on": must(of.day()),
            "until": of.day(),
            "recheck_on": of.day(),
            "guardian": of.flag(),
            "assent": of.flag(),
        },
        sealed=("note",),
    ),
    Kind(
        "consent_rechecked",
        "Consent asked about again",
        Scope.CONSENTS,
        fields={
            "consent": must(of.reference()),
            "asked_on": must(of.day()),
            "next_on": of.day(),
            "language": of.like(of.LANGUAGE),
            "interpreter": of.flag(),
        },
        sealed=("note",),
    ),
    Kind(
        "consent_withdrawn",
        "Consent withdrawn",
        Scope.CONSENTS,
        track="identification",
        fields={
            "consent": must(of.reference()),
            "reason": of.code(own.WithdrawalReason),
            "withdrawn_on": must(of.day()),
        },
        sealed=("note",),
    ),
    Kind(
        "own_door_opened",
        "Own page opened",
        Scope.CONSENTS,
        fields={
            "wanted": must(of.flag()),
            "looked_on": must(of.day()),
            "language": must(of.like(of.LANGUAGE)),
            "tells_duress": of.flag(),
        },
        sealed=("word",),
    ),
    Kind(
        "own_door_closed",
        "Own page closed",
        Scope.CONSENTS,
        fields={"reason": must(of.code(sharing.OwnDoorEnd))},
    ),
    Kind(
        "legal_duty_relied_on",
        "Legal duty relied on",
        Scope.CONSENTS,
        fields={
            "duty": must(of.code(own.Duty)),
            "recipient": must(of.reference()),
            "recipient_role": of.code(Role),
            "scopes": of.all_like(of.COMPARTMENT),
            "until": of.day(),
        },
        sealed=("reason",),
    ),
    Kind(
        "legal_duty_ended",
        "Legal duty ended early",
        Scope.CONSENTS,
        fields={
            "duty": must(of.reference()),
            "reason": of.code(own.DutyEndReason),
            "ended_on": must(of.day()),
        },
    ),
    Kind(
        "court_order_recorded",
        "Order of a court recorded",
        Scope.CONSENTS,
        fields={"scopes": must(of.all_like(of.COMPARTMENT)), "ordered_on": must(of.day())},
        sealed=("court", "recipient"),
    ),
    Kind(
        "court_package_made",
        "Package made for a court",
        Scope.CONSENTS,
        fields={
            "answers": must(of.reference()),
            "scopes": must(of.all_like(of.COMPARTMENT)),
            "digest": must(of.like(r"[0-9a-f]{64}")),
            "made_on": must(of.day()),
        },
    ),
    Kind(
        "emergency_asked",
        "Whereabouts asked for in an emergency",
        Scope.CONSENTS,
        needs="standby",
        fields={
            "part": must(of.like(of.COMPARTMENT)),
            "reason": must(of.code(sharing.EmergencyReason)),
            "until": must(of.moment_or_day()),
        },
        sealed=("why",),
    ),
    Kind(
        "emergency_opened",
        "Sealed part opened in an emergency",
        Scope.CONSENTS,
        needs="standby",
        fields={
            "rule": must(of.like(of.RULE)),
            "part": must(of.like(of.COMPARTMENT)),
            "reason": must(of.code(sharing.EmergencyReason)),
            "until": must(of.moment_or_day()),
            "answers": of.reference(),
        },
        sealed=("why",),
    ),
    Kind(
        "emergency_reviewed",
        "Emergency opening reviewed",
        Scope.CONSENTS,
        fields={
            "answers": must(of.reference()),
            "finding": must(of.code(sharing.EmergencyFinding)),
            "reviewed_on": must(of.day()),
        },
        sealed=("words",),
    ),
)
