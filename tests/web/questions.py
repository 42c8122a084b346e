"""How often a page may ask the database, counted for every request of every test of the pages."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from django.db import connections

MOST_QUERIES, FOR_A_CONFLICT = 12, 4
# Steps that change something and are not named below: not each of them was brought to twelve yet.
MOST_OF_A_STEP = 15
TRIES = "The library counts tries by name and by address, each under a lock in the shared cache."
MANY = "It does a step for each of several persons or rows, each as seldom as one alone."
EACH_SHEET = "It opens the sheet of each person in the house, and each reading is written down."
HELD = "Houses, people and keys are asked for, and rule events or rows change beside the case."
CHECKED = "The library tries each rule of the row, and the row itself, in a savepoint of its own."
FIRST = "The first search of a house opens what was told since, case by case."
# Signing in, for which the first of the reasons holds too.
SIGNING_IN, MOST_SIGNING_IN = ("POST sign-in/", "POST account/second-factor/"), 64
# What else asks oftener, how often at most in these tests, and why.
ABOVE: dict[str, tuple[int, str]] = {
    "POST help/": (20, TRIES),
    "POST join/": (22, TRIES),
    "POST people/keys/": (21, MANY),
    "POST coordination/services/<uuid:ref>/change/": (22, CHECKED),
    "GET night/": (10_000, EACH_SHEET),
    "POST night/": (10_000, EACH_SHEET),
    "POST night/<uuid:case_ref>/": (14, MANY),
    "POST imports/<uuid:import_ref>/": (30, MANY),
    "POST steps/<uuid:draft_ref>/everybody/": (20, MANY),
    "POST steps/device/send/": (25, MANY),
    "POST lists/hand-over/": (16, MANY),
    "POST case/<uuid:case_ref>/people/": (60, FIRST),
    "POST case/<uuid:case_ref>/propose-act/": (15, HELD),
    "POST case/<uuid:case_ref>/give-opinion/": (15, HELD),
    "POST case/<uuid:case_ref>/erase-record/": (13, HELD),
    "POST case/<uuid:case_ref>/decide-reasonable-grounds/": (15, HELD),
    "POST case/<uuid:case_ref>/identify/": (15, HELD),
    "POST case/<uuid:case_ref>/refer/": (14, HELD),
    "POST case/<uuid:case_ref>/acknowledge-referral/": (14, HELD),
    "POST case/<uuid:case_ref>/answer-offer/": (15, HELD),
    "POST case/<uuid:case_ref>/take-consent/": (14, HELD),
    "POST steps/<uuid:draft_ref>/check/": (16, HELD),
    "POST case/<uuid:case_ref>/correct-fact/": (14, HELD),
    "POST find/": (60, FIRST),
    "GET steps/<uuid:draft_ref>/check/": (60, FIRST),
    "POST figures/desk/ask/": (20, "The release desk asks its ledger step by step; it is seldom."),
    "POST figures/desk/<uuid:request_ref>/publish/": (15, "As above, with the release itself."),
}


@contextmanager
def asked() -> Iterator[list[str]]:
    """Write down every question to the database, whatever role asks it."""
    seen: list[str] = []

    def note(execute: Callable[..., Any], sql: Any, *rest: Any) -> Any:
        seen.append(str(sql))
        return execute(sql, *rest)

    with ExitStack() as stack:
        for name in connections:
            stack.enter_context(connections[name].execute_wrapper(note))
        yield seen


def too_many(route: str, questions: list[str], *, is_conflict: bool = False) -> str:
    """Say by how much a request to an address asks too often; nothing where it does not.

    Where somebody else wrote meanwhile, the case is read again, to show both side by side.
    """
    usual = MOST_QUERIES if route.startswith("GET ") else MOST_OF_A_STEP
    most, _why = ABOVE.get(route, (usual, ""))
    most = MOST_SIGNING_IN if route.startswith(SIGNING_IN) else most
    most += FOR_A_CONFLICT if is_conflict else 0
    return f"{route} asks {len(questions)} times" if len(questions) > most else ""
