"""Names, phones and addresses typed into every field lie nowhere in the clear."""

import logging
import os
import re
import shutil
from collections.abc import Iterator
from datetime import timedelta
from itertools import cycle
from pathlib import Path
from urllib.parse import quote
from uuid import UUID

import pytest
from django.core.cache import cache as limits
from django.test import Client

from opennrm.casework.breach import Breach, observe_breach
from opennrm.casework.consent import ConsentGiven, Withdrawal, take_consent, withdraw_consent
from opennrm.casework.contact import (
    AccountNote,
    HelpRequest,
    SafeContactNote,
    ask_for_help,
    note_account,
    note_safe_contact,
)
from opennrm.casework.plan import (
    NeedsAssessment,
    Plan,
    RiskAssessment,
    agree_plan,
    assess_needs,
    assess_risk,
)
from opennrm.casework.refusals import Refused
from opennrm.casework.screening import Screening, record_screening
from opennrm.lifecycle.fields import FactMalformed
from opennrm.records import queries, sessions
from tests import cast, stories
from tests.attacks import addresses
from tests.attacks.figures import told
from tests.attacks.planted import PLANTED, Search, dumped, forms
from tests.database import DATABASE, NOW, as_administrator, signed_in
from tests.stories import TODAY, do, in_days
from tests.web.browsing import browser

POLICE, MANAGER = cast.POLICE_OFFICER, cast.CASE_MANAGER
CONTROL = "Planted in the clear, Rruga Kontroll 7"
_texts = cycle(PLANTED)


def said() -> str:
    """Return the next five planted texts, as somebody may type them into one field."""
    return "; ".join(next(_texts) for _ in range(5))


def first_contact() -> UUID:
    case_ref = stories.contact(
        POLICE, words=said(), safe_way=said(), whereabouts=said(), called=said()
    )
    by = {"case_ref": case_ref}
    names, called, documents = said(), said(), said()
    stories.described(POLICE, case_ref, names=names, called=called, birthdate=said(),
                      documents=documents, nationality_note=said())  # fmt: skip
    note = SafeContactNote(safe_channel="phone_call", safe_way=said(), whereabouts=said())
    do(note_safe_contact, POLICE, note=note, **by)
    do(note_account, POLICE, account=AccountNote(words=said(), notes=said()), **by)
    screening = Screening(presumed=True, reason=said(), notes=said())
    do(record_screening, POLICE, screening=screening, **by)
    risk = RiskAssessment(level="high", review_on=in_days(5), reasons=said())
    do(assess_risk, POLICE, assessment=risk, **by)
    breach = Breach(breach="shared_without_consent", observed_on=TODAY, description=said())
    do(observe_breach, POLICE, breach=breach, **by)
    return case_ref


def consent_and_withdrawal(case_ref: UUID) -> None:
    consent = ConsentGiven(
        purpose="interview",
        language="sq",
        form="spoken",
        given_on=TODAY,
        until=in_days(30),
        note=said(),
    )
    given = do(take_consent, POLICE, case_ref=case_ref, consent=consent)
    withdrawal = Withdrawal(consent=given, withdrawn_on=TODAY, note=said())
    do(withdraw_consent, POLICE, case_ref=case_ref, withdrawal=withdrawal)


def help_plan_and_needs() -> None:
    request = HelpRequest(asked_by="self", message=said(), called=said(), safe_way=said(),
                          whereabouts=said())  # fmt: skip
    do(ask_for_help, cast.FRONT_DOOR, request=request)
    case_ref = stories.contact(MANAGER, words=said())
    needs = NeedsAssessment(domains=("housing",), needs=said())
    do(assess_needs, MANAGER, case_ref=case_ref, assessment=needs)
    plan = Plan(goals=("housing",), discussed_on=TODAY, language="sq", review_on=in_days(40),
                own_words=said(), plan=said())  # fmt: skip
    do(agree_plan, MANAGER, case_ref=case_ref, plan=plan)


def typed_where_no_name_belongs(case_ref: UUID) -> None:
    """Type names into searches, sign-in and fields that hold codes; some are refused."""
    for text in PLANTED[:50]:
        queries.find_people(signed_in(POLICE), text, at=NOW)
        queries.worklist(signed_in(POLICE), at=NOW, text=text)
        with pytest.raises((Refused, FactMalformed)):
            stories.contact(POLICE, route=text)
        with pytest.raises((Refused, FactMalformed, ValueError)):
            stories.described(POLICE, case_ref, sex=text)
    for text in PLANTED[:50:10]:
        with pytest.raises(sessions.SignInRefused):
            sessions.open_session(text, text, at=NOW, idle=timedelta(minutes=1))


