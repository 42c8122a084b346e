"""Steps of a program: the same use cases, refusals and effects as in the pages."""

import json
import re
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID, uuid4

import pytest
from django.db import connections
from django.test import Client

from opennrm.api.operations import OPERATIONS
from opennrm.web.acts import ACTS
from tests import cast, database, stories
from tests.api.calling import Program, contact, described, let_in

POLICE = cast.POLICE_OFFICER
TODAY = database.NOW.date()


@pytest.fixture(scope="module")
def police() -> Program:
    return let_in(POLICE)


def met(program: Program) -> str:
    """Record a first contact and return the case."""
    answer = program.post("/record-contact", contact())
    assert answer.status_code == 201, answer.content
    return str(answer.json()["reference"])


class TestTheTable:
    def test_holds_every_step_of_the_pages(self):
        in_pages = {act.use_case for act in ACTS.values()}

        assert in_pages <= {operation.use_case for operation in OPERATIONS}

    def test_stands_whole_in_the_description(self):
        known = described()
        named = {each["operationId"] for path in known["paths"].values() for each in path.values()}

        assert {operation.name for operation in OPERATIONS} <= named
        assert known["openapi"] == "3.1.0"
        assert all(each["security"] for path in known["paths"].values() for each in path.values())


class TestEveryAddress:
    def test_asks_for_a_secret_before_anything_else(self):
        paths = described()["paths"]
        stranger = Client(headers={"host": "localhost"})
        open_to_anybody = []

        for path, methods in paths.items():
            if path.startswith("/registers/") and "organisations" not in path:
                continue  # All registers have the same addresses, with another name in them.
            address = f"/api/v1{path}".replace("{name}", "lists")
            address = re.sub("{(case_)?ref}", str(uuid4()), address)
            for method in methods:
                answer = stranger.generic(method.upper(), address, b"{}")
                if (answer.status_code, answer.json()["reason"]) != (401, "not_admitted"):
                    open_to_anybody.append((method, path))

        assert len(paths) > 500
        assert open_to_anybody == []


class TestAStep:
    def test_records_what_the_page_would(self, police: Program):
        case_ref = met(police)

        seen = police.get(f"/cases/{case_ref}").json()

        assert "contact_recorded" in {entry["kind"] for entry in seen["entries"]}
        assert stories.folded(POLICE, UUID(case_ref)).facts

    def test_is_refused_with_the_rule_and_the_way_on(self, police: Program):
        case_ref = met(police)
        asked = {
            "consent": {
                "purpose": "assistance",
                "until": stories.in_days(30),
                "language": "sq",
                "form": "spoken",
                "given_on": TODAY,
                "recipient": cast.IMMIGRATION_OFFICER.organisation.organisation,
                "recipient_role": "IE",
                "scopes": ["D1"],
            }
        }

        answer = police.post(f"/cases/{case_ref}/take-consent", asked)

        told = answer.json()
        assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
        assert (told["rule"], told["type"]) == ("R43", "/rules/R43/")
        assert told["remedy"]
        assert "recipient" in told["detail"]

    def test_of_another_house_is_told_like_one_that_does_not_exist(self):
        foreign, outsider = stories.contact(POLICE), let_in(cast.SHELTER_WITHOUT_CONSENT)

        answers = [
            outsider.post(f"/cases/{one}/observe-breach", {"breach": {"kind": "other"}})
            for one in (foreign, uuid4())
        ]

        assert {answer.status_code for answer in answers} <= {404, 422}
        assert answers[0].content == answers[1].content

    def test_is_refused_when_somebody_wrote_meanwhile(self, police: Program):
        case_ref = met(police)
        seen = police.get(f"/cases/{case_ref}").json()["sequences"]
        note = {"account": {"notes": "She came by herself."}}
        first = police.post(f"/cases/{case_ref}/note-account", {**note, "expected": seen})

        second = police.post(f"/cases/{case_ref}/note-account", {**note, "expected": seen})

        assert first.status_code == 201
        assert (second.status_code, second.json()["reason"]) == (409, "changed_meanwhile")

    @pytest.mark.parametrize(
        ("body", "field"),
        [
            ({}, "contact"),
            ({"contact": {"route": "own_detection"}}, "contact.channel"),
            (contact(favourite_colour="blue"), "contact.favourite_colour"),
            (contact(contact_on="yesterday"), "contact.contact_on"),
            (contact(route=7), "contact.route"),
        ],
    )
    def test_names_the_field_and_repeats_nothing_of_it(self, police: Program, body, field):
        answer = police.post("/record-contact", body)

        assert answer.status_code == 422
        assert any(one["field"].endswith(field) for one in answer.json()["errors"])
        assert "blue" not in answer.content.decode()
        assert "yesterday" not in answer.content.decode()

    def test_names_the_field_of_an_unknown_code(self, police: Program):
        answer = police.post("/record-contact", contact(route="by_balloon"))

        assert answer.status_code == 422
        assert answer.json()["errors"][0]["field"] == "route"

    def test_is_refused_for_a_day_that_has_not_come(self, police: Program):
        answer = police.post("/record-contact", contact(contact_on=stories.in_days(2)))

        assert answer.status_code == 422, answer.content
        assert answer.json()["errors"][0]["field"] == "contact_on"
        assert "has not come yet" in answer.json()["detail"]

    @pytest.mark.parametrize("body", [b"{", b"\xff\xfe", b"[]", b"null", b'"x"', b"9" * 5000])
    def test_takes_no_body_that_is_no_object(self, police: Program, body: bytes):
        answer = police.client.post(
            "/api/v1/record-contact",
            body,
            content_type="application/json",
            headers={"Authorization": f"Bearer {police.secret}"},
        )

        assert answer.status_code in (400, 422)
        assert answer["Content-Type"] == "application/problem+json"

    def test_is_refused_with_a_problem_when_its_parts_have_no_boundary(self, police: Program):
        answer = police.client.post(
            f"/api/v1/cases/{met(police)}/files",
            b"{}",
            content_type="multipart/form-data",
            headers={"Authorization": f"Bearer {police.secret}"},
        )

        assert answer.status_code == 400
        assert answer["Content-Type"] == "application/problem+json"

    def test_is_refused_with_a_problem_when_it_is_too_large(self, police: Program):
        answer = police.post("/record-contact", contact(words="a" * 3_000_000))

        assert (answer.status_code, answer.json()["reason"]) == (413, "too_large")


