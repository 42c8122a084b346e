"""A helpline's calls: no name, no number unless she wishes, a case only on wish, safe figures."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from opennrm.casework.refusals import PermissionMissing
from opennrm.rapporteur.call_figures import COUNTED_BY, tables
from opennrm.records import calls
from opennrm.web.calls import KEPT
from tests import cast, stories
from tests.database import NOW, as_administrator, signed_in
from tests.web.browsing import browser, fields_of, sent

HELPLINE, OTHERS = cast.HELPLINE_WORKER, (cast.POLICE_OFFICER, cast.CASE_MANAGER, cast.ANALYST)
NUMBER = "+389 70 555 123"
CALL = {"situation": "overheard", "danger": "high", "outcome": "advice", "topic": "rights"}


@pytest.fixture(autouse=True)
def _quiet_line(_database: None) -> Iterator[None]:
    """Begin and end without calls."""
    _emptied()
    yield
    _emptied()


def _emptied() -> None:
    with as_administrator() as connection:
        connection.execute("DELETE FROM nrm.call")
        connection.execute("DELETE FROM nrm.call_back")


def rows(statement: str) -> list[tuple[Any, ...]]:
    """Ask the database as its administrator."""
    with as_administrator() as connection:
        return connection.execute(statement).fetchall()


def wished(hours: int = 2) -> dict[str, Any]:
    """A call back that is wished tomorrow."""
    on = stories.TODAY + timedelta(days=1)
    boxes = {f"safe_on-{box}": getattr(on, box) for box in ("day", "month", "year")}
    times = {"safe_from": "10:00", "safe_until": f"{10 + hours}:00"}
    said = {"safe_way": NUMBER, "say_if_other": "A survey", "words": "She works in a kitchen."}
    return {**CALL, "outcome": "call_back", "call_back": "on", **boxes, **times, **said}


class TestACall:
    def test_keeps_a_few_codes_and_the_month_and_nothing_else(self):
        said = {"words": "She works in a kitchen.", "called": "Lina", "safe_way": NUMBER}

        answer = sent(browser(HELPLINE), "/calls/", **CALL, **said)

        kept = rows("SELECT month, answers FROM nrm.call")
        assert answer.status_code == 302, answer.content.decode()
        assert len(kept) == 1
        assert kept[0][0].day == 1
        assert set(kept[0][1]) <= set(KEPT)
        assert rows("SELECT count(*) FROM nrm.call_back") == [(0,)]

    def test_with_a_call_back_that_was_agreed_asks_how_and_when(self):
        answer = sent(browser(HELPLINE), "/calls/", **{**CALL, "outcome": "call_back"})

        assert answer.status_code == 422
        assert answer.content.decode().count("needed for a call back") >= 3
        assert rows("SELECT count(*) FROM nrm.call") == [(0,)]

    def test_takes_the_hour_as_people_write_it(self):
        wanted = {**wished(), "safe_from": "10", "safe_until": "12.30"}

        assert sent(browser(HELPLINE), "/calls/", **wanted).status_code == 302

    def test_names_in_its_table_no_moment_no_case_and_nobody(self):
        columns = {
            name
            for (name,) in rows(
                "SELECT attname FROM pg_attribute WHERE attrelid = 'nrm.call'::regclass "
                "AND attnum > 0"
            )
        }

        assert columns == {"call_ref", "organisation", "month", "answers"}

    def test_says_beside_it_what_to_do_when_the_caller_cannot_speak(self):
        page = browser(HELPLINE).get("/calls/").content.decode()

        for words in ("one tap for yes", "Change to something harmless", "Life comes before"):
            assert words in " ".join(page.split())

    @pytest.mark.parametrize("who", OTHERS)
    def test_is_no_page_of_anybody_else(self, who: cast.Member):
        client = browser(who)

        assert client.get("/calls/").status_code == 404
        assert client.post("/calls/", CALL).status_code == 404
        assert 'href="/calls/"' not in client.get("/").content.decode()

    def test_is_refused_by_the_database_too(self):
        viewer = signed_in(cast.POLICE_OFFICER)

        with pytest.raises(PermissionMissing):
            calls.keep_call(viewer, {"outcome": "advice"}, month=stories.TODAY)
        with pytest.raises(PermissionMissing):
            calls.call_backs(viewer, at=NOW)


class TestACallBack:
    def test_is_sealed_and_opens_for_the_helpline(self):
        sent(browser(HELPLINE), "/calls/", **wished())

        page = browser(HELPLINE).get("/calls/").content.decode()

        sealed = bytes(rows("SELECT sealed FROM nrm.call_back")[0][0])
        assert NUMBER in page
        assert "A survey" in page
        assert NUMBER.encode() not in sealed
        assert NUMBER not in str(rows("SELECT * FROM nrm.call"))

    def test_needs_a_way_and_a_safe_time(self):
        answer = sent(browser(HELPLINE), "/calls/", **CALL, call_back="on")

        assert answer.status_code == 422
        assert answer.content.decode().count("needed for a call back") >= 3
        assert rows("SELECT count(*) FROM nrm.call") == [(0,)]

    def test_is_gone_when_its_time_is_over(self):
        viewer = signed_in(HELPLINE)
        early = NOW - timedelta(hours=3)
        calls.keep_call_back(
            viewer, {"safe_way": NUMBER}, from_at=early, until_at=NOW + timedelta(hours=1)
        )

        standing = calls.call_backs(viewer, at=NOW)
        later = calls.call_backs(viewer, at=NOW + timedelta(hours=1))

        assert [one.told["safe_way"] for one in standing] == [NUMBER]
        assert later == ()
        assert rows("SELECT count(*) FROM nrm.call_back") == [(0,)]

    def test_is_forgotten_on_a_press(self):
        sent(browser(HELPLINE), "/calls/", **wished())
        ref = rows("SELECT call_back_ref FROM nrm.call_back")[0][0]

        browser(HELPLINE).post(f"/calls/{ref}/forget/")

        assert rows("SELECT count(*) FROM nrm.call_back") == [(0,)]


class TestACase:
    def test_begins_only_on_wish_and_with_what_was_said(self):
        client = browser(HELPLINE)
        before = rows("SELECT count(*) FROM nrm.case_head")
        said = {"words": "She works in a kitchen.", "called": "Lina", "majority": "adult"}
        wish = {**CALL, **said, "outcome": "case_wished", "language": "sq"}

        shown = sent(client, "/calls/", **wish)
        typed = fields_of(shown)
        unchanged = rows("SELECT count(*) FROM nrm.case_head")
        saved = client.post("/contact/", typed)

        assert shown.status_code == 200
        assert 'action="/contact/"' in shown.content.decode()
        assert unchanged == before
        assert (typed["words"], typed["called"]) == ("She works in a kitchen.", "Lina")
        assert (typed["danger"], typed["language"]) == ("high", "sq")
        assert saved.status_code == 302, saved.content.decode()

    def test_begins_from_a_call_back_without_typing_again(self):
        client = browser(HELPLINE)
        sent(client, "/calls/", **wished())
        ref = rows("SELECT call_back_ref FROM nrm.call_back")[0][0]

        typed = fields_of(client.post(f"/calls/{ref}/case/"))

        assert typed["safe_way"] == NUMBER
        assert typed["words"] == "She works in a kitchen."
        assert typed["safe_channel"] == "phone_call"


def counted(**numbers: int) -> list[tuple[dict[str, str], int]]:
    """Calls by what came of them."""
    same = {"situation": "free", "topic": "rights", "caller": "self"}
    return [({**same, "outcome": outcome}, number) for outcome, number in numbers.items()]


class TestTheFigures:
    def test_hide_small_numbers_and_what_would_give_them_away(self):
        outcome = tables(counted(advice=40, emergency=3, listened=25))[0]
        shown = dict(outcome.rows)

        assert shown["Emergency services called"] is None
        hidden = [label for label, number in outcome.rows if number is None]
        assert len(hidden) >= 2
        assert outcome.total == 68

    def test_are_of_months_that_are_over(self):
        viewer = signed_in(HELPLINE)
        last_month = stories.TODAY.replace(day=1) - timedelta(days=1)
        for outcome in ["advice"] * 20 + ["listened"] * 15:
            calls.keep_call(viewer, {**CALL, "outcome": outcome}, month=last_month)
        calls.keep_call(viewer, {**CALL, "outcome": "emergency"}, month=stories.TODAY)

        page = browser(HELPLINE).get("/calls/figures/").content.decode()

        advice = page.split("Advice given")[1].split("</tr>")[0]
        assert ">20<" in advice
        assert ">35<" in page.split("All calls")[1].split("</tr>")[0]

    def test_are_of_the_last_whole_year_for_who_reports_for_the_state(self):
        page = browser(cast.RAPPORTEUR).get("/calls/figures/").content.decode()

        assert f"From 1 January {stories.TODAY.year - 1}" in page

    @pytest.mark.parametrize("who", OTHERS[:2])
    def test_are_not_there_for_others(self, who: cast.Member):
        assert browser(who).get("/calls/figures/").status_code == 404

    def test_count_each_question_over_the_same_calls(self):
        found = tables(counted(advice=40, listened=25))

        assert len(found) == len(COUNTED_BY)
        assert {one.total for one in found} == {65}
