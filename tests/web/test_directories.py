"""Coming by way of a directory: what it may say, and what it cannot open."""

from collections.abc import Iterator
from functools import cache as cache_once
from typing import Any
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.test import Client, override_settings

from opennrm.records import sessions
from opennrm.records.people.directories import known_as
from tests.database import NOW, as_administrator
from tests.web import small_directory
from tests.web.browsing import fields_of
from tests.web.real_people import Person, add_passkey, enrolled, show, with_passkey
from tests.web.small_directory import SmallDirectory

BINDINGS = "SELECT count(*) FROM nrm.directory_binding WHERE account = %s"


@pytest.fixture
def house() -> Iterator[SmallDirectory]:
    """A directory that this installation knows."""
    with small_directory.running() as directory:
        named = {
            "OPENNRM_DIRECTORIES": directory.settings,
            "OPENNRM_PRIVATE_HOSTS": frozenset({"127.0.0.1"}),
        }
        with override_settings(**named):
            cache.clear()
            yield directory


def people() -> tuple[Person, Person, Person]:
    """Return two officers and a member of one house."""
    first, second, member = enrolled(people=3, officers=2)
    return first, second, member


@cache_once
def known() -> tuple[Person, str]:
    """Return a member who is bound, once for all tests that leave her as she is, and her word."""
    officer, _, member = people()
    word = uuid4().hex
    assert bind(officer, member, word).status_code == 302
    return member, word


def bind(officer: Person, member: Person, word: str) -> Any:
    """Bind a member on the page for it."""
    client = with_passkey(officer)
    typed = {"do": "bind", "directory": "house", "subject": word}
    return client.post(f"/people/{member.account}/directory/", typed)


def bindings(person: Person) -> int:
    with as_administrator() as connection:
        row = connection.execute(BINDINGS, [person.account]).fetchone()
    assert row is not None
    return int(row[0])


def browser() -> Client:
    return Client(headers={"host": "localhost"})


def sent_to(client: Client) -> str:
    """Follow the link of the sign-in page; return where the directory would be asked."""
    answer = client.get("/sign-in/directory/house/")
    assert answer.status_code == 302, answer.content
    return str(answer["Location"])


def come(client: Client, directory: SmallDirectory) -> Any:
    """Come back from the directory, without the cookies that do not cross from another site."""
    back = directory.comes(sent_to(client))
    assert {client.cookies[name]["samesite"] for name in client.cookies} == {"Lax"}
    return client.get(back)


def signed_in(client: Client, person: Person, **typed: str) -> Any:
    """Type the passphrase on the page the directory led to."""
    fields = fields_of(client.get("/sign-in/")) | {"password": person.passphrase, **typed}
    return client.post("/sign-in/", fields)


class TestWhoeverADirectoryKnows:
    """Bound by an officer, she comes with its word, her passphrase and her second factor."""

    def test_comes_with_her_passphrase_and_her_passkey(self, house: SmallDirectory):
        officer, _, member = people()
        with_passkey(member)
        assert bind(officer, member, house.subject).status_code == 302

        client = browser()
        led = come(client, house)
        half_way = signed_in(client, member)
        assert member.passkey is not None
        whole = show(client, "/sign-in/second/", member.passkey)

        assert (led.status_code, led["Location"]) == (302, "/sign-in/")
        assert half_way["Location"].startswith("/sign-in/second/")
        assert whole["Location"] == "/"
        assert client.get("/account/").status_code == 200
        assert "directory-shown" not in {
            name for name, cookie in client.cookies.items() if cookie.value
        }

    def test_does_not_come_with_the_passphrase_alone(self, house: SmallDirectory):
        member, house.subject = known()

        with pytest.raises(sessions.SignInRefused):
            sessions.open_session(member.name, member.passphrase, at=NOW)

        assert signed_in(browser(), member, login=member.name).status_code == 422

    def test_does_not_come_with_the_directory_alone(self, house: SmallDirectory):
        member, house.subject = known()
        client = browser()
        come(client, house)

        assert signed_in(client, member, password="not hers").status_code == 422
        assert client.get("/account/").status_code == 302

    def test_does_not_come_as_a_colleague(self, house: SmallDirectory):
        first, second, member = people()
        bind(first, member, house.subject)
        client = browser()
        come(client, house)

        assert signed_in(client, second, login=second.name).status_code == 422

    def test_comes_without_it_again_when_an_officer_says_so(self, house: SmallDirectory):
        officer, _, member = people()
        bind(officer, member, house.subject)
        with_passkey(officer).post(f"/people/{member.account}/directory/", {"do": "unbind"})

        assert bindings(member) == 0
        assert signed_in(browser(), member, login=member.name).status_code == 302

    def test_may_let_somebody_else_sign_in_at_the_same_desk(self, house: SmallDirectory):
        officer, other, member = people()
        bind(officer, member, house.subject)
        client = browser()
        come(client, house)

        page = client.get("/sign-in/?another=1")

        assert member.name.encode() not in page.content
        assert signed_in(client, other, login=other.name).status_code == 302


