"""Signing in, being throttled, coming back to the page, idling out, leaving."""

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from opennrm.records import sessions
from opennrm.web.work import WorkSession
from tests import cast, database, stories
from tests.database import as_administrator
from tests.web.browsing import browser, fields_of

OFFICER = cast.POLICE_OFFICER
SIXTEEN_MINUTES_LATER = (
    "UPDATE nrm.sign_in SET seen_at = seen_at - interval '16 minutes' "
    f"WHERE account = '{OFFICER.account}'"
)


def tried(client: Client, name: str, passphrase: str, **more: str):
    """Try to sign in."""
    return client.post("/sign-in/", {"login": name, "password": passphrase, **more})


def kept(answer) -> dict[str, str]:
    """Return what a page carries of a form sent before it."""
    fields = fields_of(answer)
    return {name: fields[name] for name in ("kept", "kept_path")}


@pytest.fixture
def client() -> Client:
    """A browser nobody has used."""
    return Client(headers={"host": "localhost"})


class TestSigningIn:
    """With the right pair and with a wrong one."""

    def test_opens_a_working_session_that_only_the_browser_can_carry(self, client: Client):
        answer = tried(client, database.sign_in_name(OFFICER), database.passphrase(OFFICER))

        cookie = answer.cookies["work"]
        assert cookie["httponly"]
        assert cookie["samesite"] == "Strict"
        assert client.get("/account/").status_code == 200

    def test_comes_back_to_the_page_that_was_wanted(self, client: Client):
        wanted = reverse("notices")
        asked = client.get(wanted)

        name, words = database.sign_in_name(OFFICER), database.passphrase(OFFICER)
        answer = tried(client, name, words, next=wanted)

        assert asked["Location"] == "/sign-in/?next=%2Fnotices%2F"
        assert answer["Location"] == wanted

    def test_never_sends_anyone_to_another_site(self, client: Client):
        name, words = database.sign_in_name(OFFICER), database.passphrase(OFFICER)

        answer = tried(client, name, words, next="https://elsewhere.example/")

        assert answer["Location"] == "/"

    def test_answers_a_wrong_name_and_a_wrong_passphrase_alike(self, client: Client):
        wrong = tried(client, database.sign_in_name(OFFICER), "not the passphrase")
        unknown = tried(client, "nobody", "not the passphrase")

        says = b"The sign-in name or the passphrase is not right."
        assert wrong.status_code == unknown.status_code == 422
        assert says in wrong.content
        assert says in unknown.content

    @pytest.mark.parametrize("name", [database.sign_in_name(OFFICER), "nobody-known"])
    def test_is_refused_at_the_sixth_wrong_try(self, client: Client, name: str):
        for _ in range(5):
            tried(client, name, "not the passphrase")

        sixth = tried(client, name, "not the passphrase")

        assert b"Too many tries" in sixth.content

    def test_is_refused_at_the_sixth_try_even_with_the_right_passphrase(self, client: Client):
        name = database.sign_in_name(OFFICER)
        for _ in range(5):
            tried(client, name, "not the passphrase")

        sixth = tried(client, name, database.passphrase(OFFICER))

        assert b"Too many tries" in sixth.content
        assert client.get("/account/").status_code == 302


class TestASession:
    """How it ends."""

    def test_ends_on_signing_out(self):
        client = browser(OFFICER)
        secret = client.cookies["work"].value

        answer = client.post("/sign-out/")

        assert answer["Location"] == "/sign-in/"
        assert "storage" in answer["Clear-Site-Data"]
        assert sessions.resume(secret, at=database.NOW) is None
        assert client.get("/").status_code == 302

    def test_ends_on_leaving_without_a_token(self):
        client = browser(OFFICER)
        client.handler.enforce_csrf_checks = True

        answer = client.post("/leave/", {"quietly": "1"})

        assert answer.status_code == 204
        assert client.get("/").status_code == 302

    def test_ends_after_a_quarter_of_an_hour_without_work(self):
        client = browser(OFFICER)
        with as_administrator() as connection:
            connection.execute(SIXTEEN_MINUTES_LATER)

        answer = client.get("/account/")

        assert answer.status_code == 302
        assert answer["Location"].startswith("/sign-in/")

    def test_is_of_no_use_without_its_secret(self):
        client = browser(OFFICER)
        del client.cookies["work"]

        assert client.get("/").status_code == 302

    def test_of_another_person_does_not_mix_with_the_sign_in(self):
        officer, outsider = browser(OFFICER), browser(cast.SHELTER_WITHOUT_CONSENT)
        outsider.cookies["work"] = officer.cookies["work"].value
        case = stories.contact(OFFICER)

        answer = outsider.get(reverse("case", kwargs={"case_ref": case}))

        assert answer.status_code == 302


