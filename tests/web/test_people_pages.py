"""A new organisation, its officers, its members, a lost passphrase and a leaver, on pages only."""

import re
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from tests import cast
from tests.database import as_administrator
from tests.web.browsing import browser, fields_of
from tests.web.real_people import (
    Person,
    add_app,
    app_code,
    enrolled,
    show,
    with_passkey,
    with_passphrase,
)

CODE = re.compile(r'<code class="govuk-!-font-size-24">([a-z0-9-]+)</code>')
SIX_MINUTES_LATER = (
    "UPDATE nrm.sign_in SET factor_at = now() - interval '6 minutes' WHERE account = %s"
)
WORDS = "five words that nobody guesses"


def code_on(page: Any) -> str:
    """Return the code that a page shows."""
    found = CODE.search(page.content.decode())
    assert found, page.content.decode()
    return found.group(1)


def join(name: str, code: str, half: str = "", words: str = WORDS) -> Any:
    """Join, or come back, on the page for it."""
    typed = {"sign_in_name": name, "code": code, "half": half, "passphrase": words, "again": words}
    return Client(headers={"host": "localhost"}).post("/join/", typed)


def person_named(name: str) -> Person:
    """Return somebody who joined on the pages."""
    with as_administrator() as connection:
        row = connection.execute(
            "SELECT ref, organisation_id FROM accounts_account WHERE sign_in_name = %s", [name]
        ).fetchone()
    assert row is not None
    return Person(name, WORDS, *row)


def invited(officer: Client, *roles: str) -> Person:
    """Invite a member on the page for it, and let her join."""
    name = f"m-{uuid4().hex[:8]}"
    typed = {"sign_in_name": name, "display_name": f"Member {name}", "roles": list(roles)}
    assert join(name, code_on(officer.post("/people/invite/", typed))).status_code == 302
    return person_named(name)


class TestANewOrganisation:
    """From the co-ordinator's page to its first case."""

    def enrolled(self) -> tuple[Client, str]:
        co_ordinator = browser(cast.CO_ORDINATOR)
        page = co_ordinator.get("/organisations/new/")
        typed = fields_of(page) | {
            "name": f"House {uuid4().hex[:8]}",
            "kind": "ngo",
            "jurisdiction": "MK",
            "roles": ["FR", "CM"],
            **{f"begins-{part}": value for part, value in _parts(2026, 1, 1).items()},
            **{f"ends-{part}": value for part, value in _parts(2029, 1, 1).items()},
        }
        answer = co_ordinator.post("/organisations/new/", typed)
        assert answer.status_code == 302, answer.content.decode()
        return co_ordinator, answer["Location"]

    def officer(self, co_ordinator: Client, house: str, role: str) -> Person:
        name = f"o-{uuid4().hex[:8]}"
        typed = {"sign_in_name": name, "display_name": "Officer", "roles": [role], "do": "invite"}
        code = code_on(co_ordinator.post(house, typed))
        assert join(name, code)["Location"] == "/sign-in/"
        return person_named(name)

    def test_is_enrolled_gets_officers_and_keys_and_records_a_contact(self):
        co_ordinator, house = self.enrolled()
        first = with_passkey(self.officer(co_ordinator, house, "FR"))
        second = with_passkey(self.officer(co_ordinator, house, "CM"))

        made = first.post("/people/keys/", {"do": "make"})
        kept = second.post("/people/keys/", {"do": "keep"})
        contact = fields_of(first.get("/contact/")) | {
            "route": "own_detection",
            "channel": "in_person",
            **{f"contact_on-{part}": value for part, value in _parts(2026, 11, 1).items()},
        }
        recorded = first.post("/contact/", contact)

        assert made.status_code == kept.status_code == 302
        assert recorded.status_code == 302, recorded.content.decode()
        assert first.get(recorded["Location"]).status_code == 200

    def test_takes_no_third_officer_from_the_co_ordinator(self):
        co_ordinator, house = self.enrolled()
        for _ in range(2):
            self.officer(co_ordinator, house, "FR")

        typed = {"sign_in_name": "third", "display_name": "T", "roles": ["FR"], "do": "invite"}
        answer = co_ordinator.post(house, typed)

        assert answer.status_code == 422
        assert b"invited by the officers of the organisation" in answer.content

    @pytest.mark.parametrize("address", ["/organisations/", "/organisations/new/"])
    def test_is_nobody_elses_to_enrol(self, address: str):
        assert browser(cast.CASE_MANAGER).get(address).status_code == 404

    def test_gets_a_further_agreement(self):
        co_ordinator, house = self.enrolled()
        typed = {
            "do": "agree",
            **{f"begins-{part}": value for part, value in _parts(2029, 1, 1).items()},
            **{f"ends-{part}": value for part, value in _parts(2031, 1, 1).items()},
        }

        wrong = co_ordinator.post(house, typed | {"ends-year": "2028"})
        right = co_ordinator.post(house, typed)

        assert b"ends after it begins" in wrong.content
        assert right.status_code == 302


