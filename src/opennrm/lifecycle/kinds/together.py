"""Kinds of facts of working together: who holds the case in a house, tasks, case conferences."""

from opennrm.lifecycle import codes as own
from opennrm.lifecycle import fields as of
from opennrm.lifecycle.fields import must, some
from opennrm.lifecycle.kinds.kind import Kind
from opennrm.vocabulary import assistance, together
from opennrm.vocabulary.roles import Role
from opennrm.vocabulary.scopes import Scope

TOGETHER = (
    Kind(
        "case_handed",
        "Handed to a colleague",
        Scope.SKELETON,
        needs="any",
        fields={
            "to_account": must(of.reference()),
            "to_role": must(of.code(Role)),
            "handing_reason": must(of.code(together.HandingReason)),
        },
    ),
    Kind(
        "handing_answered",
        "Handing over answered",
        Scope.SKELETON,
        needs="any",
        fields={
            "handing": must(of.reference()),
            "answer": must(of.code(own.ReferralAnswer)),
        },
    ),
    Kind(
        "task_set",
        "Task set",
        Scope.PLAN,
        fields={
            "to": must(of.reference()),
            "about": of.code(assistance.NeedDomain),
            "due_on": must(of.day()),
            "conference": of.reference(),
        },
        sealed=("task",),
    ),
    Kind(
        "task_ended",
        "Task ended",
        Scope.PLAN,
        needs="read",
        fields={"task": must(of.reference()), "task_end": must(of.code(together.TaskEnd))},
        sealed=("words",),
    ),
    Kind(
        "conference_called",
        "Case conference called",
        Scope.PLAN,
        fields={
            "held_on": must(of.day()),
            "invited": must(some(of.reference())),
            "conference_topics": must(of.codes(together.ConferenceTopic)),
        },
        sealed=("agenda",),
    ),
    Kind(
        "agenda_shown",
        "Agenda shown to the person",
        Scope.PLAN,
        fields={
            "conference": must(of.reference()),
            "shown_on": must(of.day()),
            "agenda_shown": must(of.code(together.AgendaShown)),
            "taking_part": must(of.code(together.TakingPart)),
            "language": of.like(of.LANGUAGE),
        },
        sealed=("own_words",),
    ),
    Kind(
        "conference_held",
        "Case conference held",
        Scope.PLAN,
        fields={
            "conference": must(of.reference()),
            "held_on": must(of.day()),
            "took_part": must(some(of.reference())),
            "taking_part": must(of.code(together.TakingPart)),
            "has_dissent": must(of.flag()),
            "health_by_summary": of.flag(),
        },
        sealed=("agreed", "dissent", "own_words"),
    ),
    Kind(
        "dissent_noted",
        "Dissent noted",
        Scope.PLAN,
        needs="read",
        fields={"conference": must(of.reference())},
        sealed=("dissent",),
    ),
)