class TestAForm:
    """Forged forms."""

    def test_without_a_token_is_refused(self):
        client = browser(OFFICER)
        client.handler.enforce_csrf_checks = True

        answer = client.post("/find/", {"name": "Lina"})

        assert answer.status_code == 403
        assert b"This page was open too long" in answer.content


class TestAFormThatTookTooLong:
    """Sent after the session had ended."""

    @pytest.fixture
    def address(self) -> str:
        """The page of a form on a case of the officer's house."""
        return reverse("note_account", kwargs={"case_ref": stories.contact(OFFICER)})

    def interrupted(self, client: Client, address: str):
        """Type something, idle for too long, send it."""
        typed = {**fields_of(client.get(address)), "words": "Спаси <нас>", "means": ["threat"]}
        with as_administrator() as connection:
            connection.execute(SIXTEEN_MINUTES_LATER)
        return client.post(address, typed)

    def test_is_kept_through_the_new_sign_in_and_then_saved(self, address: str):
        client = browser(OFFICER)

        interrupted = self.interrupted(client, address)
        name, words = database.sign_in_name(OFFICER), database.passphrase(OFFICER)
        wrong = tried(client, name, "not it", **kept(interrupted))
        again = tried(client, name, words, **kept(wrong))
        answer = client.post(address, fields_of(again))

        page = client.post(answer["Location"], {"open": "all"}).content.decode()
        assert (interrupted.status_code, wrong.status_code) == (401, 422)
        assert "Спаси &lt;нас&gt;" in page

    def test_cannot_be_read_in_the_page_of_the_one_who_is_signed_out(self, address: str):
        page = self.interrupted(browser(OFFICER), address).content.decode()

        assert "Спаси" not in page
        assert "u0421" not in page
        assert "threat" not in page

    def test_is_not_handed_to_a_colleague_who_sits_down_next(self, address: str):
        client, next_one = browser(OFFICER), cast.POLICE_COLLEAGUE
        carried = kept(self.interrupted(client, address))

        name, words = database.sign_in_name(next_one), database.passphrase(next_one)
        answer = tried(client, name, words, **carried)

        assert answer["Location"] == "/"
        assert client.get("/account/").status_code == 200

    def test_is_not_kept_for_someone_who_had_signed_out(self, address: str):
        client = browser(OFFICER)
        typed = {**fields_of(client.get(address)), "words": "Спаси нас"}
        client.post("/sign-out/")

        answer = client.post(address, typed)

        assert answer.status_code == 401
        assert "nothing is kept" in answer.content.decode()

    @pytest.mark.parametrize("nonsense", ["5", "[]", "not base64 !", "AAAA", "Спаси"])
    def test_is_dropped_when_it_is_nonsense(self, address: str, nonsense: str):
        client = browser(OFFICER)
        carried = kept(self.interrupted(client, address)) | {"kept": nonsense}

        name, words = database.sign_in_name(OFFICER), database.passphrase(OFFICER)
        answer = tried(client, name, words, **carried)

        assert answer["Location"] == "/"

    def test_goes_to_no_other_site(self, client: Client):
        name, words = database.sign_in_name(OFFICER), database.passphrase(OFFICER)

        answer = tried(client, name, words, kept="[]", kept_path="//elsewhere.example/")

        assert answer["Location"] == "/"


class TestAPageBeingMade:
    """While its session ends."""

    def test_asks_for_a_new_sign_in(self):
        request = RequestFactory().get("/notices/")

        answer = WorkSession(lambda request: HttpResponse()).process_exception(
            request, sessions.SignedOut("You are signed out.")
        )

        assert answer is not None
        assert answer["Location"] == "/sign-in/?next=%2Fnotices%2F"
