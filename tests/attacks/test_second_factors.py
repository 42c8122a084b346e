"""Second factors under attack: a stolen passphrase, a used code, a smuggled statement."""

from uuid import UUID

import pytest

from opennrm.casework.contact import (
    Contact,
    PersonDescription,
    SafeContactNote,
    describe_person,
    note_safe_contact,
    record_contact,
)
from opennrm.records import queries, sessions
from opennrm.records.desk import at_work
from tests.attacks import raw
from tests.attacks.at_once import at_once
from tests.database import NOW, as_administrator
from tests.web.real_people import (
    Person,
    add_app,
    app_code,
    enrolled,
    session_of,
    with_passkey,
    with_passphrase,
)

SECOND = "/sign-in/second/"
NAME = "Arta Selimi"
PROTECTED = {"D2", "D2S", "D3", "D3S"}
REFUSED, NO_PRIVILEGE = "NR403", "42501"


def waiting_token() -> str:
    """Return the token of somebody who gave a stolen passphrase and has no factor to show."""
    person = enrolled()[0]
    with_passkey(person)
    return sessions.token_of(with_passphrase(person).cookies["work"].value)


def described(session: sessions.Session) -> UUID:
    """Record a contact with a name."""
    seen = Contact(route="own_detection", channel="in_person", contact_on=NOW.date())
    with at_work(session, at=NOW) as desk:
        case_ref = record_contact(contact=seen, actor=session.actor, at=NOW, desk=desk)
    with at_work(session, at=NOW) as desk:
        describe_person(
            case_ref=case_ref,
            person=PersonDescription(names=NAME),
            actor=session.actor,
            at=NOW,
            desk=desk,
        )
    return case_ref


class TestACodeOfAnApp:
    """It counts once, whichever process is asked."""

    def test_lets_in_one_of_two_who_send_it_at_once(self):
        person = enrolled()[0]
        secret = add_app(with_passphrase(person))
        browsers = [with_passphrase(person) for _ in range(2)]
        code = app_code(secret)

        answers = at_once([lambda one=one: one.post(SECOND, {"code": code}) for one in browsers])

        assert sorted(answer.status_code for answer in answers) == [302, 422]


class TestAStolenPassphrase:
    """Alone it opens nothing."""

    def test_reads_nothing_past_the_pages(self):
        token = waiting_token()

        with raw.reader(token) as connection:
            found = raw.visible_anywhere(connection)
        everyone = {"group_key", "account_key", "partner", "partner_word", "hand_over_key"}
        assert [table for table, rows in found.items() if rows and table not in everyone] == []

    @pytest.mark.parametrize("kind", ["app_code", "none", "invented", "calendar"])
    def test_claims_no_factor_that_the_account_does_not_have(self, kind: str):
        with raw.reader(waiting_token()) as connection:
            code = raw.refused(connection, "SELECT nrm.pass_factor(%s)", [kind])

        assert code == REFUSED

    @pytest.mark.parametrize("kind", ["totp", "webauthn", "recovery_codes"])
    def test_adds_no_factor_of_its_own(self, kind: str):
        person = enrolled()[0]
        with_passkey(person)
        token = sessions.token_of(with_passphrase(person).cookies["work"].value)
        add = (
            "INSERT INTO mfa_authenticator (user_id, type, data, created_at) "
            "VALUES (%s, %s, '{}', now())"
        )

        with raw.reader(token) as connection:
            code = raw.refused(connection, add, [person.account, kind])

        assert code == NO_PRIVILEGE

    @pytest.mark.parametrize("kind", ["webauthn", "recovery_codes"])
    def test_exchanges_no_factor_for_another_ones(self, kind: str):
        mine, victim = enrolled("FR", people=2)
        with_passkey(mine)
        with_passkey(victim)
        with as_administrator() as connection:
            stolen = connection.execute(
                "SELECT data::text FROM mfa_authenticator WHERE user_id = %s AND type = %s",
                [mine.account, kind],
            ).fetchone()
        assert stolen is not None
        token = sessions.token_of(with_passphrase(victim).cookies["work"].value)
        exchange = "UPDATE mfa_authenticator SET data = %s::jsonb WHERE type = %s"

        with raw.reader(token) as connection:
            assert raw.refused(connection, exchange, [stolen[0], kind]) == REFUSED

    def test_uses_no_recovery_code_twice_by_winding_back(self):
        person = enrolled()[0]
        with_passkey(person)
        token = sessions.token_of(with_passphrase(person).cookies["work"].value)
        wind = (
            "UPDATE mfa_authenticator SET data = jsonb_set(data, '{used_mask}', %s::jsonb) "
            "WHERE type = 'recovery_codes'"
        )

        with raw.reader(token) as connection:
            connection.execute(wind, ["3"])
            assert raw.refused(connection, wind, ["1"]) == REFUSED

    def test_takes_no_factor_away(self):
        with raw.reader(waiting_token()) as connection:
            gone = connection.execute("DELETE FROM mfa_authenticator").rowcount

        assert gone == 0