@pytest.fixture(scope="module")
def cases(server) -> Iterator[list[UUID]]:
    made = [played() for _ in range(-(-len(PLANTED) // 50))]
    with as_administrator() as connection:
        connection.autocommit = True
        connection.execute(
            "CREATE TABLE public.in_the_clear AS SELECT %s::text AS said", [CONTROL]
        )
        connection.execute("CHECKPOINT")
    yield made
    with as_administrator() as connection:
        connection.execute("DROP TABLE public.in_the_clear")


def played() -> UUID:
    """Play one story, in which ever other planted texts are typed, in ever other fields."""
    for _ in range(37):
        next(_texts)
    case_ref = first_contact()
    stories.referred(POLICE, case_ref, MANAGER, "CM", ("D1", "D2", "D4S", "D10"))
    consent_and_withdrawal(case_ref)
    help_plan_and_needs()
    typed_where_no_name_belongs(case_ref)
    return case_ref


def data_folder() -> Path:
    with as_administrator() as connection:
        folder = Path(connection.execute("SHOW data_directory").fetchone()[0])
    if not os.access(folder, os.R_OK | os.X_OK):
        pytest.skip("The data folder of the named server cannot be read from here.")
    return folder


class TestWhatWasTyped:
    """The control of the story: it was kept, and whoever may read it reads it."""

    def test_is_read_by_whoever_may(self, cases):
        parts = ("D2", "D3", "D4", "D8", "D10")
        read = [
            text
            for case_ref in cases
            for entry in queries.case_page(
                signed_in(POLICE), case_ref, at=NOW, opened=parts
            ).timeline
            for text in (entry.told or {}).values()
        ]

        assert len(read) >= 19 * len(cases)
        assert {text for text in PLANTED if any(text in one for one in read)} == set(PLANTED)


class TestADump:
    """Everything the administrator can carry away with one command."""

    @pytest.fixture(scope="class")
    @classmethod
    def dump(cls, cases, server) -> bytes:
        program = shutil.which("pg_dump")
        if server.cluster is not None:
            program = str(server.cluster.binaries.program("pg_dump"))
        if program is None:
            pytest.skip("There is no pg_dump on this machine to dump the named server with.")
        return dumped(Path(program), server, DATABASE)

    def test_holds_none_of_it_in_any_form(self, dump):
        assert b"person_described" in dump
        assert Search(PLANTED).first_in(dump) is None

    def test_holds_what_was_planted_in_the_clear(self, dump):
        """The control."""
        assert Search([CONTROL]).first_in(dump)


class TestTheFiles:
    """The data folder of the server with its log and journals, and all that is ours beside it."""

    def test_hold_none_of_it_in_any_form(self, cases, server):
        folders = [data_folder(), Path(os.environ["OPENNRM_HOME"])]
        if server.cluster is not None:
            folders.append(server.cluster.place.folder)

        assert Search(PLANTED).in_files(*folders) == set()

    def test_hold_what_was_planted_in_the_clear(self, cases):
        """The control: in a table, and in the write-ahead log."""
        found = Search([CONTROL]).in_files(data_folder())

        assert any("/base/" in name for name in found)
        assert any("/pg_wal/" in name for name in found)

    @pytest.mark.parametrize("form", range(len(list(forms(CONTROL)))))
    def test_are_searched_for_every_form(self, tmp_path, form):
        """The control of the search itself."""
        for number, text in enumerate(PLANTED):
            shape = list(forms(text))[form]
            (tmp_path / str(number)).write_bytes(b"\0" * 100 + b"before" + shape + b"after")

        assert len(Search(PLANTED).in_files(tmp_path)) == len(PLANTED)


class TestThePages:
    """What people who may not read it are sent: pages, errors, tables, calendars, and the log."""

    def test_hold_none_of_it_in_any_form(self, cases, caplog):
        limits.clear()
        search, sizes = Search(PLANTED), 0
        with caplog.at_level(logging.DEBUG):
            for who in (cast.SHELTER_WITHOUT_CONSENT, cast.ANALYST, cast.DATA_OFFICER):
                for content in sent_to(browser(who), cases):
                    sizes += len(content)
                    assert search.first_in(content) is None

        logged = "\n".join(record.getMessage() for record in caplog.records)
        assert search.first_in(logged.encode()) is None
        assert sizes > 10_000

    def test_hold_none_of_it_in_the_calendar_of_whoever_may_read_it(self, cases):
        limits.clear()
        client = browser(POLICE)
        made = client.post("/account/calendar/", {"do": "make"}).content.decode()
        address = re.search(r"/calendar/[^\s\"<]+\.ics", made)
        assert address is not None

        feed = Client(headers={"host": "localhost"}).get(address.group()).content

        assert b"BEGIN:VEVENT" in feed
        assert Search(PLANTED).first_in(feed) is None


def sent_to(client: Client, cases: list[UUID]) -> Iterator[bytes]:
    """Ask for pages, tables and errors, and send what was planted to where it does not belong."""
    for entry in addresses.of_no_case():
        yield client.get(addresses.place(entry, cases[0])).content
    for number, case_ref in enumerate(cases):
        for entry in addresses.of_a_case()[number :: 5 * len(cases)]:
            address = addresses.place(entry, case_ref)
            yield client.get(address).content
            yield client.post(address, {"form_key": PLANTED[0]}).content
    yield client.get("/" + quote(PLANTED[1])).content


def test_says_what_was_planted(cases):
    told("canaries", planted=len(PLANTED), cases=len(cases), hits=0)
