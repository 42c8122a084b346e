"""Puts the API together: one version, one way in, every fault told as problem details."""

from collections.abc import Sequence
from functools import cached_property
from http import HTTPStatus
from typing import Any

from ninja import NinjaAPI

from opennrm.api import (
    abroad,
    acting,
    beside_registers,
    calls,
    case_pages,
    counted,
    desk,
    figures,
    filed,
    hooks,
    reading,
    registers,
    rules,
    same_person,
    surveys,
)
from opennrm.api.admission import RATE, Bearer, PerProgram
from opennrm.api.examples import add_examples
from opennrm.api.problems import MEDIA_TYPE, tell_problems
from opennrm.api.registers_described import describe
from opennrm.coordination.registers import Register

DESCRIPTION = (
    "Every step and every query that a person reaches in the pages, for a program that works in "
    "her name. She lets it in on the page Programs, for one purpose, in the steps and the parts "
    "of cases that she names, until a day. Refusals are problem details (RFC 9457) that carry "
    "the rule and the way on."
)

OF_CASES = (reading, desk, case_pages, same_person, calls, abroad, hooks)
BESIDE_THE_STEPS = (*OF_CASES, figures, rules, surveys, beside_registers, counted, filed)


class Door(NinjaAPI):
    """The API of one version, which describes its faults as what they are sent as."""

    registers: Sequence[Register] = ()

    def get_openapi_schema(self, **asked: Any) -> Any:
        """Describe every address, once for each server process; faults are problem details."""
        key = repr(asked)
        if key not in self._described:
            described = _with_faults(super().get_openapi_schema(**asked))
            describe(described, self.registers)
            add_examples(described)
            self._described[key] = described
        return self._described[key]

    @cached_property
    def _described(self) -> dict[str, Any]:
        return {}


def _with_faults(described: Any) -> Any:
    for path in described["paths"].values():
        for method in path.values():
            for code, answer in method["responses"].items():
                if code >= HTTPStatus.BAD_REQUEST:
                    answer["content"] = {MEDIA_TYPE: answer["content"].popitem()[1]}
    return described


def made_door(known: Sequence[Register]) -> Door:
    """Make the API with every address; it has no page of its own that would fetch scripts.

    The registers are handed in, because pages make them and no door knows the other.
    """
    door = Door(
        title="OpenNRM",
        version="1",
        description=DESCRIPTION,
        docs_url=None,
        auth=Bearer(),
        throttle=[PerProgram(RATE)],
        urls_namespace="api",
    )
    for each in BESIDE_THE_STEPS:
        door.add_router("", each.router)
    door.add_router("", acting.router())
    door.add_router("", registers.router(known))
    door.registers = known
    tell_problems(door)
    return door


def addresses(known: Sequence[Register]) -> Any:
    """Return the addresses of the API, each of which asks for a program's secret by itself."""
    patterns, app_name, namespace = made_door(known).urls
    for pattern in patterns:
        callback: Any = pattern.callback
        callback.own_door = True
    return patterns, app_name, namespace
