"""Describes each register of the co-ordination apart, with its own fields, filters and steps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from http import HTTPStatus
from typing import Any

from pydantic.json_schema import models_json_schema

from opennrm.api.acting import KEY
from opennrm.api.register_shapes import shown_shape, writing_shape
from opennrm.api.registers import MOST
from opennrm.coordination.registers import Register

REFS = "#/components/schemas/{model}"
AFTER = "Where the list was left: the `after` of the last answer. Kept, it tells what is new."
UUID_TEXT = {"type": "string", "format": "uuid"}
BEFORE = "Only changes before this one: the `version` of the last that was told."
REF = {"name": "ref", "in": "path", "required": True, "schema": UUID_TEXT}
KEY_PARAMETER = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "schema": UUID_TEXT,
    "description": KEY,
}
HISTORY = {
    "type": "object",
    "properties": {
        "ref": UUID_TEXT,
        "version": {"type": "integer"},
        "at": {"type": "string", "format": "date-time"},
        "who": {"type": "string"},
        "organisation": {"type": "string"},
        "act": {"enum": ["insert", "update", "delete"]},
        "why": {"type": "string"},
        "fields": {"type": "object", "additionalProperties": {"type": "object"}},
    },
    "required": ["ref", "version", "at", "who", "organisation", "act", "why", "fields"],
}
NAMED = {
    "type": "array",
    "items": {
        "type": "object",
        "properties": {"name": {"type": "string"}, "title": {"type": "string"}},
        "required": ["name", "title"],
    },
}


def describe(described: dict[str, Any], registers: Sequence[Register]) -> None:
    """Add the addresses and the shapes of all registers to a description."""
    known = next(path for path in described["paths"] if path.endswith("/record-contact"))
    faults = _faults_of(described, described["paths"][known]["post"]["responses"])
    at = known.replace("record-contact", "registers")
    says = "List the registers that are open"
    described["paths"][at] = {"get": _told("registers", says, NAMED, faults)}
    for one in registers:
        described["paths"] |= _paths(one, f"{at}/{one.name}", faults)
    described["components"]["schemas"] |= _shapes(registers)


def _faults_of(described: dict[str, Any], answers: dict[Any, Any]) -> dict[Any, Any]:
    """Describe the faults once, as another step describes them, so that all are told alike."""
    faults = {code: said for code, said in answers.items() if code >= HTTPStatus.BAD_REQUEST}
    described["components"]["responses"] = {f"Fault{code}": one for code, one in faults.items()}
    return {code: {"$ref": f"#/components/responses/Fault{code}"} for code in faults}


def _paths(one: Register, at: str, faults: dict[Any, Any]) -> dict[str, Any]:
    noun = one.name.replace("-", "_")
    listed = {
        "type": "object",
        "properties": {
            "entries": {"type": "array", "items": _ref(one, "shown")},
            "after": {"type": ["string", "null"]},
            "is_all": {"type": "boolean"},
        },
        "required": ["entries", "after", "is_all"],
    }
    reading = _told(f"list_{noun}", f"{one.title}: list", listed, faults)
    paths: dict[str, Any] = {
        at: {"get": reading | {"parameters": list(_asked_of_list(one))}},
        f"{at}/{{ref}}": {
            "get": _told(
                f"show_{noun}", f"{one.title}: one entry", _ref(one, "shown"), faults, REF
            )
        },
        f"{at}/{{ref}}/history": {
            "get": _told(
                f"history_of_{noun}",
                f"{one.title}: who changed what, when, why",
                {"type": "array", "items": HISTORY},
                faults,
                REF,
            )
        },
    }
    of_all = _told(
        f"changes_of_{noun}",
        f"{one.title}: the newest changes of all entries, those removed too",
        {"type": "array", "items": HISTORY},
        faults,
    )
    paths[f"{at}/history"] = {"get": of_all | {"parameters": list(_asked_of_changes())}}
    if one.is_written:
        paths[at]["post"] = _done(one, "add", f"add_to_{noun}", "add an entry", faults)
    for act, name, says in _acts(one, noun):
        paths[f"{at}/{{ref}}/{act}"] = {"post": _done(one, act, name, says, faults, REF)}
    return paths


def _acts(one: Register, noun: str) -> Iterator[tuple[str, str, str]]:
    if one.is_written:
        yield "change", f"change_{noun}", "change the fields that are named"
        yield "remove", f"remove_from_{noun}", "remove an entry; its history stays"
    for step in one.steps():
        yield step.name, f"{step.name.replace('-', '_')}_of_{noun}", step.title


def _asked_of_list(one: Register) -> Iterator[dict[str, Any]]:
    text, number = {"type": "string", "maxLength": 200}, {"type": "integer"}
    yield {"name": "after", "in": "query", "schema": text, "description": AFTER}
    yield {
        "name": "most",
        "in": "query",
        "schema": number | {"minimum": 1, "maximum": MOST, "default": 50},
    }
    yield {"name": "text", "in": "query", "schema": text}
    for name in one.filters():
        yield {"name": name, "in": "query", "schema": text}


def _asked_of_changes() -> Iterator[dict[str, Any]]:
    number = {"type": "integer", "minimum": 0, "maximum": 2**62}
    most = {"type": "integer", "minimum": 1, "maximum": MOST, "default": 50}
    yield {"name": "before", "in": "query", "schema": number, "description": BEFORE}
    yield {"name": "most", "in": "query", "schema": most}


def _told(
    name: str, says: str, shape: Any, faults: dict[Any, Any], *parameters: Any
) -> dict[str, Any]:
    answer = {"description": "OK", "content": {"application/json": {"schema": shape}}}
    return _operation(name, says, {200: answer, **faults}, parameters)


def _done(
    one: Register, act: str, name: str, says: str, faults: dict[Any, Any], *parameters: Any
) -> dict[str, Any]:
    shape = {"$ref": REFS.format(model="Done")}
    answer = {"description": "Done", "content": {"application/json": {"schema": shape}}}
    body = {"content": {"application/json": {"schema": _ref(one, act)}}, "required": True}
    made = _operation(
        name,
        f"{one.title}: {says}",
        {201: answer, 200: answer, **faults},
        (*parameters, KEY_PARAMETER),
    )
    return made | {"requestBody": body}


def _operation(name: str, says: str, answers: Any, parameters: Sequence[Any]) -> dict[str, Any]:
    return {
        "operationId": name,
        "summary": says,
        "tags": ["registers"],
        "parameters": list(parameters),
        "responses": answers,
        "security": [{"Bearer": []}],
    }


def _ref(one: Register, part: str) -> dict[str, str]:
    shape = shown_shape(one) if part == "shown" else writing_shape(one, part)
    return {"$ref": REFS.format(model=shape.__name__)}


def _shapes(registers: Sequence[Register]) -> dict[str, Any]:
    """Return the shapes of all registers, each once."""
    made: list[tuple[Any, Any]] = []
    for one in registers:
        acts = ["add", "change", "remove"] if one.is_written else []
        acts += [step.name for step in one.steps()]
        made += [(writing_shape(one, act), "validation") for act in acts]
        made.append((shown_shape(one), "validation"))
    _known, shapes = models_json_schema(made, ref_template=REFS)
    return dict(shapes["$defs"])
