"""Second factors: enrolling one, showing it, what opens with which, and showing it again."""

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from opennrm.console.import_file import signed_in
from opennrm.records import factors, sessions
from tests import cast
from tests.database import NOW, as_administrator
from tests.web.browsing import browser, fields_of
from tests.web.real_people import (
    Passkey,
    Person,
    add_app,
    app_code,
    enrolled,
    options,
    show,
    with_passkey,
    with_passphrase,
)

SECOND = "/sign-in/second/"
OWN = "/account/second-factor/"
SIX_MINUTES_LATER = (
    "UPDATE nrm.sign_in SET factor_at = factor_at - interval '6 minutes' WHERE account = %s"
)
SIXTEEN_MINUTES_LATER = (
    "UPDATE nrm.sign_in SET seen_at = seen_at - interval '16 minutes' WHERE account = %s"
)


def later(statement: str, person: Person) -> None:
    """Let time pass for the sessions of a person."""
    with as_administrator() as connection:
        connection.execute(statement, [person.account])


@pytest.fixture
def person() -> Person:
    """A first responder without any factor."""
    return enrolled()[0]


class TestWhoHasNoFactor:
    """A passphrase alone opens nothing but the page that adds one."""

    def test_reaches_only_the_page_that_adds_one(self, person: Person):
        client = with_passphrase(person)
        addresses = ("/", "/find/", "/account/", "/contact/", "/figures/", "/people/")

        answers = {client.get(address)["Location"] for address in addresses}
        answers |= {client.post(address)["Location"] for address in addresses}

        assert answers == {OWN}
        assert client.get(OWN).status_code == 200

    def test_has_no_role_in_the_database_either(self, person: Person):
        opened = sessions.open_session(person.name, person.passphrase, at=cast.NOON)

        with sessions.reading(opened.session.token) as cursor:
            cursor.execute("SELECT nrm.reader_roles()")
            assert cursor.fetchone() == ([],)

    def test_goes_on_after_adding_an_app_and_sees_the_recovery_codes_once(self, person: Person):
        client = with_passphrase(person)

        add_app(client)
        once = client.get(f"{OWN}codes/").content.decode()
        twice = client.get(f"{OWN}codes/").content.decode()

        assert once.count("<code>") == 10
        assert "<code>" not in twice
        assert client.get("/contact/").status_code == 200

    def test_is_not_taken_for_one_with_a_code_that_is_wrong(self, person: Person):
        client = with_passphrase(person)
        client.get(f"{OWN}app/")

        answer = client.post(f"{OWN}app/", {"code": "000000"})

        assert b"This code is not right" in answer.content
        assert client.get("/")["Location"] == OWN


