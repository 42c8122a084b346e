"""Guessed addresses: a page of a hidden case is the page of a case that is not there.

OPENNRM_EVERY_ADDRESS=1 lets everybody try every address; otherwise two try each, in turn.
"""

import os
import re
from functools import cache
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.cache import cache as limits
from django.test import Client

from opennrm.records.reference import reference
from tests import cast, stories
from tests.api.calling import Program, let_in
from tests.attacks import addresses
from tests.attacks.addresses import Address
from tests.attacks.figures import told
from tests.attacks.locks import locks, named
from tests.attacks.machine.probes import Counts, prober
from tests.attacks.machine.shadow import Shadow
from tests.attacks.machine.story import END, END_LISTS
from tests.database import as_administrator
from tests.web.browsing import browser

POLICE = cast.POLICE_OFFICER
NAME = "Shpresa Murati"
OUTSIDERS = {
    "never asked": cast.SHELTER_WITHOUT_CONSENT,
    "a colleague in another role": cast.DETECTIVE,
    "immigration enforcement": cast.IMMIGRATION_OFFICER,
    "consent taken back": cast.CASE_MANAGER,
    "declined": cast.GUARDIAN,
    "offer ran out": cast.HEALTH_WORKER,
    "access ran out": cast.LAWYER,
    "figures only": cast.ANALYST,
}
EVERY = os.environ.get("OPENNRM_EVERY_ADDRESS") == "1"
PER_ADDRESS = len(OUTSIDERS) if EVERY else 2
OF_A_CASE = addresses.of_a_case()
_pages = 0


@pytest.fixture(scope="module")
def case_ref() -> UUID:
    """A case that some once held, were offered or declined, and one may still accept."""
    made = stories.contact(POLICE, words="The van was white.")
    stories.described(POLICE, made, names=NAME)
    scopes = ("D1", "D2", "D10")
    sent = {
        member: stories.referred(POLICE, made, member, role, scopes)
        for member, role in (
            (cast.CASE_MANAGER, "CM"),
            (cast.LAWYER, "LA"),
            (cast.GUARDIAN, "GU"),
            (cast.CHILD_WORKER, "CP"),
        )
    }
    sent[cast.HEALTH_WORKER] = stories.referred(POLICE, made, cast.HEALTH_WORKER, "HC", ("D1",))
    stories.answered(cast.CASE_MANAGER, made, sent[cast.CASE_MANAGER])
    stories.answered(cast.LAWYER, made, sent[cast.LAWYER])
    stories.answered(cast.GUARDIAN, made, sent[cast.GUARDIAN], "declined")
    taken_back = sent_consent(made, cast.CASE_MANAGER)
    stories.withdrawn(POLICE, made, taken_back)
    with as_administrator() as connection:
        for member in (cast.LAWYER, cast.HEALTH_WORKER):
            connection.execute(END, {"sent": sent[member]})
        connection.execute(END_LISTS, {"case": made})
    return made


def sent_consent(case_ref: UUID, to: cast.Member) -> UUID:
    """Find the consent that names an organisation."""
    whole = stories.folded(POLICE, case_ref)
    return next(
        fact.fact_ref
        for fact in whole.facts
        if fact.kind == "consent_given"
        and fact.reference("recipient") == to.organisation.organisation
    )


@cache
def client(member: cast.Member) -> Client:
    limits.clear()
    return browser(member)


def answer(
    who: cast.Member, entry: Address, case_ref: UUID, *, post: bool
) -> tuple[int, str, str]:
    """Return status, place and text of a page, without what differs from request to request."""
    global _pages  # noqa: PLW0603 - one count for the figures
    _pages += 1
    address = addresses.place(entry, case_ref)
    ask = by_program if entry.name.startswith("api:") else by_browser
    response = ask(who, address, post=post)
    text = response.content.decode()
    for own in (str(case_ref), reference(case_ref)):
        text = text.replace(own, "asked")
    text = re.sub(r'(name="(csrfmiddlewaretoken|form_key)" value=")[^"]*', r"\1", text)
    text = re.sub(r'nonce="[^"]*"', "", text)
    place = response.headers.get("Location", "").replace(str(case_ref), "asked")
    return response.status_code, place, text


def by_browser(who: cast.Member, address: str, *, post: bool) -> Any:
    """Ask in a browser."""
    given = {"form_key": str(uuid4())}
    return client(who).post(address, given) if post else client(who).get(address)


@cache
def program(member: cast.Member) -> Program:
    return let_in(member)


def by_program(who: cast.Member, address: str, *, post: bool) -> Any:
    """Ask with a program that was let in for somebody."""
    path = address.removeprefix("/api/v1")
    return program(who).post(path, {}, uuid4()) if post else program(who).get(path)


def turn(place: int) -> list[cast.Member]:
    """Say who tries an address: all of them at night, otherwise some, in turn."""
    members = list(OUTSIDERS.values())
    return [members[(place + number) % len(members)] for number in range(PER_ADDRESS)]


class TestAnAddressOfACase:
    """Every page of a case, asked for by those who may not see it."""

    @pytest.mark.parametrize("post", (False, True), ids=("read", "sent"))
    @pytest.mark.parametrize("entry", OF_A_CASE, ids=lambda one: one.name)
    def test_answers_as_if_there_were_no_such_case(self, case_ref, entry, post):
        for who in turn(OF_A_CASE.index(entry)):
            hidden = answer(who, entry, case_ref, post=post)

            assert hidden == answer(who, entry, uuid4(), post=post)
            # 405: a page that only shows answers a form sent to it, whatever the case.
            assert hidden[0] in (302, 403, 404, 405, 422)

    def test_opens_for_whoever_may_see_it(self, case_ref):
        """The control: one who holds it, and one to whom it is offered."""
        page = next(one for one in OF_A_CASE if one.name == "case")

        assert answer(POLICE, page, case_ref, post=False)[0] == 200
        assert answer(cast.CHILD_WORKER, page, case_ref, post=False)[0] == 200

    def test_is_closed_by_the_same_locks(self, case_ref):
        """Whom the pages turn away has no row, no sealed part and no key either."""
        outside = {member.account for member in OUTSIDERS.values()}
        with as_administrator() as connection:
            asked = locks(connection, case_ref)
        with prober(Counts()) as asks:
            asks.compare(case_ref, Shadow(), list(OUTSIDERS.values()))
            asks.compare_strangers(case_ref)

        assert named(asked.disagreements()) == []
        assert not [cell for cell in asked.keys if cell[0] in outside]
        assert asked.keys


class TestAnAddressOfNoCase:
    """All other pages: listed with what they may show, and without a word of the case."""

    def test_is_listed(self):
        """Add a new address to `tests/attacks/addresses.py`, with what it may show."""
        assert addresses.unlisted() == []

    @pytest.mark.parametrize("entry", addresses.of_no_case(), ids=lambda one: one.name)
    def test_shows_nothing_of_the_case(self, case_ref, entry: Address):
        marks = (str(case_ref), reference(case_ref), NAME)
        for who in turn(0):
            response: Any = client(who).get(addresses.place(entry, case_ref))

            assert response.status_code < 500
            assert not [mark for mark in marks if mark in response.content.decode()]

    def test_takes_no_odd_method(self):
        for entry in addresses.of_no_case():
            if not entry.name.startswith("api:"):
                address = addresses.place(entry, uuid4())
                assert client(POLICE).trace(address).status_code in (302, 401, 403, 404, 405)


def test_says_what_was_tried():
    told("addresses", pages=_pages, addresses=len(OF_A_CASE), outsiders=len(OUTSIDERS))
