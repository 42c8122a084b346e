"""What was refused is in the journal: who and why, never what was typed or asked about."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from opennrm.casework.refusals import Refused
from opennrm.records import sessions
from opennrm.records.desk import at_work
from opennrm.records.ticking import tick
from tests import cast, stories
from tests.database import NOW, as_administrator, passphrase, sign_in_name, signed_in
from tests.web.browsing import browser

NOBODY = UUID(int=0)
WHO, OTHER = cast.LAWYER, cast.POLICE_OFFICER


def newest() -> tuple[Any, ...]:
    with as_administrator() as connection:
        row = connection.execute(
            "SELECT account, organisation, action, case_ref, compartments, rows_read "
            "FROM nrm.journal ORDER BY entry DESC LIMIT 1"
        ).fetchone()
    assert row is not None
    return row


class TestAFailedSignIn:
    def test_is_kept_under_the_account_whose_name_it_is(self, _database: None) -> None:
        with pytest.raises(sessions.SignInRefused):
            sessions.open_session(sign_in_name(WHO).upper(), "not hers at all", at=NOW)

        entry = (WHO.account, WHO.organisation.organisation, "sign_in_failed", None, [], None)
        assert newest() == entry

    def test_keeps_no_typed_name(self, _database: None) -> None:
        typed = f"typed {uuid4()}"
        with pytest.raises(sessions.SignInRefused):
            sessions.open_session(typed, "nobody's passphrase", at=NOW)

        assert newest() == (NOBODY, NOBODY, "sign_in_failed", None, [], None)

    def test_is_not_kept_where_it_did_not_fail(self, _database: None) -> None:
        before = newest()

        sessions.open_session(sign_in_name(WHO), passphrase(WHO), at=NOW)

        assert newest() == before


class TestARefusal:
    def test_is_kept_with_its_reason_and_nothing_of_the_case(self, _database: None) -> None:
        case_ref = stories.contact(OTHER)
        with pytest.raises(Refused), at_work(signed_in(WHO), at=NOW) as desk:
            desk.cases.load(case_ref)

        account, _house, action, about, parts, _rows = newest()
        assert (account, about, parts) == (WHO.account, None, [])
        assert action.startswith("refused_")

    def test_of_a_page_is_kept_alike_for_hidden_and_absent(self, _database: None) -> None:
        client, hidden = browser(WHO), stories.contact(OTHER)

        client.get(f"/case/{hidden}/")
        first = newest()
        client.get(f"/case/{uuid4()}/")

        assert newest() == first
        assert first[0] == WHO.account
        assert first[2].startswith("refused_")


class TestWhatIsForgotten:
    def test_is_what_programs_and_forms_were_answered_long_ago(self, _database: None) -> None:
        account, session = WHO.account, signed_in(WHO)
        old, young = uuid4(), uuid4()
        with at_work(session, at=NOW, form_key=young):
            pass
        with as_administrator() as connection:
            connection.execute(
                "INSERT INTO nrm.form_key (account, key, used_at) "
                "VALUES (%s, %s, now() - interval '91 days')",
                [account, old],
            )
            connection.execute(
                "INSERT INTO nrm.program_answer (account, key, digest, reference, at) VALUES "
                "(%s, %s, '', %s, now() - interval '31 days'), (%s, %s, '', %s, now())",
                [account, old, old, account, young, young],
            )

        done = tick(at=NOW + timedelta(minutes=1))

        assert done.forgotten >= 2
        with as_administrator() as connection:
            forms = connection.execute(
                "SELECT key FROM nrm.form_key WHERE key IN (%s, %s)", [old, young]
            ).fetchall()
            answers = connection.execute(
                "SELECT key FROM nrm.program_answer WHERE key IN (%s, %s)", [old, young]
            ).fetchall()
        assert forms == answers == [(young,)]