class TestTheSecondStep:
    """After the passphrase, before anything opens."""

    def test_opens_with_the_code_of_the_app(self, person: Person):
        secret = add_app(with_passphrase(person))
        client = with_passphrase(person)

        before = client.get("/").status_code, client.get("/sign-in/").status_code
        client = with_passphrase(person)
        answer = client.post(SECOND, {"code": app_code(secret)})

        assert before == (302, 200)
        assert answer["Location"] == "/"
        assert client.get("/contact/").status_code == 200

    def test_refuses_a_code_that_was_used(self, person: Person):
        secret = add_app(with_passphrase(person))
        code = app_code(secret)
        with_passphrase(person).post(SECOND, {"code": code})

        again = with_passphrase(person).post(SECOND, {"code": code})

        assert again.status_code == 422
        assert b"it was used before" in again.content

    def test_is_refused_at_the_sixth_wrong_code(self, person: Person):
        secret = add_app(with_passphrase(person))
        client = with_passphrase(person)
        for _ in range(5):
            client.post(SECOND, {"code": "000000"})

        sixth = client.post(SECOND, {"code": app_code(secret)})

        assert b"Too many tries" in sixth.content
        assert client.get("/account/").status_code == 302

    def test_takes_a_recovery_code_once(self, person: Person):
        client = with_passphrase(person)
        add_app(client)
        page = client.get(f"{OWN}codes/").content.decode()
        code = page.partition("<code>")[2].partition("</code>")[0]

        first = with_passphrase(person).post(SECOND, {"code": code})
        second = with_passphrase(person).post(SECOND, {"code": code})

        assert (first.status_code, second.status_code) == (302, 422)

    def test_opens_with_the_passkey(self, person: Person):
        with_passkey(person)

        client = with_passkey(person)

        assert client.get("/contact/").status_code == 200

    def test_refuses_the_passkey_of_somebody_else(self, person: Person):
        with_passkey(person)
        client = with_passphrase(person)

        answer = show(client, SECOND, Passkey())

        assert answer.status_code == 422
        assert client.get("/")["Location"].startswith("/sign-in/")

    def test_refuses_a_passkey_asked_for_by_another_site(self, person: Person):
        with_passkey(person)
        client = with_passphrase(person)
        asked = options(client.get(SECOND))

        lured = person.passkey.shown(asked, origin="https://elsewhere.example")

        assert client.post(SECOND, {"credential": lured}).status_code == 422

    def test_refuses_an_answer_that_was_given_before(self, person: Person):
        with_passkey(person)
        client = with_passphrase(person)
        answer = person.passkey.shown(options(client.get(SECOND)))
        first = client.post(SECOND, {"credential": answer})

        second = with_passphrase(person)
        second.get(SECOND)

        assert first.status_code == 302
        assert second.post(SECOND, {"credential": answer}).status_code == 422

    def test_takes_no_nonsense_for_a_passkey(self, person: Person):
        with_passkey(person)
        client = with_passphrase(person)
        client.get(SECOND)

        for nonsense in ("", "{}", "[]", '{"id": "x"}', "not json"):
            assert client.post(SECOND, {"credential": nonsense}).status_code == 422

    def test_cannot_be_reached_without_the_passphrase(self):
        client = Client(headers={"host": "localhost"})

        answers = {client.get(SECOND)["Location"], client.post(SECOND)["Location"]}

        assert answers == {"/sign-in/"}

    def test_is_begun_anew_on_the_sign_in_page(self, person: Person):
        with_passkey(person)
        client = with_passphrase(person)

        assert client.get("/sign-in/").status_code == 200
        assert client.get(SECOND)["Location"] == "/sign-in/"

    def test_keeps_what_was_typed_before_the_session_ended(self, person: Person):
        client = with_passkey(person)
        later(SIXTEEN_MINUTES_LATER, person)
        interrupted = client.post("/find/", {"name": "Спаси нас"})
        carried = {name: fields_of(interrupted)[name] for name in ("kept", "kept_path")}

        signed = {"login": person.name, "password": person.passphrase}
        client.post("/sign-in/", signed | carried)
        answer = show(client, SECOND, person.passkey)

        assert interrupted.status_code == 401
        assert "Спаси нас" in answer.content.decode()

    def test_gives_the_session_a_new_name(self, person: Person):
        with_passkey(person)
        client = with_passphrase(person)
        before = client.cookies["session"].value

        show(client, SECOND, person.passkey)

        assert client.cookies["session"].value != before