class TestADirectory:
    """Whatever it says, it opens nothing, and makes nobody."""

    def test_makes_no_account_of_somebody_unknown(self, house: SmallDirectory):
        house.subject = "a stranger"
        house.says = {"email": "someone@example.org", "preferred_username": "somebody"}
        with as_administrator() as connection:
            before = connection.execute("SELECT count(*) FROM accounts_account").fetchone()

        answer = come(browser(), house)

        with as_administrator() as connection:
            after = connection.execute("SELECT count(*) FROM accounts_account").fetchone()
        assert answer.status_code == 422
        assert b"a stranger" in answer.content
        assert before == after

    def test_is_not_believed_about_mail_addresses_and_names(self, house: SmallDirectory):
        officer, _, member = people()
        bind(officer, member, "her own word")
        house.subject = "another word"
        house.says = {
            "email": member.name,
            "email_verified": True,
            "preferred_username": member.name,
            "name": member.name,
            "roles": ["CA"],
        }

        answer = come(browser(), house)

        assert answer.status_code == 422
        assert (
            "directory-shown" not in answer.cookies or not answer.cookies["directory-shown"].value
        )

    @pytest.mark.parametrize(
        "says",
        [
            pytest.param({"iss": "https://elsewhere.example"}, id="issuer"),
            pytest.param({"aud": "another installation"}, id="audience"),
            pytest.param({"aud": ["opennrm", "another installation"]}, id="audiences"),
            pytest.param({"nonce": "of another try"}, id="nonce"),
            pytest.param({"nonce": None}, id="no nonce"),
            pytest.param({"exp": 1_000_000_000}, id="long over"),
            pytest.param({"exp": None}, id="no end"),
            pytest.param({"iat": 9_000_000_000}, id="not yet made"),
            pytest.param({"sub": ""}, id="nobody"),
            pytest.param({"sub": ["0042"]}, id="several"),
        ],
    )
    def test_is_not_believed_with_a_wrong(self, house: SmallDirectory, says: dict[str, Any]):
        _, house.subject = known()
        house.says = says

        assert come(browser(), house).status_code == 422

    @pytest.mark.parametrize("change", ["signature", "key", "symmetric", "unsigned", "described"])
    def test_is_not_believed_when_changed(self, house: SmallDirectory, change: str):
        _, house.subject = known()
        client = browser()
        back = house.comes(sent_to(client))
        if change == "signature":
            house.alters = lambda token: token[:-8] + token[-8:].swapcase()
        elif change == "key":
            house.signs_with = SmallDirectory().key
        elif change == "symmetric":
            house.signs_with, house.algorithm = small_directory.symmetric(), "HS256"
        elif change == "unsigned":
            house.alters = lambda token: "eyJhbGciOiJub25lIn0." + token.split(".")[1] + "."
        else:
            house.described = {"issuer": "https://elsewhere.example"}

        assert client.get(back).status_code == 422

    def test_that_does_not_answer_is_said_so(self, house: SmallDirectory):
        house.described = {"authorization_endpoint": "ftp://elsewhere.example/"}

        assert browser().get("/sign-in/directory/house/").status_code == 503

    def test_that_nobody_named_is_no_page(self, house: SmallDirectory):
        assert browser().get("/sign-in/directory/other/").status_code == 404
        with override_settings(OPENNRM_DIRECTORIES={}):
            assert browser().get("/sign-in/directory/house/").status_code == 404


