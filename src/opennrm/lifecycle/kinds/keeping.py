"""Kinds of facts of what is written to her, kept, erased, lost or made public."""

from opennrm.lifecycle import fields as of
from opennrm.lifecycle.fields import must
from opennrm.lifecycle.kinds.kind import Kind
from opennrm.vocabulary import contact, keeping
from opennrm.vocabulary.scopes import Scope

KEEPING = (
    Kind(
        "message_written",
        "Message to the person written",
        Scope.WHEREABOUTS,
        fields={
            "channel": must(of.code(contact.SafeContact)),
            "language": of.like(of.LANGUAGE),
            "written_on": of.day(),
        },
        sealed=("sender", "subject", "text"),
    ),
    Kind(
        "legal_hold_set",
        "Legal hold set",
        Scope.SKELETON,
        fields={"reason": must(of.code(keeping.HoldReason)), "review_on": must(of.day())},
    ),
    Kind(
        "legal_hold_lifted",
        "Legal hold lifted",
        Scope.SKELETON,
        fields={"hold": must(of.reference()), "lifted_on": must(of.day())},
    ),
    Kind(
        "erasure_proposed",
        "Erasure proposed",
        Scope.SKELETON,
        fields={"closing": must(of.reference()), "proposed_on": must(of.day())},
    ),
    Kind(
        "record_erased",
        "Record erased",
        Scope.SKELETON,
        fields={
            "proposal": of.reference(),
            "undone_import": of.reference(),
            "erased_on": must(of.day()),
        },
    ),
    Kind(
        "data_breach_recorded",
        "Data breach recorded",
        Scope.SKELETON,
        needs="any",
        fields={
            "breach": must(of.code(keeping.DataBreachKind)),
            "found_on": must(of.day()),
            "high_risk": of.flag(),
            "scopes": of.all_like(of.SCOPE),
        },
    ),
    Kind(
        "data_breach_described",
        "Data breach described",
        Scope.SAFETY,
        needs="any",
        fields={"about": must(of.reference())},
        sealed=("text",),
    ),
    Kind(
        "data_breach_reported",
        "Data breach reported to the supervisory authority",
        Scope.SKELETON,
        needs="any",
        fields={"about": must(of.reference()), "reported_on": must(of.day())},
    ),
    Kind(
        "media_item_released",
        "Media item released",
        Scope.CONSENTS,
        fields={
            "medium": must(of.code(keeping.Medium)),
            "shows_person": of.flag(),
            "consent": of.reference(),
            "released_on": must(of.day()),
        },
        sealed=("item",),
    ),
)