class TestFactorsOfOthers:
    """A statement smuggled into the pages sees and changes none of them."""

    def test_are_not_seen_or_changed(self):
        with_passkey(enrolled()[0])
        mine = session_of(with_passkey(enrolled()[0]))

        with raw.reader(mine.token) as connection:
            seen = connection.execute("SELECT DISTINCT user_id FROM mfa_authenticator").fetchall()
            changed = connection.execute(
                "UPDATE mfa_authenticator SET data = '{}' WHERE user_id <> %s",
                [mine.actor.account],
            ).rowcount

        assert seen == [(mine.actor.account,)]
        assert changed == 0

    def test_are_not_given_to_others(self):
        mine, other = session_of(with_passkey(enrolled()[0])), enrolled()[0]
        add = (
            "INSERT INTO mfa_authenticator (user_id, type, data, created_at) "
            "VALUES (%s, 'webauthn', '{}', now())"
        )

        with raw.reader(mine.token) as connection:
            assert raw.refused(connection, add, [other.account]) == NO_PRIVILEGE

    def test_are_seen_by_nobody_who_is_not_signed_in(self):
        with_passkey(enrolled()[0])

        with raw.reader("") as connection:
            assert connection.execute("SELECT count(*) FROM mfa_authenticator").fetchone() == (0,)


class TestIdentityAndWhereabouts:
    """They open with a passkey or a security key only."""

    @pytest.fixture
    def both(self) -> tuple[sessions.Session, sessions.Session, UUID]:
        """Sign the same person in with her passkey and with her app, and record a name."""
        person: Person = enrolled()[0]
        client = with_passkey(person)
        secret = add_app(client)
        strong = session_of(client)
        case_ref = described(strong)
        note = SafeContactNote(safe_channel="phone_call", whereabouts="With her aunt.")
        with at_work(strong, at=NOW) as desk:
            note_safe_contact(case_ref=case_ref, note=note, actor=strong.actor, at=NOW, desk=desk)
        other = with_passphrase(person)
        other.post(SECOND, {"code": app_code(secret)})
        return strong, session_of(other), case_ref

    def told(self, session: sessions.Session, case_ref: UUID) -> str:
        page = queries.case_page(session, case_ref, at=NOW, opened=("D1", "D2", "D4"))
        return repr(page)

    def test_stay_closed_after_a_code(self, both):
        strong, weak, case_ref = both

        assert (strong.factor, weak.factor) == ("passkey", "app_code")
        assert NAME in self.told(strong, case_ref)
        assert NAME not in self.told(weak, case_ref)

    def test_are_not_found_by_name_after_a_code(self, both):
        strong, weak, _case_ref = both

        assert queries.find_people(strong, NAME, at=NOW)
        assert queries.find_people(weak, NAME, at=NOW) == []

    def test_keep_their_keys_from_a_smuggled_statement_after_a_code(self, both):
        strong, weak, case_ref = both
        held = (
            "SELECT DISTINCT access.compartment FROM nrm.wrap JOIN nrm.access USING (access_ref) "
            "WHERE access.case_ref = %s"
        )
        found = []
        for session in (strong, weak):
            for role in (raw.APP, raw.RECORDER):
                with raw.reader(session.token, role) as connection:
                    rows = connection.execute(held, [case_ref]).fetchall()
                found.append({part for (part,) in rows} & PROTECTED)

        assert found == [{"D2", "D3"}, {"D2", "D3"}, set(), set()]
