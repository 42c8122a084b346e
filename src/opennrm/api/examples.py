"""Puts an example beside every body that programs send: what has to be there, with codes that are.

Days, references and words in it are invented; whoever copies it puts her own in their place.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from opennrm.lifecycle import fields
from opennrm.lifecycle.fields import Field, Shape
from opennrm.lifecycle.kinds import KINDS

JSON = "application/json"
DAY, MOMENT = "2026-03-02", "2026-03-02T09:30:00Z"
REFERENCE = "3f2b8c1e-5d4a-4c6b-9e7f-0a1b2c3d4e5f"
WORDS = "As it was said."
OF_FORMAT = {"uuid": REFERENCE, "date": DAY, "date-time": MOMENT}
OF_PATTERN = {
    fields.LANGUAGE: "sq",
    fields.COUNTRY_OR_NONE: "MD",
    fields.INDICATOR: "DEL-AL-DR-01",
    fields.SCOPE: "D2",
    fields.COMPARTMENT: "D2",
    fields.MONTH: "2026-03",
    fields.RULE: "R25",
    fields.REGION: "MK",
    fields.JURISDICTION: "MK",
}
Described = Mapping[str, Any]


def add_examples(described: dict[str, Any]) -> None:
    """Add an example to every JSON body of a description."""
    shapes = described["components"]["schemas"]
    for methods in described["paths"].values():
        for operation in methods.values():
            body = operation.get("requestBody", {}).get("content", {}).get(JSON)
            if body is not None:
                body["example"] = example_of(body["schema"], shapes)


def example_of(shape: Described, shapes: Described, known: Field | None = None) -> Any:
    """Make an example of a shape: its own, or one of what it has to have."""
    shape = _resolved(shape, shapes)
    if "examples" in shape:
        return shape["examples"][0]
    if "const" in shape or "enum" in shape:
        return shape.get("const") or shape["enum"][0]
    if shape.get("type") == "object":
        return _of_object(shape, shapes)
    if shape.get("type") == "array":
        return [example_of(shape.get("items", {}), shapes, known)]
    return _of_value(shape, known)


def _resolved(shape: Described, shapes: Described) -> Described:
    """Follow references, and take what is not null of several."""
    while "$ref" in shape or "anyOf" in shape:
        if "$ref" in shape:
            shape = shapes[shape["$ref"].rpartition("/")[2]]
        else:
            several = shape["anyOf"]
            shape = next((one for one in several if one.get("type") != "null"), several[0])
    return shape


def _of_object(shape: Described, shapes: Described) -> dict[str, Any]:
    """Make an example of the fields that must be there, or that bear one of their own."""
    properties: Described = shape.get("properties", {})
    needed = shape.get("required", ())
    kind = _kind_like(frozenset(properties))
    return {
        name: example_of(one, shapes, kind.get(name))
        if "examples" not in one
        else one["examples"][0]
        for name, one in properties.items()
        if name in needed or "examples" in one
    }


def _kind_like(names: frozenset[str]) -> Mapping[str, Field]:
    """Find the open fields of the kind of facts that these names are most like."""
    alike = max(KINDS.values(), key=lambda kind: _likeness(names, frozenset(kind.fields)))
    return alike.fields


def _likeness(names: frozenset[str], of_kind: frozenset[str]) -> float:
    return len(names & of_kind) - len(of_kind - names) / 100


def _of_value(shape: Described, known: Field | None) -> Any:
    if shape.get("type") == "boolean":
        return True
    if shape.get("type") in ("integer", "number"):
        return shape.get("minimum", 1)
    if shape.get("format") in OF_FORMAT:
        return OF_FORMAT[shape["format"]]
    return WORDS if known is None else _of_field(known)


def _of_field(known: Field) -> str:
    """Return a value that a field of a fact takes."""
    if known.codes:
        return min(known.codes)
    of_shape = {Shape.DAY: DAY, Shape.MOMENT_OR_DAY: DAY, Shape.REFERENCE: REFERENCE}
    return OF_PATTERN.get(known.pattern) or of_shape.get(known.shape, "other")