def _parts(year: int, month: int, day: int) -> dict[str, str]:
    return {"year": str(year), "month": str(month), "day": str(day)}


class TestMembers:
    """Invited, given keys and roles, closed, let back in."""

    @pytest.fixture
    def people(self) -> list[Person]:
        return enrolled("FR", people=3, officers=2, house_roles="FR CM CA MI")

    def test_join_with_a_code_and_get_the_key_from_a_colleague(self, people: list[Person]):
        officer, colleague = with_passkey(people[0]), with_passkey(people[2])
        new = invited(officer, "FR")

        page = colleague.get("/people/").content.decode()
        answer = colleague.post("/people/keys/", {"do": f"hand:FR:{new.account}"})

        assert f'value="hand:FR:{new.account}"' in page
        assert answer.status_code == 302
        assert "Waits for the key" not in colleague.get("/people/").content.decode()

    def test_are_told_the_same_for_a_wrong_name_and_a_wrong_code(self, people: list[Person]):
        name = f"m-{uuid4().hex[:8]}"
        typed = {"sign_in_name": name, "display_name": "M", "roles": ["FR"]}
        code = code_on(with_passkey(people[0]).post("/people/invite/", typed))

        answers = {
            re.sub(r'(value|name="csrf[^>]*)="[^"]*"', "", join(*pair).content.decode())
            for pair in ((name, "wrong"), ("nobody-here", "wrong"), ("nobody-here", code))
        }

        assert len(answers) == 1
        assert "is not right" in answers.pop()

    def test_are_refused_at_the_sixth_wrong_code(self):
        for _ in range(5):
            join("somebody", "wrong")

        assert b"Too many tries" in join("somebody", "wrong").content

    def test_choose_a_passphrase_that_is_long_and_typed_twice(self):
        page = Client(headers={"host": "localhost"})
        typed = {"sign_in_name": "a", "code": "b", "passphrase": WORDS, "again": "other"}

        assert b"It is not the same" in page.post("/join/", typed).content
        assert b"too short" in join("a", "b", words="short").content

    def test_get_other_roles_but_none_that_must_not_meet(self, people: list[Person]):
        officer, address = with_passkey(people[0]), f"/people/{people[2].account}/"

        given = officer.post(address, {"do": "roles", "roles": ["FR", "CM"]})
        clash = officer.post(address, {"do": "roles", "roles": ["CA", "MI"]})

        assert given.status_code == 302
        assert clash.status_code == 422
        assert b"in one account" in clash.content

    def test_who_leave_are_out_at_once_and_the_key_is_renewed(self, people: list[Person]):
        officer, leaver = with_passkey(people[0]), with_passkey(people[2])

        closed = officer.post(f"/people/{people[2].account}/", {"do": "close"})
        page = officer.get("/people/").content.decode()
        renewed = officer.post("/people/keys/", {"do": "renew:FR"})

        assert b"is closed" in closed.content
        assert leaver.get("/account/").status_code == 302
        assert 'value="renew:FR"' in page
        assert renewed.status_code == 302
        assert 'value="renew:FR"' not in officer.get("/people/").content.decode()

    def test_who_lost_a_passphrase_come_back_with_two_halves(self, people: list[Person]):
        first, second = with_passkey(people[0]), with_passkey(people[1])
        lost = people[2]
        with_passkey(lost)

        half = code_on(first.post(f"/people/{lost.account}/", {"do": "recover"}))
        page = second.get("/people/").content.decode()
        waiting = re.search(r'value="finish:([0-9a-f-]+)"', page)
        assert waiting
        code = code_on(second.post("/people/keys/", {"do": f"finish:{waiting.group(1)}"}))
        alone = join(lost.name, code)
        together = join(lost.name, code, half)

        lost.passphrase, lost.passkey = WORDS, None
        assert alone.status_code == 422
        assert together.status_code == 302
        assert with_passphrase(lost).get("/")["Location"] == "/account/second-factor/"
        assert with_passkey(lost).get("/find/").status_code == 200

    def test_who_are_no_officers_see_no_page_of_theirs(self, people: list[Person]):
        member = with_passkey(people[2])

        addresses = ("/people/invite/", f"/people/{people[0].account}/")

        assert [member.get(one).status_code for one in addresses] == [404, 404]
        refused = member.post("/people/keys/", {"do": "make"})
        assert refused.status_code == 422
        assert b"Only an officer" in refused.content

    def test_of_others_are_not_there(self, people: list[Person]):
        officer = with_passkey(people[0])

        assert officer.get(f"/people/{cast.LAWYER.account}/").status_code == 404

    def test_show_the_factor_again_before_anything_changes(self, people: list[Person]):
        officer = with_passkey(people[0])
        with as_administrator() as connection:
            connection.execute(SIX_MINUTES_LATER, [people[0].account])

        answer = officer.post(f"/people/{people[2].account}/", {"do": "close"})

        again = show(officer, answer["Location"], people[0].passkey)
        done = officer.post(f"/people/{people[2].account}/", fields_of(again))

        assert answer["Location"].startswith("/sign-in/again/")
        assert b"is closed" in done.content

    def test_keep_no_passphrase_for_the_time_after(self, people: list[Person]):
        officer = with_passkey(people[0])
        with as_administrator() as connection:
            connection.execute(SIX_MINUTES_LATER, [people[0].account])

        typed = {"old_passphrase": "the old words", "new_passphrase": WORDS, "note": "kept"}
        answer = officer.post("/account/passphrase/", typed)
        again = show(officer, answer["Location"], people[0].passkey).content.decode()

        assert 'value="kept"' in again
        assert WORDS not in again
        assert "the old words" not in again


