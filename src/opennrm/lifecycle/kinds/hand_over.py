"""Kinds of facts of a hand-over to, or from, a focal point of another State."""

from opennrm.lifecycle import fields as of
from opennrm.lifecycle.fields import must
from opennrm.lifecycle.kinds.kind import Kind
from opennrm.vocabulary import hand_over, sharing
from opennrm.vocabulary.scopes import Scope

HAND_OVER = (
    Kind(
        "hand_over_offered",
        "Hand-over to another State offered",
        Scope.CONSENTS,
        needs="any",
        fields={
            "to": must(of.reference()),
            "purpose": must(of.code(sharing.ConsentPurpose, sharing.Purpose)),
            "movement": must(of.code(hand_over.Movement)),
            "basis_fact": must(of.reference()),
            "parts": must(of.all_like(of.COMPARTMENT)),
            "until": must(of.day()),
            "reply_by": must(of.day()),
        },
    ),
    Kind(
        "hand_over_sent",
        "Handed over to another State",
        Scope.CONSENTS,
        needs="any",
        fields={
            "answers": must(of.reference()),
            "basis_fact": must(of.reference()),
            "parts": must(of.all_like(of.COMPARTMENT)),
            "assessed_on": must(of.day()),
        },
    ),
    Kind(
        "hand_over_revoked",
        "Hand-over to another State taken back",
        Scope.CONSENTS,
        needs="any",
        fields={
            "answers": must(of.reference()),
            "reason": must(of.code(hand_over.Revocation)),
        },
    ),
    Kind(
        "hand_over_taken",
        "Taken over from another State",
        Scope.CONSENTS,
        needs="any",
        fields={
            "hand_over": must(of.reference()),
            "referred_by": must(of.reference()),
            "purpose": must(of.code(sharing.ConsentPurpose, sharing.Purpose)),
            "movement": must(of.code(hand_over.Movement)),
            "until": must(of.day()),
        },
    ),
)
