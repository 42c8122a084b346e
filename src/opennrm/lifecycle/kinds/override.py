"""Kinds of facts of rules that gave way: that it happened, why in words, and that she was told."""

from opennrm.lifecycle import fields as of
from opennrm.lifecycle.fields import must
from opennrm.lifecycle.kinds.kind import Kind
from opennrm.vocabulary import holds
from opennrm.vocabulary.scopes import Scope

OVERRIDE = (
    Kind(
        "rule_overridden",
        "A rule gave way",
        Scope.SKELETON,
        needs="any",
        fields={
            "rule": must(of.like(of.RULE)),
            "reason": must(of.code(holds.OverrideReason)),
            "about": of.reference(),
            "hold": of.reference(),
            "tell_person_by": must(of.day()),
        },
    ),
    Kind(
        "override_explained",
        "Why a rule gave way",
        Scope.SAFETY,
        needs="any",
        fields={"override": must(of.reference())},
        sealed=("text",),
    ),
    Kind(
        "person_told",
        "The person was told",
        Scope.SKELETON,
        needs="any",
        fields={
            "about": must(of.reference()),
            "told_on": must(of.day()),
            "language": of.like(of.LANGUAGE),
        },
    ),
)