class TestShowingItAgain:
    """Before somebody changes who can open what."""

    def asked(self, client: Client) -> Any:
        """Want the page that adds an app."""
        return client.get(f"{OWN}app/")

    def test_is_not_asked_within_five_minutes(self, person: Person):
        assert self.asked(with_passkey(person)).status_code == 200

    def test_is_asked_after_five_minutes_and_leads_back(self, person: Person):
        client = with_passkey(person)
        later(SIX_MINUTES_LATER, person)

        sent = self.asked(client)
        answer = show(client, sent["Location"], person.passkey)

        assert sent["Location"] == "/sign-in/again/?next=%2Faccount%2Fsecond-factor%2Fapp%2F"
        assert answer["Location"] == f"{OWN}app/"
        assert self.asked(client).status_code == 200

    def test_leads_to_no_other_site(self, person: Person):
        client = with_passkey(person)

        answer = show(client, "/sign-in/again/?next=https://elsewhere.example/", person.passkey)

        assert answer["Location"] == "/account/"

    def test_is_asked_by_the_database_too(self, person: Person):
        client = with_passkey(person)
        token = sessions.token_of(client.cookies["work"].value)
        later(SIX_MINUTES_LATER, person)

        with sessions.waiting(token) as cursor:
            cursor.execute("DELETE FROM mfa_authenticator WHERE user_id = %s", [person.account])
            assert cursor.rowcount == 0

    def test_never_takes_the_last_factor_away(self, person: Person):
        client = with_passkey(person)
        page = client.get(OWN).content.decode()
        address = page.partition(f'href="{OWN}passkey/')[2]
        number = page.partition("/remove/")[0].rpartition("/")[2]

        answer = client.post(reverse("mfa_remove_webauthn", kwargs={"pk": int(number)}))

        assert address
        assert b"This is your last second factor" in answer.content

    def test_lets_one_of_two_go(self, person: Person):
        client = with_passkey(person)
        add_app(client)

        client.post(reverse("mfa_deactivate_totp"))

        assert b"Add an authenticator app" in client.get(OWN).content


class TestTheInventedPeopleOfADemonstration:
    """Their passphrase everybody knows; they may look around with it alone, and try a factor."""

    def test_need_none(self):
        assert browser(cast.LAWYER).get("/find/").status_code == 200

    def test_can_be_made_by_the_owner_of_the_database_only(self):
        with as_administrator() as connection:
            may = connection.execute(
                "SELECT count(*) FROM unnest(ARRAY['opennrm_app', 'opennrm_recorder', "
                "'opennrm_definer']) AS role WHERE has_column_privilege(role, "
                "'accounts_account', 'is_invented', 'UPDATE, INSERT')"
            ).fetchone()

        assert may == (0,)


class TestAtTheTerminal:
    """A program in her hands asks for the same: the passphrase, then a code of her app."""

    def asked(self, monkeypatch: pytest.MonkeyPatch, person: Person, code: str) -> Any:
        monkeypatch.setenv("OPENNRM_PASSPHRASE", person.passphrase)
        monkeypatch.setenv("OPENNRM_CODE", code)
        return signed_in(person.name, at=NOW)

    def test_opens_with_both_and_with_nothing_less(
        self, person: Person, monkeypatch: pytest.MonkeyPatch
    ):
        with pytest.raises(sessions.SignInRefused, match="add an authenticator app"):
            self.asked(monkeypatch, person, "")
        secret = add_app(with_passphrase(person))
        with pytest.raises(sessions.SignInRefused, match="not right"):
            self.asked(monkeypatch, person, "000000")

        opened = self.asked(monkeypatch, person, app_code(secret))

        assert opened.session.factor == "app_code"
        assert opened.session.keyring is not None
        assert opened.session.keyring.groups


class TestTheSecretsOfFactors:
    """They are sealed under a key that is not in the database."""

    def test_stand_nowhere_in_the_database(self, person: Person):
        secret = add_app(with_passphrase(person))
        cache.clear()
        with as_administrator() as connection:
            rows = connection.execute(
                "SELECT data::text FROM mfa_authenticator WHERE user_id = %s", [person.account]
            ).fetchall()

        assert len(rows) == 2
        assert not any(secret in data for (data,) in rows)

    def test_do_not_open_under_another_key(self, tmp_path, monkeypatch: pytest.MonkeyPatch):
        sealed = factors.FactorAdapter().encrypt("the secret")
        other = factors.factor_keys.__wrapped__.__globals__["FileKeys"](tmp_path / "key")
        monkeypatch.setattr(factors, "factor_keys", lambda: other)

        with pytest.raises(Exception, match="do not open"):
            factors.FactorAdapter().decrypt(sealed)
