"""Kinds of facts of services: offered, answered, delivered, paused."""

from opennrm.lifecycle import codes as own
from opennrm.lifecycle import fields as of
from opennrm.lifecycle.fields import must
from opennrm.lifecycle.kinds.kind import Kind
from opennrm.vocabulary import assistance, children, coordination, redress
from opennrm.vocabulary.roles import Role
from opennrm.vocabulary.scopes import Scope

SERVICE = (
    Kind(
        "service_offered",
        "Service offered",
        Scope.PLAN,
        track="assistance",
        fields={
            "service": must(of.code(assistance.ServiceKind)),
            "provider": must(of.reference()),
            "provider_role": of.code(Role),
            "until": of.day(),
            "reply_by": of.moment_or_day(),
            "person_agreed": of.flag(),
            "child_assent": of.flag(),
            "basis_fact": of.reference(),
            "urgency": of.code(own.Urgency),
            "language": of.like(of.LANGUAGE),
            "place_kind": of.code(children.ChildPlace),
            "listed": of.reference(),
        },
        sealed=("request",),
    ),
    Kind(
        "offer_answered",
        "Offer answered",
        Scope.PLAN,
        needs="addressee_or_write",
        track="assistance",
        fields={
            "answers": must(of.reference()),
            "by": must(of.code(own.AnsweredBy)),
            "answer": must(of.code(assistance.OfferAnswer)),
            "reason": of.code(assistance.OfferAnswerReason),
        },
    ),
    Kind(
        "place_awaited",
        "On the waiting list",
        Scope.PLAN,
        needs="addressee_or_write",
        fields={
            "answers": must(of.reference()),
            "listed": must(of.reference()),
            "because": must(of.code(assistance.WaitingReason)),
        },
    ),
    Kind(
        "place_held",
        "Place given",
        Scope.PLAN,
        needs="addressee",
        fields={
            "answers": must(of.reference()),
            "listed": must(of.reference()),
            "number": must(of.count()),
            "passes_over": of.code(assistance.PassingReason),
        },
    ),
    Kind(
        "place_released",
        "Place free again",
        Scope.PLAN,
        needs="addressee_or_write",
        fields={
            "answers": must(of.reference()),
            "held": must(of.reference()),
            "reason": must(of.code(assistance.ReleaseReason)),
            "released_on": must(of.day()),
        },
    ),
    Kind(
        "partner_asked",
        "Partner without an account asked",
        Scope.PLAN,
        fields={
            "partner": must(of.reference()),
            "service": must(of.code(assistance.ServiceKind)),
            "reply_by": must(of.day()),
            "person_agreed": of.flag(),
            "groups": of.codes(coordination.GroupTaken),
            "language": of.like(of.LANGUAGE),
            "urgency": of.code(own.Urgency),
        },
    ),
    Kind(
        "partner_answered",
        "Answer of a partner without an account",
        Scope.PLAN,
        fields={
            "answers": must(of.reference()),
            "answer": must(of.code(assistance.OfferAnswer)),
            "reason": of.code(assistance.OfferAnswerReason),
        },
    ),
    Kind(
        "service_not_found",
        "Help looked for and not found",
        Scope.PLAN,
        fields={
            "service": must(of.code(assistance.ServiceKind)),
            "groups": of.codes(coordination.GroupTaken),
            "area": of.like(of.CODE),
            "lacks": must(of.codes(assistance.LackingIn)),
        },
    ),
    Kind(
        "service_judged",
        "Her own view of a service",
        Scope.PLAN,
        fields={
            "answers": must(of.reference()),
            "helped": of.code(assistance.HerView),
            "felt_safe": of.code(assistance.HerView),
            "was_respected": of.code(assistance.HerView),
            "told_on": must(of.day()),
        },
        sealed=("own_words",),
    ),
    Kind(
        "service_delivered",
        "Service delivered",
        Scope.PLAN,
        needs="addressee_or_write",
        track="assistance",
        fields={
            "answers": must(of.reference()),
            "service": of.code(assistance.ServiceKind),
            "result": of.code(assistance.DeliveryResult),
            "delivered_from": must(of.day()),
            "delivered_until": of.day(),
            "cost": of.count(),
            "currency": of.code(redress.currencies()),
        },
        sealed=("note",),
    ),
    Kind(
        "assistance_paused",
        "Support paused",
        Scope.PLAN,
        track="assistance",
        fields={"reason": of.code(own.PauseReason), "review_on": of.day()},
    ),
    Kind(
        "follow_up_started",
        "Follow-up started",
        Scope.PLAN,
        track="assistance",
        fields={"consent": of.reference(), "next_on": of.day()},
    ),
)