class TestTheSameKey:
    def test_takes_effect_once_and_gives_the_same_answer(self, police: Program):
        key = uuid4()

        first, second = (police.post("/record-contact", contact(), key) for _ in range(2))

        assert (first.status_code, second.status_code) == (201, 200)
        assert first.json() == second.json()

    def test_is_refused_for_another_body(self, police: Program):
        key = uuid4()
        police.post("/record-contact", contact(), key)

        answer = police.post("/record-contact", contact(channel="telephone"), key)

        assert (answer.status_code, answer.json()["reason"]) == (409, "key_used_otherwise")

    def test_is_not_used_up_by_a_refusal(self, police: Program):
        key = uuid4()
        refused = police.post("/record-contact", contact(route="by_balloon"), key)

        answer = police.post("/record-contact", contact(), key)

        assert (refused.status_code, answer.status_code) == (422, 201)

    def test_of_two_persons_are_two(self, police: Program):
        key, other = uuid4(), let_in(cast.HELPLINE_WORKER)

        first = police.post("/record-contact", contact(), key)
        second = other.post("/record-contact", contact(), key)

        assert (first.status_code, second.status_code) == (201, 201)
        assert first.json() != second.json()

    def test_sent_by_many_at_once_makes_one_case(self):
        program, key = let_in(POLICE), uuid4()

        def send(_: int) -> str:
            try:
                answer = Program(program.secret).post("/record-contact", contact(), key)
                return str(json.loads(answer.content)["reference"])
            finally:
                connections.close_all()

        with ThreadPoolExecutor(6) as crowd:
            references = set(crowd.map(send, range(6)))

        assert len(references) == 1


class TestTheList:
    def test_goes_on_where_it_was_left_and_tells_what_is_new(self):
        program = let_in(POLICE)
        first = program.get("/cases", most=200).json()
        while not first["is_all"]:
            first = program.get("/cases", most=200, after=first["after"]).json()
        made = met(program)

        news = program.get("/cases", after=first["after"]).json()

        assert [one["case_ref"] for one in news["cases"]] == [made]
        assert program.get("/cases", after=news["after"]).json()["cases"] == []

    def test_shows_every_case_once_however_small_the_pages(self):
        program = let_in(POLICE)
        made = {met(program) for _ in range(4)}
        seen: list[str] = []
        page = program.get("/cases", most=3).json()
        seen += [one["case_ref"] for one in page["cases"]]
        while not page["is_all"]:
            page = program.get("/cases", most=3, after=page["after"]).json()
            seen += [one["case_ref"] for one in page["cases"]]

        assert made <= set(seen)
        assert len(seen) == len(set(seen))

    @pytest.mark.parametrize("cursor", ["x", "====", "MjAyNg==", "\u0161" * 3])
    def test_takes_no_made_up_place(self, police: Program, cursor: str):
        assert police.get("/cases", after=cursor).status_code == 422


class TestATwinOfTheJourney:
    """Contact, consent, referral, acceptance: as in the pages."""

    def test_opens_what_was_agreed_and_no_more(self, police: Program):
        shelter = let_in(cast.CASE_MANAGER)
        case_ref = met(police)
        described = {"person": {"names": "Lulja Ndreu"}}
        assert police.post(f"/cases/{case_ref}/describe-person", described).status_code == 201
        to = cast.CASE_MANAGER.organisation.organisation
        until = stories.in_days(60)
        consent = police.post(
            f"/cases/{case_ref}/take-consent",
            {
                "consent": {
                    "purpose": "assistance",
                    "until": until,
                    "language": "sq",
                    "form": "spoken",
                    "given_on": TODAY,
                    "recipient": to,
                    "recipient_role": "CM",
                    "scopes": ["D1", "D2"],
                }
            },
        ).json()
        sent = police.post(
            f"/cases/{case_ref}/refer",
            {
                "referral": {
                    "to": to,
                    "to_role": "CM",
                    "purpose": "assistance",
                    "until": until,
                    "reply_by": stories.in_days(3),
                    "consent": consent["reference"],
                    "compartments": ["D1", "D2"],
                }
            },
        )
        assert sent.status_code == 201, sent.content
        before = shelter.get(f"/cases/{case_ref}", opened=["D2"]).json()
        answer = {"referral": sent.json()["reference"], "answer": "accepted"}
        accepted = shelter.post(f"/cases/{case_ref}/acknowledge-referral", {"answer": answer})

        after = shelter.get(f"/cases/{case_ref}", opened=["D2"]).json()

        assert accepted.status_code == 201, accepted.content
        assert before["entries"] == []
        assert "Lulja" not in str(before)
        assert any(
            (entry["told"] or {}).get("names") == "Lulja Ndreu" for entry in after["entries"]
        )
        assert {part.rstrip("S") for part in after["parts"]} <= {"D1", "D2", "D10", "D16"}
