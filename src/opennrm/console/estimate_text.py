"""Writes the document of an estimate as lines that a person reads at a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from typing import Any

WIDTH = 96
KINDS = {
    "missed": "links between records of one person missed",
    "false": "links that are false",
    "referral": "further sightings made by referral",
}


def lines(document: Mapping[str, Any]) -> Iterator[str]:
    """Write headline or refusal first, then each method, then what it rests on."""
    yield from _headline(document)
    yield ""
    yield from _methods(document)
    yield from _two_lists(document["two_lists"])
    yield from _base(document["base"])
    yield from _diagnostics(document.get("diagnostics"))
    yield from _linkage(document.get("with_linkage_errors"))
    own = document.get("by_own_detection_only")
    if own:
        yield from ("", "By own detection only:")
        yield from map(_indented, lines(own))
    yield from _strata(document.get("strata"))
    if "file" in document:
        yield ""
        for caveat in document["caveats"]:
            yield from _wrapped(caveat)


def _headline(document: Mapping[str, Any]) -> Iterator[str]:
    refusal, headline = document["refusal"], document["headline"]
    said = headline["says"] if headline else [f"No estimate: {refusal['reason']}"]
    for sentence in said:
        yield from _wrapped(sentence)


def _methods(document: Mapping[str, Any]) -> Iterator[str]:
    if document["methods"]:
        yield f"{'method':48}{'estimate':>10}  95 of 100 between"
    for method in document["methods"].values():
        yield from _method(method)


def _method(method: Mapping[str, Any]) -> Iterator[str]:
    limits = method["limits"]
    between = f"{_number(limits['low_95'])} and {_number(limits['high_95'])}" if limits else ""
    beside = "" if method["part_of_headline"] else "  (not in the range)"
    yield f"{method['label']:48}{_number(method['estimate']):>10}  {between}{beside}"
    if method["says"]:
        yield from map(_indented, _wrapped(method["says"]))
    for check in method["checks"]:
        if not check["passed"]:
            yield from map(_indented, _wrapped(f"Fails: {check['says']}"))
    for warning in method["warnings"]:
        yield from map(_indented, _wrapped(warning))


def _two_lists(two_lists: Mapping[str, Any]) -> Iterator[str]:
    yield from ("", f"Aside, two lists alone (Chapman; {two_lists['caveat']}):")
    for pair in two_lists["pairs"]:
        between = f"{_number(pair['low'])} and {_number(pair['high'])}"
        yield f"  {pair['lists']:46}{_number(pair['estimate']):>10}  {between}"


def _base(base: Mapping[str, Any]) -> Iterator[str]:
    yield ""
    yield from _wrapped(
        f"Base: {base['people_seen']:,} people on {len(base['lists'])} lists, "
        f"{base['people_on_more_than_one_list']:,} on more than one. {base['bootstrap']:,} "
        f"samples, seed {base['seed']}, version {base['software_version']}."
    )
    shared = ", ".join(f"{pair} {count}" for pair, count in base["overlaps"].items())
    yield from _wrapped(f"On two lists: {shared}.")


def _diagnostics(found: Mapping[str, Any] | None) -> Iterator[str]:
    if not found:
        return
    yield from ("", "Does the stepwise method find the known size of each list from the others?")
    for one in found["internal_consistency"]:
        yield from _diagnosed(one, f"{one['known']:,} known")
    yield from ("", "Without one list, stepwise:")
    for one in found["leave_one_list_out"]:
        yield from _diagnosed(one, f"{one['ratio']:.2f} of the whole" if one["ratio"] else "")
    yield from ("", "If there were more errors, the stepwise estimate would be multiplied by:")
    for one in found["sensitivity"]:
        yield _moved(one)


def _diagnosed(one: Mapping[str, Any], beside: str) -> Iterator[str]:
    if one["estimate"] is None:
        yield f"  {one['name']:14}{one['says']}"
        return
    between = f"between {_number(one['low'])} and {_number(one['high'])}"
    yield f"  {one['name']:14}{_number(one['estimate']):>9} {between}; {beside}. {one['says']}"


def _moved(one: Mapping[str, Any]) -> str:
    size = f"{one['size']:g}" if one["kind"] == "false" else f"{one['size']:.0%}"
    if one["ratio"] is None:
        return f"  {size:>4} {KINDS[one['kind']]:46} no finite estimate"
    if one["kind"] == "referral":
        freed = f"without them {_number(one['estimate'])}"
    else:
        freed = f"free of as many {_number(one['estimate'])}"
    return f"  {size:>4} {KINDS[one['kind']]:46}{one['ratio']:5.2f}  {freed}"


def _linkage(freed: Mapping[str, Any] | None) -> Iterator[str]:
    if freed:
        yield ""
        yield from _wrapped(
            "Freed of the errors of linkage found in the reviewed samples, stepwise: "
            f"{_number(freed['estimate'])}, between {_number(freed['low'])} and "
            f"{_number(freed['high'])}."
        )


def _strata(strata: Mapping[str, Any] | None) -> Iterator[str]:
    if not strata:
        return
    yield ""
    yield from _wrapped(strata["says"])
    for name, panel in strata["each"].items():
        yield from ("", f"{name or '(no value)'}:")
        yield from map(_indented, _headline(panel))
        yield from map(_indented, _methods(panel))


def _number(value: float | None) -> str:
    return "no limit" if value is None else f"{value:,.0f}"


def _wrapped(text: str) -> Iterator[str]:
    return iter(textwrap.wrap(text, WIDTH))


def _indented(line: str) -> str:
    return f"  {line}" if line else line
