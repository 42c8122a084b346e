"""Puts the API together: one version, one way in, every fault told as problem details."""

from typing import Any

from ninja import NinjaAPI

from opennrm.api import acting, reading
from opennrm.api.admission import RATE, Bearer, PerProgram
from opennrm.api.problems import tell_problems

DESCRIPTION = (
    "Every step and every query that a person reaches in the pages, for a program that works in "
    "her name. She lets it in on the page Programs, for one purpose, in the steps and the parts "
    "of cases that she names, until a day. Refusals are problem details (RFC 9457) that carry "
    "the rule and the way on."
)


def made_door() -> NinjaAPI:
    """Make the API with every address; it has no page of its own that would fetch scripts."""
    door = NinjaAPI(
        title="OpenNRM",
        version="1",
        description=DESCRIPTION,
        docs_url=None,
        auth=Bearer(),
        throttle=[PerProgram(RATE)],
        urls_namespace="api",
    )
    door.add_router("", reading.router)
    door.add_router("", acting.router())
    tell_problems(door)
    return door


def addresses() -> Any:
    """Return the addresses of the API, each of which asks for a program's secret by itself."""
    patterns, app_name, namespace = made_door().urls
    for pattern in patterns:
        callback: Any = pattern.callback
        callback.own_door = True
    return patterns, app_name, namespace
