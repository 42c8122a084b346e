"""Kinds of facts of the decisions and the recovery and reflection period."""

from collections.abc import Mapping

from opennrm.lifecycle import codes as own
from opennrm.lifecycle import fields as of
from opennrm.lifecycle.fields import Field, must
from opennrm.lifecycle.kinds.kind import Kind
from opennrm.vocabulary import identification, residence
from opennrm.vocabulary.organisations import OrganisationKind
from opennrm.vocabulary.scopes import Scope

DECIDING = (
    identification.NegativeReason,
    identification.EvidenceKind,
    own.FoundReason,
)
DECIDED: Mapping[str, Field] = {
    "standard": must(of.code(identification.DecisionStandard)),
    "decided_on": must(of.day()),
    "second_reader": of.reference(),
    "hold": of.reference(),
    "signed_by": of.codes(OrganisationKind),
    "trauma_considered": of.flag(),
    "reasons_codes": of.codes(*DECIDING),
    "language": of.like(of.LANGUAGE),
    "remedy": of.code(own.Remedy),
    "remedy_until": of.day(),
}
DECISION = (
    Kind(
        "reasonable_grounds_decided",
        "Reasonable-grounds decision",
        Scope.DECISIONS,
        track="identification",
        fields={"outcome": must(of.code(own.PreliminaryOutcome)), **DECIDED},
        sealed=("reasons", "doubted_facts"),
    ),
    Kind(
        "recovery_period_opened",
        "Recovery and reflection period opened",
        Scope.DECISIONS,
        fields={
            "told_on": must(of.day()),
            "language": of.like(of.LANGUAGE),
            "with_interpreter": of.flag(),
            "days": must(of.count()),
            "from": must(of.day()),
            "until": must(of.day()),
            "extension_of": of.reference(),
            "extension_reason": of.code(residence.RecoveryExtensionReason),
        },
    ),
    Kind(
        "recovery_ended_early",
        "Recovery and reflection period ended early",
        Scope.DECISIONS,
        fields={
            "period": must(of.reference()),
            "ground": must(of.code(residence.EarlyEndGround)),
            "ends_on": must(of.day()),
            "second_reader": of.reference(),
            "hold": of.reference(),
            "language": of.like(of.LANGUAGE),
            "remedy": of.code(own.Remedy),
            "remedy_until": of.day(),
        },
        sealed=("reasons",),
    ),
    Kind(
        "identification_decided",
        "Formal identification decision",
        Scope.DECISIONS,
        track="identification",
        fields={"outcome": must(of.code(own.FormalOutcome)), **DECIDED},
        sealed=("reasons", "doubted_facts"),
    ),
    Kind(
        "reconsideration_asked",
        "Reconsideration asked for",
        Scope.DECISIONS,
        needs="read",
        track="identification",
        fields={
            "of": must(of.reference()),
            "grounds": of.code(identification.ReconsiderationGround),
            "asked_on": must(of.day()),
            "late": of.flag(),
        },
        sealed=("grounds_text",),
    ),
    Kind(
        "decision_letter_given",
        "Letter on a decision",
        Scope.DECISIONS,
        needs="read",
        fields={
            "decision": must(of.reference()),
            "language": must(of.like(of.LANGUAGE)),
            "handed_over": must(of.code(identification.LetterHandover)),
            "given_on": must(of.day()),
        },
        sealed=("own_language",),
    ),
)
