"""Kinds of facts of acts that wait for a second person: proposed, answered, ended."""

from opennrm.lifecycle import fields as of
from opennrm.lifecycle.fields import must
from opennrm.lifecycle.kinds.kind import Kind
from opennrm.vocabulary import holds
from opennrm.vocabulary.roles import Role
from opennrm.vocabulary.scopes import Scope

HOLD = (
    Kind(
        "act_held",
        "Waits for a second person",
        Scope.DECISIONS,
        needs="any",
        fields={
            "act": must(of.code(holds.HeldAct)),
            "rule": must(of.like(of.RULE)),
            "to": must(of.reference()),
            "to_role": must(of.code(Role)),
            "to_account": of.reference(),
            "answer_by": must(of.moment_or_day()),
            "about": of.reference(),
            "step": of.like(of.CODE),
            "scopes": of.all_like(of.COMPARTMENT),
            "until": must(of.day()),
        },
        sealed=("reasons",),
    ),
    Kind(
        "opinion_given",
        "Second opinion given",
        Scope.DECISIONS,
        needs="any",
        fields={
            "answers": must(of.reference()),
            "opinion": must(of.code(holds.HeldOpinion)),
            "given_on": must(of.day()),
        },
        sealed=("words",),
    ),
    Kind(
        "hold_ended",
        "Hold ended",
        Scope.DECISIONS,
        needs="any",
        fields={
            "answers": must(of.reference()),
            "how": must(of.code(holds.HoldEnd)),
        },
    ),
)
