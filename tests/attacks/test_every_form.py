"""Every form filled with odd values: it is refused in words or taken, and never breaks.

OPENNRM_FUZZ says how often each is sent; the night sends 200 of each.
"""

import os
import random
from functools import cache
from typing import Any

import pytest
from django.core.cache import cache as limits
from django.test import Client

from tests import cast, stories
from tests.attacks import addresses
from tests.attacks.addresses import Address
from tests.attacks.figures import told
from tests.attacks.odd import TEXTS
from tests.web.browsing import browser, fields_of

TIMES = int(os.environ.get("OPENNRM_FUZZ", "1"))
POLICE = cast.POLICE_OFFICER
WORKERS = (POLICE, cast.CASE_MANAGER, cast.DECIDING_OFFICER, cast.CHILD_WORKER, cast.LAWYER)
FORMS = [*addresses.of_a_case(), *addresses.of_no_case()]
# The limit on sign-in answers before the form does; tests/web/test_sign_in.py has it.
FORMS = [one for one in FORMS if one.name != "account_login" and not one.name.startswith("api:")]
_sent = _taken = 0


@cache
def client(member: cast.Member) -> Client:
    limits.clear()
    browsing = browser(member)
    browsing.raise_request_exception = False
    return browsing


@pytest.fixture(scope="module")
def case_ref():
    """A case that is open to everyone who tries."""
    made = stories.contact(POLICE, words="The van was white.", danger="imminent")
    for member, role in (
        (cast.CASE_MANAGER, "CM"),
        (cast.DECIDING_OFFICER, "CA"),
        (cast.CHILD_WORKER, "CP"),
        (cast.LAWYER, "LA"),
    ):
        sent = stories.referred(POLICE, made, member, role, ("D1", "D2", "D8", "D10"))
        stories.answered(member, made, sent)
    return made


def filled(draw: random.Random, fields: dict[str, Any]) -> dict[str, Any]:
    """Change some of the fields of a page to odd values, and add one that is not there."""
    odd = {
        name: draw.choice(TEXTS) if draw.random() < 0.5 else value
        for name, value in fields.items()
        if draw.random() < 0.95
    }
    return {**odd, "not_a_field": draw.choice(TEXTS)}


class TestAForm:
    """Sent by whoever finds it open."""

    @pytest.mark.parametrize("entry", FORMS, ids=lambda one: one.name)
    def test_never_breaks(self, case_ref, entry: Address):
        global _sent, _taken  # noqa: PLW0603 - counts for the figures
        address = addresses.place(entry, case_ref)
        draw = random.Random(entry.name)  # noqa: S311 - a repeatable choice, no secret

        for number in range(TIMES):
            who = client(WORKERS[(number + len(entry.name)) % len(WORKERS)])
            page = who.get(address)
            fields = fields_of(page) if page.status_code == 200 else {"form_key": "x"}
            sent = filled(draw, fields)
            asked = {name: value for name, value in sent.items() if draw.random() < 0.2}

            for answer in (page, who.post(address, sent), who.get(address, asked)):
                assert answer.status_code < 500, sent
                _sent += 1
                _taken += answer.status_code == 302


def test_says_what_was_sent():
    told("fuzzed_forms", forms=len(FORMS), requests=_sent, taken=_taken, broke=0)