class TestOnesOwnAccount:
    """Passphrase and sessions."""

    def test_changes_the_passphrase_and_ends_other_sessions(self):
        (person,) = enrolled("FR")
        other, here = with_passkey(person), with_passkey(person)
        typed = {
            "old_passphrase": person.passphrase,
            "new_passphrase": WORDS,
            "same_passphrase": WORDS,
        }

        wrong = here.post("/account/passphrase/", typed | {"old_passphrase": "not it at all"})
        right = here.post("/account/passphrase/", typed)

        assert b"is not right" in wrong.content
        assert right.status_code == 302
        assert other.get("/account/").status_code == 302
        assert here.get("/account/").status_code == 200

    def test_shows_and_ends_sessions(self):
        (person,) = enrolled("FR")
        secret = add_app(with_passphrase(person))
        here = with_passphrase(person)
        here.post("/sign-in/second/", {"code": app_code(secret)})

        page = here.get("/account/sessions/").content.decode()
        here.post("/account/sessions/", {"end": "others"})

        assert "Authenticator app" in page
        assert page.count("End this session") == 1
        assert here.get("/account/sessions/").content.decode().count("End this session") == 0


class TestFirstOfficers:
    """A house that was enrolled before there were officers."""

    def test_are_two_members_whom_the_co_ordinator_confirms(self) -> None:
        people = enrolled("FR", people=2)
        first, second = (with_passkey(one) for one in people)
        co_ordinator, house = browser(cast.CO_ORDINATOR), people[0].organisation

        assert b"has no officer" in first.get("/people/").content
        first.post("/people/keys/", {"do": f"propose:{people[1].account}"})
        assert b"I agree to be an officer" in second.get("/people/").content
        second.post("/people/keys/", {"do": "agree"})
        shown = co_ordinator.get(f"/organisations/{house}/")
        assert b"put themselves forward" in shown.content
        names = f"{people[0].account} {people[1].account}"
        answer = co_ordinator.post(f"/organisations/{house}/officers/", {"names": names})

        assert answer.status_code == 302
        after = first.get("/people/").content
        assert b"Make the keys" in after
        assert b"has no officer" not in after