class TestATry:
    """What belongs to one browser and one moment."""

    def test_counts_once(self, house: SmallDirectory):
        _, house.subject = known()
        client = browser()
        back = house.comes(sent_to(client))
        kept = client.cookies["directory-try"].value

        assert client.get(back).status_code == 302
        client.cookies["directory-try"] = kept
        heard = len(house.heard)
        assert client.get(back).status_code == 422
        assert len(house.heard) == heard

    def test_of_another_browser_is_refused(self, house: SmallDirectory):
        _, house.subject = known()
        back = house.comes(sent_to(browser()))
        other = browser()
        sent_to(other)

        assert browser().get(back).status_code == 422
        assert other.get(back).status_code == 422

    def test_comes_back_to_pages_of_ours_only(self, house: SmallDirectory):
        member, house.subject = known()
        client = browser()
        go = client.get("/sign-in/directory/house/?next=https://elsewhere.example/")
        led = client.get(house.comes(go["Location"]))

        page = fields_of(client.get(led["Location"])) | {"password": member.passphrase}

        assert client.post(led["Location"], page)["Location"] == "/"


class TestAnOfficer:
    """Binds members of her own house, and stays reachable herself."""

    def test_is_never_bound(self, house: SmallDirectory):
        first, second, _ = people()

        answer = bind(first, second, house.subject)

        assert answer.status_code == 422
        assert bindings(second) == 0

    def test_binds_nobody_of_another_house(self, house: SmallDirectory):
        first, _, _ = people()
        _, _, stranger = people()

        assert bind(first, stranger, house.subject).status_code == 422
        assert bindings(stranger) == 0

    def test_binds_one_word_to_one_person(self, house: SmallDirectory):
        first, _, member = people()
        other_officer, _, other = people()
        bind(first, member, house.subject)

        assert bind(other_officer, other, house.subject).status_code == 422
        assert (bindings(member), bindings(other)) == (1, 0)

    def test_alone_binds(self, house: SmallDirectory):
        _, _, member = people()

        assert bind(member, member, house.subject).status_code == 404
        assert bindings(member) == 0

    def test_who_was_bound_before_comes_without(self, house: SmallDirectory):
        first, _, member = people()
        bind(first, member, house.subject)
        with as_administrator() as connection:
            connection.execute(
                "UPDATE accounts_account SET is_officer = true WHERE ref = %s", [member.account]
            )

        assert come(browser(), house).status_code == 422
        assert signed_in(browser(), member, login=member.name).status_code == 302

    def test_keeps_no_word_but_its_digest(self, house: SmallDirectory):
        first, _, member = people()
        bind(first, member, "a very personal number")

        with as_administrator() as connection:
            row = connection.execute(
                "SELECT t::text FROM nrm.directory_binding AS t WHERE account = %s",
                [member.account],
            ).fetchone()

        assert row is not None
        assert "personal" not in row[0]
        assert known_as("house", "a very personal number") in row[0]

    def test_sees_the_form_on_the_page_of_a_member(self, house: SmallDirectory):
        first, _, member = people()
        client = with_passkey(first)

        page = client.get(f"/people/{member.account}/").content.decode()

        assert 'name="subject"' in page
        with override_settings(OPENNRM_DIRECTORIES={}):
            assert (
                'name="subject"' not in client.get(f"/people/{member.account}/").content.decode()
            )


def test_a_passkey_is_added_after_coming_that_way_for_the_first_time(house: SmallDirectory):
    officer, _, member = people()
    bind(officer, member, house.subject)
    client = browser()
    come(client, house)

    assert signed_in(client, member).status_code == 302
    assert client.get("/")["Location"] == "/account/second-factor/"
    add_passkey(client)
    assert client.get("/").status_code == 200
