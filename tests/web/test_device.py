"""The page that is kept on a device, and the door its drafts are sent to."""

import json
import re
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client

from opennrm.consent import aloud
from tests import cast
from tests.web.browsing import browser, fields_of
from tests.web.test_guided import ADULT

LARGEST = 100_000


def said(more: dict[str, Any] | None = None) -> dict[str, list[str]]:
    """Return the answers of a complete referral as a device sends them."""
    every = {
        "contact_on-day": "1",
        "contact_on-month": "3",
        "contact_on-year": "2026",
        "urgency": "routine",
    }
    for answers in ADULT.values():
        every |= answers
    every |= more or {}
    return {
        name: [str(one) for one in (value if isinstance(value, list) else [value])]
        for name, value in every.items()
    }


def send(client: Client, draft: str, answers: Any) -> Any:
    """Send a draft as the page does."""
    return client.post(
        "/steps/device/send/",
        json.dumps({"draft": draft, "answers": answers}),
        content_type="application/json",
    )


@pytest.fixture
def officer() -> Client:
    """A police officer's browser."""
    return browser(cast.POLICE_OFFICER)


class TestThePage:
    """What lies on the device in the clear."""

    def test_names_nobody_and_no_organisation(self, officer: Client):
        page = officer.get("/steps/device/").content.decode()

        assert "A person of the cast" not in page
        for house in (cast.GREEN_DOOR, cast.TOWN_POLICE, cast.CHILD_SERVICE, cast.QUIET_HOUSE):
            assert house.name not in page
        assert "csrfmiddlewaretoken" not in page

    def test_begins_no_day_that_would_grow_old(self, officer: Client):
        days = fields_of(officer.get("/steps/device/"))

        assert {days[f"{name}-day"] for name in ("until", "contact_on")} == {""}

    @pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
    def test_weighs_less_than_the_limit_in_every_language(self, officer: Client, language: str):
        officer.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        page = officer.get("/steps/device/")

        assert f'lang="{language}"' in page.content.decode()
        assert len(page.content) < LARGEST

    def test_has_its_lists_and_the_text_to_read_aloud_from_the_door(self, officer: Client):
        page = officer.get("/steps/device/").content.decode()
        lists = officer.get("/steps/device/lists/").json()

        lists_drawn = re.findall(r'<select[^>]* name="(\w+)"[^>]*>(.*?)</select>', page, re.DOTALL)
        empty = [name for name, drawn in lists_drawn if drawn.count("<option") == 1]
        assert {"recipient", "age_group", "channel", "coarse_month"} <= set(empty)
        assert [name for name in empty if not lists[name]] == []
        assert set(lists["aloud"]) == set(aloud.languages())
        drawn = page.split("data-op-aloud")[1].split("</ol>")[0].count("<li>")
        assert {len(one["said"]) for one in lists["aloud"].values()} == {drawn}
        assert lists["aloud"]["ar"]["dir"] == "rtl"
        assert len(lists["recipient protect"]) < len(lists["recipient"])

    def test_lets_its_script_name_one_worker_and_nothing_else(self, officer: Client):
        policy = officer.get("/steps/device/")["Content-Security-Policy"]

        assert "trusted-types op-worker;" in policy
        assert "require-trusted-types-for 'script'" in policy
        assert "unsafe" not in policy
        assert (
            "'none'"
            in officer.get("/steps/")["Content-Security-Policy"].split("trusted-types ")[1]
        )

    def test_is_for_those_who_meet_people(self):
        assert browser(cast.LAWYER).get("/steps/device/").status_code == 404


class TestTheDoor:
    """Where drafts come in."""

    def test_takes_one_draft_once_and_answers_alike(self, officer: Client):
        draft = str(uuid4())

        first = send(officer, draft, said()).json()
        again = send(officer, draft, said({"called": "Somebody else"})).json()

        assert first["state"] == "sent"
        assert first == again

    def test_names_the_screens_that_are_open(self, officer: Client):
        answer = send(officer, str(uuid4()), said({"route": ""}))

        assert answer.status_code == 422
        assert [name for name, _title in answer.json()["screens"]] == ["how"]

    def test_says_what_a_rule_refuses(self, officer: Client):
        child = said({"majority": "child", "age_group": "", "seen": [], "heard": []})

        answer = send(officer, str(uuid4()), child)

        assert answer.status_code == 422
        assert answer.json()["state"] == "refused"
        assert answer.json()["screens"][0][0] == "agreed"

    @pytest.mark.parametrize(
        "body",
        [
            b"",
            b"[]",
            b'{"draft": "x"}',
            b'{"draft": "%s", "answers": {"a": "b"}}' % str(uuid4()).encode(),
            b'{"draft": "%s", "answers": {"a": [1]}}' % str(uuid4()).encode(),
            b'{"draft": "%s", "answers": {"called": ["\\u0000"]}}' % str(uuid4()).encode(),
        ],
        ids=("nothing", "a list", "no reference", "no list", "a number", "a zero byte"),
    )
    def test_refuses_what_is_no_draft(self, officer: Client, body: bytes):
        answer = officer.post("/steps/device/send/", body, content_type="application/json")

        assert answer.status_code in (400, 422)

    def test_asks_for_the_token_of_the_form(self, officer: Client):
        officer.handler.enforce_csrf_checks = True

        assert send(officer, str(uuid4()), said()).status_code == 403

    def test_is_closed_to_who_is_signed_out(self):
        assert send(Client(headers={"host": "localhost"}), str(uuid4()), said()).status_code == 401
