"""A referral as a signed file: the same inbox, once, and a refusal that helps its bringer."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from opennrm.exchange.crossborder.keys import PrivateKeys, new_keys
from opennrm.exchange.signed_file import LONGEST, signed
from opennrm.records import queries, signed_files
from opennrm.records.signed_files import FileKeyRefused
from tests import cast, database
from tests.api.calling import Program, let_in
from tests.api.test_delivery import HOUSE, POLICE, cases, delivery, referral
from tests.database import NOW, signed_in

KEYS, STRANGER = new_keys(), new_keys()
DAY = timedelta(days=1)


@pytest.fixture(scope="module", autouse=True)
def registered() -> Iterator[None]:
    """An officer of the police registers the key of the police's own system."""
    session = signed_in(POLICE)
    account = [session.actor.account]
    officer = "UPDATE public.accounts_account SET is_officer = %s WHERE ref = %s"
    with database.as_administrator() as connection:
        connection.execute(officer, [True, *account])
    if KEYS.public.sign_id not in {one.key_id for one in signed_files.own_keys(session)}:
        signed_files.add_key(session, "Case system", json.dumps(dict(KEYS.public.sign)))
    yield
    with database.as_administrator() as connection:
        connection.execute(officer, [False, *account])


@pytest.fixture(scope="module")
def police() -> Program:
    return let_in(POLICE)


def told(**more: Any) -> dict[str, Any]:
    """Return what a file says, all of it right."""
    return {
        "version": 1,
        "file": str(uuid4()),
        "sender": str(POLICE.actor.organisation),
        "receiver": signed_files.installation(),
        "issued": NOW.isoformat(),
        "expires": (NOW + DAY).isoformat(),
        **delivery(),
        **more,
    }


def sent(police: Program, said: dict[str, Any], keys: PrivateKeys = KEYS) -> Any:
    return police.post("/deliver-file", {"file": signed(said, keys.sign)})


class TestASignedFile:
    def test_lands_in_the_inbox_of_the_addressee(self, police: Program) -> None:
        answer = sent(police, told())

        assert answer.status_code == 201, answer.content
        case_ref = UUID(answer.json()["reference"])
        (offer,) = queries.case_page(signed_in(HOUSE), case_ref, at=NOW).offers
        assert offer.kind == "referral_sent"

    def test_is_taken_once_however_often_it_is_brought(self, police: Program) -> None:
        before, said = cases(), told()

        first, again = (sent(police, said) for _ in range(2))

        assert (first.status_code, again.status_code) == (201, 200)
        assert first.json() == again.json()
        assert cases() == before + 1

    def test_is_refused_when_another_came_under_its_reference(self, police: Program) -> None:
        said = told()
        sent(police, said)

        answer = sent(police, {**said, "expires": (NOW + 2 * DAY).isoformat()})

        assert (answer.status_code, answer.json()["reason"]) == (409, "file_changed")

    @pytest.mark.parametrize(
        ("wrong", "reason"),
        [
            ({"expires": (NOW - DAY).isoformat(), "issued": (NOW - 2 * DAY).isoformat()}, "over"),
            ({"expires": (NOW + 9 * DAY).isoformat()}, "over"),
            ({"issued": (NOW + DAY).isoformat()}, "dated_ahead"),
            ({"receiver": "elsewhere"}, "for_elsewhere"),
            ({"sender": str(UUID(int=7))}, "for_elsewhere"),
            ({"version": 2}, "unread"),
            ({"issued": "yesterday"}, "unread"),
            ({"delivery": "Ermira Duka"}, "unread"),
            ({"more": 1}, "unread"),
        ],
    )
    def test_says_what_is_wrong_and_leaves_nothing(
        self, police: Program, wrong: dict[str, Any], reason: str
    ) -> None:
        before = cases()

        answer = sent(police, told(**wrong))

        assert (answer.status_code, answer.json()["reason"]) == (409, f"file_{reason}")
        assert answer.json()["remedy"]
        assert "Ermira" not in answer.content.decode()
        assert cases() == before

    def test_names_the_field_that_is_wrong_and_not_what_it_holds(self, police: Program) -> None:
        body = delivery(referral={**referral(), "reply_by": "Ermira"})

        answer = sent(police, told(**body))

        assert answer.status_code == 422, answer.content
        assert answer.json()["errors"][0]["field"] == "delivery.referral.reply_by"
        assert "Ermira" not in answer.content.decode()

    def test_passes_the_checks_of_the_pages(self, police: Program) -> None:
        before = cases()

        answer = sent(police, told(**delivery(consent=None)))

        assert answer.status_code == 422, answer.content
        assert cases() == before

    def test_that_no_key_of_the_house_signed_learns_nothing(self, police: Program) -> None:
        good = signed(told(), KEYS.sign)
        head, payload, sign = good.split(".")
        other = signed(told(file=str(uuid4())), KEYS.sign).split(".")[1]
        stranger = signed(told(), STRANGER.sign)
        forged = signed(told(), STRANGER.sign).split(".")[1:]
        texts = [
            *("", "a", "a.b.c", f"{head}.{payload}", f"{head}.{other}.{sign}", stranger),
            *(".".join((head, *forged)), f"{head}.{payload}.", "e30.e30.e30", "é" * 9),
        ]

        answers = [police.post("/deliver-file", {"file": text}) for text in texts]

        assert {answer.status_code for answer in answers} == {409}
        assert len({answer.content for answer in answers}) == 1
        assert answers[0].json()["reason"] == "file_not_known"

    def test_is_refused_when_it_is_too_long(self, police: Program) -> None:
        answer = police.post("/deliver-file", {"file": "a" * (LONGEST + 1)})

        assert answer.status_code == 422

    def test_of_another_house_is_not_known_here(self) -> None:
        answer = sent(let_in(HOUSE), told())

        assert (answer.status_code, answer.json()["reason"]) == (409, "file_not_known")

    def test_is_not_taken_when_its_key_has_ended(self, police: Program) -> None:
        keys = new_keys()
        officer = replace(signed_in(POLICE), is_officer=True)
        signed_files.add_key(officer, "Old system", json.dumps(dict(keys.public.sign)))
        signed_files.end_key(officer, keys.public.sign_id)

        answer = sent(police, told(), keys)

        assert answer.json()["reason"] == "file_not_known"


class TestAKey:
    @pytest.mark.parametrize(
        "text",
        [
            *("", "{", "[]", "null", '"x"', "{}"),
            json.dumps(dict(KEYS.sign)),
            json.dumps(dict(KEYS.public.seal)),
        ],
        ids=["empty", "open", "list", "null", "text", "nothing", "private", "for sealing"],
    )
    def test_is_refused_when_it_is_no_public_key_that_signs(self, text: str) -> None:
        with pytest.raises(FileKeyRefused, match="no public key"):
            signed_files.add_key(signed_in(POLICE), "Wrong", text)

    def test_is_registered_by_an_officer_only(self) -> None:
        with pytest.raises(FileKeyRefused):
            signed_files.add_key(
                signed_in(cast.HELPLINE_WORKER), "Own", json.dumps(dict(new_keys().public.sign))
            )
