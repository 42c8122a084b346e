"""Kinds of facts of needs, risks and the individual plan."""

from opennrm.lifecycle import fields as of
from opennrm.lifecycle.fields import must
from opennrm.lifecycle.kinds.kind import Kind
from opennrm.vocabulary import assistance, contact, safety
from opennrm.vocabulary.scopes import Scope

PLAN = (
    Kind(
        "needs_assessed",
        "Needs assessed",
        Scope.PLAN,
        fields={
            "domains": of.codes(assistance.NeedDomain),
            "urgent": of.codes(assistance.NeedDomain, contact.ImmediateNeed),
        },
        sealed=("needs",),
    ),
    Kind(
        "risk_assessed",
        "Risk assessed",
        Scope.SAFETY,
        fields={
            "level": must(of.code(safety.RiskLevel)),
            "topics": of.codes(safety.RiskTopic),
            "review_on": of.day(),
            "own_access": of.flag(),
        },
        sealed=("reasons",),
    ),
    Kind(
        "plan_agreed",
        "Plan agreed",
        Scope.PLAN,
        track="assistance",
        fields={
            "goals": of.codes(assistance.NeedDomain),
            "discussed_on": of.day(),
            "language": of.like(of.LANGUAGE),
            "seen_by_person": of.flag(),
            "own_entry": of.flag(),
            "discussed": of.flag(),
            "review_on": of.day(),
        },
        sealed=("own_words", "plan"),
    ),
    Kind(
        "safety_sheet_written",
        "Safety sheet written",
        Scope.SHEET,
        fields={"language": of.like(of.LANGUAGE)},
        sealed=("called", "allergies", "medicine", "threats", "appointments"),
    ),
)
