"""Writes results as plain documents of names and values, as JSON needs them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict

from opennrm.statistics.estimation.chapman import CAVEAT
from opennrm.statistics.estimation.diagnostics import Consistency, LeftOut
from opennrm.statistics.estimation.results import Base, Member, Panel, Refusal
from opennrm.statistics.estimation.sensitivity import Freed, Moved

Document = dict[str, object]


def of_panel(panel: Panel) -> Document:
    """Write a panel: base, one entry per method, headline or refusal, caveats."""
    return {
        "base": _of_base(panel.base),
        "methods": {one.method: of_member(one, panel.base.people) for one in panel.members},
        "two_lists": {"caveat": CAVEAT, "pairs": [_plain(asdict(one)) for one in panel.two_lists]},
        "headline": _plain(asdict(panel.headline)) if panel.headline else None,
        "refusal": of_refusal(panel.refusal) if panel.refusal else None,
        "caveats": list(panel.caveats),
    }


def of_member(member: Member, people: int) -> Document:
    """Write one method: estimate, limits, model, base, checks, warnings."""
    limits = member.limits
    return {
        "label": member.label,
        "estimate": _plain(member.estimate),
        "limits": {
            "low_95": _plain(limits.low),
            "high_95": _plain(limits.high),
            "low_80": _plain(limits.low_80),
            "high_80": _plain(limits.high_80),
        }
        if limits
        else None,
        "model": member.model,
        "base": people,
        "passes": member.passes,
        "part_of_headline": member.passes and member.counts,
        "checks": [_plain(asdict(check)) for check in member.checks],
        "warnings": list(member.warnings),
        "says": member.tells,
        "details": _plain(member.details),
    }


def of_refusal(refusal: Refusal) -> Document:
    """Write a refusal: its code and its reason."""
    return {"code": refusal.code, "reason": refusal.says}


def of_diagnostics(
    consistency: tuple[Consistency, ...], left_out: tuple[LeftOut, ...], moved: tuple[Moved, ...]
) -> Document:
    """Write the diagnostics."""
    return {
        "internal_consistency": [
            {**_mapping(asdict(one)), "holds": one.holds} for one in consistency
        ],
        "leave_one_list_out": [_plain(asdict(one)) for one in left_out],
        "sensitivity": [_plain(asdict(one)) for one in moved],
    }


def of_linkage(freed: Freed) -> Document:
    """Write the estimate freed of errors of linkage."""
    return {"method": "stepwise", **_mapping(asdict(freed))}


def _of_base(base: Base) -> Document:
    return {
        "lists": list(base.lists),
        "people_seen": base.people,
        "people_on_more_than_one_list": base.on_more_than_one,
        "overlaps": dict(base.overlaps),
        "bootstrap": base.settings.bootstrap,
        "seed": base.settings.seed,
        "software_version": base.version,
    }


def _mapping(value: Mapping[str, object]) -> Document:
    return {str(name): _plain(one) for name, one in value.items()}


def _plain(value: object) -> object:
    """Turn anything into what JSON can hold; what is not finite becomes nothing."""
    if isinstance(value, Mapping):
        return _mapping(value)
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value
