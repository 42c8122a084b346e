"""Kinds of facts of breaches, outcomes, closing and opening again."""

from opennrm.lifecycle import codes as own
from opennrm.lifecycle import fields as of
from opennrm.lifecycle.fields import must
from opennrm.lifecycle.kinds.kind import Kind
from opennrm.vocabulary import assistance, holds, safety
from opennrm.vocabulary.scopes import Scope

OUTCOME = (
    Kind(
        "breach_observed",
        "Breach observed",
        Scope.SKELETON,
        needs="any",
        fields={
            "breach": must(of.code(safety.BreachCategory)),
            "observed_on": must(of.day()),
            "rule": of.like(of.RULE),
        },
    ),
    Kind(
        "breach_described",
        "Breach described",
        Scope.SAFETY,
        needs="any",
        fields={"breach": must(of.reference())},
        sealed=("text",),
    ),
    Kind(
        "outcome_recorded",
        "Outcome recorded",
        Scope.PLAN,
        fields={"outcomes": of.codes(own.OUTCOMES), "self_assessed": of.flag()},
        sealed=("words",),
    ),
    Kind(
        "case_closed",
        "Case closed",
        Scope.SKELETON,
        track="assistance",
        fields={
            "exit_kind": must(of.code(assistance.ExitKind)),
            "plan_reviewed": of.flag(),
            "claims_listed": of.flag(),
            "safety_plan": of.flag(),
            "return_contact": of.flag(),
            "retention_until": of.day(),
            "other_doors": of.codes(holds.HelpDoor),
            "hold": of.reference(),
        },
    ),
    Kind(
        "case_reopened",
        "Case opened again",
        Scope.SKELETON,
        track="assistance",
        fields={"reason": of.code(own.ReopeningReason)},
    ),
)
