"""Several people met together: entered once, split into cases, nobody lost, nobody twice."""

import re
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from opennrm.records.same_person import answers_of
from tests import cast, stories
from tests.database import as_administrator, signed_in
from tests.web.browsing import browser, fields_of
from tests.web.test_guided import problems


@pytest.fixture
def officer() -> Client:
    """A border officer's browser."""
    return browser(cast.BORDER_OFFICER)


def begun(client: Client) -> str:
    """Begin a list; return its address."""
    place = {"route": "own_detection", "channel": "inspection", "words": "A greenhouse."}
    form = {**fields_of(client.get("/steps/together/")), **place}
    answer = client.post("/steps/together/", form)
    assert answer.status_code == 302, problems(answer)
    return str(answer["Location"])


def add(client: Client, listed: str, number: int, **typed: Any) -> Any:
    """Add somebody to the list."""
    page = client.get(f"{listed}{number}/")
    assert page.status_code == 200, page.content
    known = {"majority": "adult", "language": "ne", "alone": "on", "papers": "employer"}
    return client.post(f"{listed}{number}/", {**fields_of(page), **known, **typed})


def cases(client: Client, listed: str) -> dict[str, UUID]:
    """Split the list; return the case of each wristband."""
    answer = client.post(listed, fields_of(client.get(listed)))
    assert answer.status_code == 302, answer.content.decode()
    page = client.get(answer["Location"]).content.decode()
    rows = re.findall(
        r'<span class="op-code">([^<]+)</span></th>.*?/case/([0-9a-f-]{36})/', page, re.S
    )
    return {band: UUID(ref) for band, ref in rows}


def counted() -> int:
    """Count the cases there are."""
    with as_administrator() as connection:
        row = connection.execute("SELECT count(*) FROM nrm.case_head").fetchone()
    assert row is not None
    return int(row[0])


class TestPeopleMetTogether:
    """A raid with many workers."""

    def test_become_a_case_each(self, officer: Client):
        listed, before = begun(officer), counted()
        add(officer, listed, 0, wristband="1", seen=["UNODC-GEN-13"], help="case")
        add(officer, listed, 1, wristband="2", wages="Three months, 900 a month")

        made = cases(officer, listed)

        assert set(made) == {"1", "2"}
        assert counted() == before + 2

    def test_without_any_sign_still_get_labour_help(self, officer: Client):
        listed = begun(officer)
        add(officer, listed, 0, wristband="7", help="labour")

        made = cases(officer, listed)["7"]

        case = stories.folded(cast.BORDER_OFFICER, made)
        contact = case.newest("contact_recorded")
        assert contact is not None
        assert "labour_dispute" in contact.texts("labels")
        page = officer.get(listed.replace("/everybody/", "/split/")).content.decode()
        assert f"/case/{made}/offer-service/" in page

    def test_who_want_nothing_are_only_counted(self, officer: Client):
        listed, before = begun(officer), counted()
        add(officer, listed, 0, wristband="1", help="nothing")
        add(officer, listed, 1, wristband="2", help="case")

        made = cases(officer, listed)

        assert set(made) == {"2"}
        assert counted() == before + 1
        page = officer.get(listed.replace("/everybody/", "/split/")).content.decode()
        assert "2 people were met" in page

    def test_of_one_family_are_named_in_each_others_record(self, officer: Client):
        listed = begun(officer)
        add(officer, listed, 0, wristband="3", family="A", help="case")
        add(officer, listed, 1, wristband="4", family="A", help="case")

        made = cases(officer, listed)

        page = officer.post(f"/case/{made['3']}/", {"open": "all"}).content.decode()
        assert "wristbands 4" in page
        assert f"/case/{made['4']}/" in page
        (one,) = answers_of(signed_in(cast.BORDER_OFFICER), made["4"])
        assert (one.other, one.answer) == (made["3"], "family")

    def test_heard_beside_the_foreman_are_not_taken_down_as_signs(self, officer: Client):
        listed = begun(officer)
        add(officer, listed, 0, wristband="5", alone="", heard=["DEL-AL-DR-01"], help="case")

        made = cases(officer, listed)["5"]

        kinds = [fact.kind for fact in stories.folded(cast.BORDER_OFFICER, made).facts]
        assert "screening_recorded" not in kinds

    def test_share_no_wristband(self, officer: Client):
        listed = begun(officer)
        add(officer, listed, 0, wristband="5")

        again = add(officer, listed, 1, wristband="5")

        assert again.status_code == 422
        assert b"somebody else has this number" in again.content

    def test_are_split_once_however_often(self, officer: Client):
        listed = begun(officer)
        add(officer, listed, 0, wristband="1", help="case")
        form, before = fields_of(officer.get(listed)), counted()

        officer.post(listed, form)
        officer.post(listed, form)

        assert counted() == before + 1

    def test_added_in_two_windows_are_both_on_the_list(self, officer: Client):
        listed = begun(officer)
        here = {**fields_of(officer.get(f"{listed}0/")), "majority": "adult", "wristband": "1"}
        there = {**fields_of(officer.get(f"{listed}0/")), "majority": "adult", "wristband": "2"}
        officer.post(f"{listed}0/", there)

        changed = officer.post(f"{listed}0/", here)
        assert changed.status_code == 409
        officer.post(f"{listed}1/", {**fields_of(changed), "majority": "adult"})

        page = officer.get(listed).content.decode()
        assert ">1</span>" in page
        assert ">2</span>" in page

    def test_can_be_left_out_again(self, officer: Client):
        listed = begun(officer)
        add(officer, listed, 0, wristband="9")

        officer.post(f"{listed}0/", {**fields_of(officer.get(f"{listed}0/")), "leave_out": "yes"})

        assert "Nobody is on the list" in officer.get(listed).content.decode()

    def test_are_nobody_elses_list(self, officer: Client):
        listed = begun(officer)
        other = browser(cast.POLICE_OFFICER)

        assert [other.get(listed).status_code, other.post(listed).status_code] == [404, 404]
