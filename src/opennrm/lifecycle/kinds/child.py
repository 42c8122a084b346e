"""Kinds of facts on children: guardian, best interests, acts, age, a missing child."""

from collections.abc import Mapping

from opennrm.lifecycle import fields as of
from opennrm.lifecycle.fields import Field, must
from opennrm.lifecycle.kinds.kind import Kind
from opennrm.vocabulary import age, assistance, children
from opennrm.vocabulary.scopes import Scope

FOUND = {children.BestInterestsResult.IN_BEST_INTERESTS} | {
    children.BestInterestsResult.NOT_IN_BEST_INTERESTS
}
SETTLED = {age.AgeStatus.ADULT, age.AgeStatus.CHILD}
HEARD: Mapping[str, Field] = {
    "is_heard": of.flag(),
    "weight": of.code(children.ViewsWeight),
    "why_not": of.code(children.NotHeardReason),
    "topics": of.codes(children.BestInterestsTopic),
}
GUARDIANSHIP = (
    Kind(
        "guardian_named",
        "Guardian named",
        Scope.CHILD,
        fields={
            "guardian_kind": must(of.code(children.GuardianKind)),
            "house": of.reference(),
            "account": of.reference(),
            "named_on": must(of.day()),
        },
        sealed=("name", "note"),
    ),
    Kind(
        "guardian_asked_for",
        "Guardian asked for again",
        Scope.CHILD,
        needs="any",
        fields={"asked_on": must(of.day())},
        sealed=("note",),
    ),
    Kind(
        "guardianship_ended",
        "Guardianship ended",
        Scope.CHILD,
        fields={"guardian": must(of.reference()), "ended_on": must(of.day())},
        sealed=("reason",),
    ),
)
BEST_INTERESTS = (
    Kind(
        "best_interests_assessed",
        "Best interests assessed",
        Scope.CHILD,
        fields={
            "about": must(of.code(children.ChildAct)),
            "result": must(of.code(children.BestInterestsResult)),
            "assessed_on": must(of.day()),
            "follows": of.reference(),
            **HEARD,
        },
        sealed=("views", "reasons", "heard_by"),
    ),
    Kind(
        "determination_opened",
        "Best-interests determination opened",
        Scope.CHILD,
        fields={
            "about": must(of.code(children.FOR_A_PANEL)),
            "opened_on": must(of.day()),
            **HEARD,
        },
        sealed=("views", "question", "options", "heard_by"),
    ),
    Kind(
        "determination_signed",
        "Best-interests determination signed",
        Scope.CHILD,
        fields={
            "answers": must(of.reference()),
            "result": must(of.code(FOUND)),
            "signed_on": must(of.day()),
        },
        sealed=("reasons",),
    ),
    Kind(
        "best_interests_determined",
        "Best interests determined",
        Scope.CHILD,
        fields={
            "answers": must(of.reference()),
            "about": must(of.code(children.FOR_A_PANEL)),
            "result": must(of.code(FOUND)),
            "determined_on": must(of.day()),
            "members": must(of.count()),
            "houses": must(of.count()),
            "dissents": must(of.count()),
        },
        sealed=("reasons",),
    ),
)
ACTS = (
    Kind(
        "child_act_authorised",
        "Act on a child authorised",
        Scope.CHILD,
        needs="any",
        fields={
            "act": must(of.code(set(children.ChildAct) - children.AT_ONCE - children.ELSEWHERE)),
            "authorised_on": must(of.day()),
            "guardian": of.reference(),
            "assessment": of.reference(),
            "determination": of.reference(),
            "place_kind": of.code(children.ChildPlace),
            "house": of.reference(),
        },
        sealed=("reasons",),
    ),
    Kind(
        "child_protected_at_once",
        "Child protected at once",
        Scope.CHILD,
        needs="any",
        fields={
            "action": must(of.code(children.AT_ONCE)),
            "done_on": must(of.day()),
            "place_kind": of.code(children.ChildPlace),
        },
        sealed=("note",),
    ),
)
AGE = (
    Kind(
        "age_assessed",
        "Age assessed",
        Scope.CHILD,
        fields={
            "doubts": of.codes(children.AgeDoubt),
            "disciplines": of.codes(children.AgeDiscipline),
            "guardian_agreed": of.flag(),
            "child_agreed": of.flag(),
            "youngest": must(of.count()),
            "oldest": of.count(),
            "assessed_on": must(of.day()),
        },
        sealed=("report",),
    ),
    Kind(
        "age_settled",
        "Age settled",
        Scope.SKELETON,
        needs="any",
        fields={
            "age_status": must(of.code(SETTLED)),
            "basis": must(of.code(children.AgeBasis)),
            "settled_on": must(of.day()),
            "hold": of.reference(),
        },
    ),
    Kind(
        "age_grounds_given",
        "Grounds of the age",
        Scope.CHILD,
        needs="any",
        fields={"settled": must(of.reference())},
        sealed=("grounds",),
    ),
    Kind(
        "coming_of_age_noted",
        "Month of turning 18 noted",
        Scope.CHILD,
        fields={
            "turns_18": must(of.like(of.MONTH)),
            "basis": must(of.code(children.AgeBasis)),
        },
    ),
    Kind(
        "continuity_plan_agreed",
        "Plan for turning 18 agreed",
        Scope.CHILD,
        fields={
            "agreed_on": must(of.day()),
            "goals": of.codes(assistance.NeedDomain),
            "child_agreed": of.flag(),
        },
        sealed=("own_words", "plan"),
    ),
)
MISSING = (
    Kind(
        "child_missing_reported",
        "Child missing",
        Scope.CHILD,
        needs="any",
        fields={
            "last_seen": must(of.moment_or_day()),
            "missing_from": of.reference(),
            "photo_held": of.flag(),
            "police_told": of.flag(),
            "guardian_told": of.flag(),
        },
        sealed=(
            *("clothing", "last_seen_where", "feared_persons", "police_number"),
            *("photo", "description"),
        ),
    ),
    Kind(
        "missing_child_described",
        "More about the missing child",
        Scope.CHILD,
        needs="any",
        fields={
            "answers": must(of.reference()),
            "last_seen": of.moment_or_day(),
            "missing_from": of.reference(),
            "photo_held": of.flag(),
        },
        sealed=("clothing", "last_seen_where", "feared_persons", "photo", "description"),
    ),
    Kind(
        "missing_child_call_logged",
        "Call about a missing child",
        Scope.CHILD,
        needs="any",
        fields={
            "answers": must(of.reference()),
            "called": must(of.code(children.MissingCallTo)),
            "result": must(of.code(children.MissingCallResult)),
            "called_at": must(of.moment_or_day()),
        },
        sealed=("said", "police_number"),
    ),
    Kind(
        "child_found",
        "Missing child found",
        Scope.CHILD,
        needs="any",
        fields={
            "answers": must(of.reference()),
            "how": must(of.code(children.FoundHow)),
            "found_on": must(of.day()),
        },
        sealed=("note",),
    ),
    Kind(
        "return_interview_held",
        "Talk after the return of a missing child",
        Scope.CHILD,
        needs="any",
        fields={
            "answers": must(of.reference()),
            "held_on": must(of.day()),
            "why": of.codes(children.WentMissingWhy),
        },
        sealed=("words", "note"),
    ),
)
CHILD = (*GUARDIANSHIP, *BEST_INTERESTS, *ACTS, *AGE, *MISSING)
