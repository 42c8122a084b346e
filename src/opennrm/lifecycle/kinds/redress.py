"""Kinds of facts of redress: routes, limits of time, claims, decisions, money, assets.

Amounts are whole numbers of the smallest unit of one currency; they stay in the redress part.
What was awarded, what was paid and what was confiscated are different kinds, never one (R59).
"""

from opennrm.lifecycle import fields as of
from opennrm.lifecycle.fields import Field, must
from opennrm.lifecycle.kinds.kind import Kind
from opennrm.vocabulary import redress
from opennrm.vocabulary.justice import EvidenceLine
from opennrm.vocabulary.scopes import Scope

CURRENCY = of.code(redress.currencies())
BY_HEAD: dict[str, Field] = {head.value: of.count() for head in redress.HeadOfLoss}

REDRESS = (
    Kind(
        "route_answered",
        "Route to compensation answered",
        Scope.REDRESS,
        needs="any",
        fields={
            "route": must(of.code(redress.RedressRoute)),
            "route_answer": must(of.code(redress.RouteAnswer)),
            "route_reason": of.code(redress.RouteReason),
            "discussed_on": of.day(),
            "language": of.like(of.LANGUAGE),
        },
    ),
    Kind(
        "claim_limit_noted",
        "Time limit of a claim",
        Scope.REDRESS,
        needs="any",
        fields={
            "route": must(of.code(redress.RedressRoute)),
            "event_on": of.day(),
            "last_day": of.day(),
        },
    ),
    Kind(
        "claim_filed",
        "Claim filed",
        Scope.REDRESS,
        needs="read",
        fields={
            "route": must(of.code(redress.RedressRoute)),
            "filed_on": must(of.day()),
            "evidence": of.codes(EvidenceLine),
            "currency": CURRENCY,
            **BY_HEAD,
        },
        sealed=("basis_in_law",),
    ),
    Kind(
        "claim_decided",
        "Claim decided",
        Scope.REDRESS,
        needs="read",
        fields={
            "answers": must(of.reference()),
            "claim_outcome": must(of.code(redress.ClaimOutcome)),
            "decided_on": must(of.day()),
            "appeal_until": of.day(),
            "currency": CURRENCY,
            **BY_HEAD,
        },
        sealed=("reasons",),
    ),
    Kind(
        "payment_received",
        "Money received",
        Scope.REDRESS,
        needs="any",
        fields={
            "answers": of.reference(),
            "paid_on": must(of.day()),
            "payer": must(of.code(redress.Payer)),
            "currency": must(CURRENCY),
            "amount": must(of.count()),
        },
    ),
    Kind(
        "assets_recorded",
        "Step on assets",
        Scope.REDRESS,
        needs="read",
        fields={
            "asset_step": must(of.code(redress.AssetStep)),
            "asset_on": must(of.day()),
            "currency": CURRENCY,
            "amount": of.count(),
        },
        sealed=("note",),
    ),
    Kind(
        "enforcement_recorded",
        "Enforcement of an award",
        Scope.REDRESS,
        needs="read",
        fields={
            "answers": must(of.reference()),
            "enforcement": must(of.code(redress.EnforcementStep)),
            "enforced_on": must(of.day()),
        },
    ),
)
