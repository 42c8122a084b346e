"""Partners without an account: a code that works once, shows a few words, and is kept nowhere."""

import logging
import re
from typing import Any
from uuid import UUID

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from opennrm.coordination.models import RegisterEntry, ServiceProvided
from opennrm.records import partners
from tests import cast, stories
from tests.attacks.raw import reader
from tests.database import as_administrator, signed_in
from tests.web.browsing import browser, fields_of

MANAGER = cast.CASE_MANAGER


@pytest.fixture(autouse=True)
def _unhurried() -> None:
    cache.clear()


@pytest.fixture(scope="module")
def partner() -> UUID:
    """A small shelter in the register that has no account."""
    entry, _made = RegisterEntry.objects.using("owner").get_or_create(
        name="Sisters of the Hill", defaults={"kind": "faith_group", "jurisdiction": "MK"}
    )
    ServiceProvided.objects.using("owner").get_or_create(entry=entry, service="shelter")
    return entry.ref


@pytest.fixture
def case_ref() -> UUID:
    """A case whose plan the case manager writes."""
    case_ref = stories.contact(cast.POLICE_OFFICER)
    scopes = ("D1", "D9", "D10")
    referral = stories.referred(cast.POLICE_OFFICER, case_ref, MANAGER, "CM", scopes)
    stories.answered(MANAGER, case_ref, referral)
    return case_ref


def asked(case_ref: UUID, partner: UUID) -> str:
    """Ask the partner in the page; return the code."""
    client = browser(MANAGER)
    address = reverse("ask_partner", kwargs={"case_ref": case_ref})
    typed = {
        **fields_of(client.get(address)),
        "partner": str(partner),
        "service": "shelter",
        "groups": ["men", "families"],
        "person_agreed": "on",
    }
    page = client.post(address, typed).content.decode()
    found = re.search(r"/reply/#([a-z0-9-]{35})<", page)
    assert found, page
    return found[1]


def sent(**typed: Any) -> Any:
    """Send something to the page of partners, as anybody may."""
    return Client(headers={"host": "localhost"}).post(reverse("reply"), typed)


class TestTheCode:
    def test_shows_a_few_words_and_nothing_of_her(self, case_ref: UUID, partner: UUID) -> None:
        page = sent(code=asked(case_ref, partner)).content.decode()

        assert "Shelter" in page
        assert "Men, Parents with children" in page
        assert str(case_ref)[:8] not in page
        assert "Green Door" not in page

    def test_answers_once(self, case_ref: UUID, partner: UUID) -> None:
        code = asked(case_ref, partner)

        first = sent(code=code, do="answer", answer="accepted")
        again = sent(code=code, do="answer", answer="accepted")

        assert "Thank you" in first.content.decode()
        assert again.status_code == 422
        assert "not known, was used already, or is too old" in again.content.decode()

    def test_takes_no_bare_no(self, case_ref: UUID, partner: UUID) -> None:
        code = asked(case_ref, partner)

        bare = sent(code=code, do="answer", answer="declined")
        with_reason = sent(code=code, do="answer", answer="declined", reason="no_place_for_sex")

        assert bare.status_code == 422
        assert "Thank you" in with_reason.content.decode()

    def test_ends_with_its_term_and_is_unknown_like_any_other(
        self, case_ref: UUID, partner: UUID
    ) -> None:
        code = asked(case_ref, partner)
        with as_administrator() as connection:
            connection.execute(
                "UPDATE nrm.partner_question SET expires_at = now() WHERE case_ref = %s",
                [case_ref],
            )

        old, unknown = (
            sent(code=one).content.decode().replace(one, "") for one in (code, partners.new_code())
        )

        assert re.sub(r'value="[^"]*"', "", old) == re.sub(r'value="[^"]*"', "", unknown)

    def test_is_kept_nowhere_but_as_a_hash(self, case_ref: UUID, partner: UUID, caplog) -> None:
        with caplog.at_level(logging.DEBUG):
            code = asked(case_ref, partner)
            sent(code=code)

        with as_administrator() as connection:
            row = connection.execute(
                "SELECT partner_question::text FROM nrm.partner_question WHERE case_ref = %s",
                [case_ref],
            ).fetchone()
        assert code not in str(row)
        assert partners.digest(code) in str(row)
        assert code not in "".join(one.getMessage() for one in caplog.records)

    def test_is_guessed_at_a_slow_pace(self) -> None:
        answers = {sent(code=partners.new_code()).status_code for _ in range(12)}

        assert answers == {422, 429}

    def test_opens_no_table_to_the_application(self, case_ref: UUID, partner: UUID) -> None:
        asked(case_ref, partner)

        with reader(signed_in(MANAGER).token) as connection, pytest.raises(Exception) as refused:
            connection.execute("SELECT * FROM nrm.partner_question")

        assert "permission denied" in str(refused.value)


class TestTheAnswer:
    def test_is_taken_into_the_case_and_told(self, case_ref: UUID, partner: UUID) -> None:
        code = asked(case_ref, partner)
        sent(code=code, do="answer", answer="declined", reason="no_place_for_sex")
        question = stories.newest(MANAGER, case_ref, "partner_asked")
        client = browser(MANAGER)
        address = reverse("take_partner_answer", kwargs={"case_ref": case_ref})
        address += f"?question={question}"

        told = client.get(reverse("notices")).content.decode()
        client.post(address, fields_of(client.get(address)))

        fact = stories.folded(MANAGER, case_ref).newest("partner_answered")
        assert fact is not None
        assert (fact.text("answer"), fact.text("reason")) == ("declined", "no_place_for_sex")
        assert "Answer of a partner without an account" in told


class TestHelpThatFits:
    def test_shows_reasons_without_an_address_and_leaves_none_out(self, case_ref: UUID) -> None:
        entry = RegisterEntry.objects.using("owner").create(
            name="Hidden Valley", kind="ngo", jurisdiction="MK", box="Box 12", areas=["The north"]
        )
        ServiceProvided.objects.using("owner").create(
            entry=entry, service="shelter", groups=["women"]
        )
        client = browser(MANAGER)
        address = reverse("matched_help", kwargs={"case_ref": case_ref})
        typed = {**fields_of(client.get(address)), "service": "shelter", "groups": ["men"]}

        page = client.post(address, typed).content.decode()

        assert "Does not say that it takes: Men" in page
        assert "Sisters of the Hill" in page
        assert "Does not say whom it takes" in page
        assert "Box 12" not in page

    def test_is_closed_to_who_does_not_work_on_the_case(self, case_ref: UUID) -> None:
        address = reverse("matched_help", kwargs={"case_ref": case_ref})

        assert browser(cast.LAWYER).get(address).status_code == 404
