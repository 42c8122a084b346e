"""The day pages and the pages of one case by area: what is due, what is arranged, who sees it."""

from datetime import datetime, time, timedelta
from html import unescape
from typing import Any
from uuid import UUID

import pytest
from django.urls import reverse

from opennrm.casework.safe_return_authorise import ReturnAuthorisation, authorise_return
from opennrm.casework.safe_return_travel import DayOfTravel, set_travel_day
from opennrm.casework.safety_sheet import SafetySheet, write_safety_sheet
from opennrm.records.reference import reference
from opennrm.web.areas import AREAS, travel
from opennrm.web.open_case import open_case
from tests import cast, stories
from tests.database import NOW, signed_in
from tests.web.browsing import browser, sent
from tests.web.test_decisions import at_the_authority, decide
from tests.web.test_justice import SOON, boxes, in_court
from tests.web.test_returns import ASSESSMENT, CHOICE, PLAN, PROPOSAL

PROSECUTOR, COMPANION, MANAGER = cast.PROSECUTOR, cast.WITNESS_CO_ORDINATOR, cast.CASE_MANAGER
FOCAL, OFFICER, WORKER = cast.FOCAL_OFFICER, cast.POLICE_OFFICER, cast.CHILD_WORKER
LATER = NOW + timedelta(days=8)


def page(who: cast.Member, area: str, case_ref: UUID | None = None, **more: Any) -> str:
    """Return a page of an area as somebody sees it: of a case, or of the day."""
    address = reverse("case_area", args=[case_ref, area]) if case_ref else f"/today/{area}/"
    answer = browser(who).post(address) if more.get("opened") else browser(who).get(address)
    assert answer.status_code == 200, answer.status_code
    return unescape(answer.content.decode())


def saved(who: cast.Member, act: str, case_ref: UUID, query: str = "", **typed: Any) -> Any:
    """Fill in a page and expect it to be saved."""
    address = reverse(act, kwargs={"case_ref": case_ref}) + query
    answer = sent(browser(who), address, **typed)
    assert answer.status_code == 302, answer.content.decode()
    return answer


def with_hearing() -> tuple[UUID, UUID]:
    """A case with a trial in five days."""
    case_ref = in_court()
    typed = {"hearing": "trial", "person_called": "on"} | boxes("hearing_on", SOON)
    saved(PROSECUTOR, "set_hearing", case_ref, **typed)
    return case_ref, stories.newest(PROSECUTOR, case_ref, "hearing_set")


def to_travel(meet_at: datetime | None = None) -> UUID:
    """A return that was authorised, with a day of travel."""
    case_ref = stories.contact(OFFICER, majority="adult")
    for to, role, parts in ((MANAGER, "CM", PLAN), (FOCAL, "TF", ("D1", "D8", "D10"))):
        stories.answered(to, case_ref, stories.referred(OFFICER, case_ref, to, role, parts))
    saved(MANAGER, "propose_return", case_ref, **PROPOSAL)
    saved(MANAGER, "assess_return", case_ref, **ASSESSMENT)
    saved(MANAGER, "record_return_choice", case_ref, **CHOICE)
    saved(MANAGER, "arrange_return", case_ref, has_service="yes", has_safe_contact="yes")
    given = {"authorisation": ReturnAuthorisation()}
    stories.do_at(LATER, authorise_return, FOCAL, case_ref=case_ref, **given)
    day = DayOfTravel(
        meet_at=meet_at or LATER + timedelta(days=1),
        code_word="lemon tree",
        meeting_place="Door 4, by the flower stall",
    )
    stories.do_at(LATER, set_travel_day, MANAGER, case_ref=case_ref, day=day)
    return case_ref


class TestTheCourt:
    def test_shows_the_hearing_on_its_day_and_what_is_still_to_arrange(self):
        case_ref, _hearing = with_hearing()

        day = page(PROSECUTOR, "court")

        assert reference(case_ref) in day
        assert "A hearing; say afterwards what became of it" in day
        assert "0 of 8" in day

    def test_takes_the_day_in_court_from_the_plan_to_the_day_after(self):
        case_ref, hearing = with_hearing()
        about = f"?about={hearing}"
        arranged = ["separate_entrance", "companion", "child_care"]
        saved(COMPANION, "plan_court_day", case_ref, about, arranged=arranged)
        planned = page(COMPANION, "court", case_ref)
        new_day = SOON + timedelta(days=7)
        moved = {"hearing_outcome": "adjourned", "adjourned_because": ["no_interpreter"]}
        saved(
            PROSECUTOR, "end_hearing", case_ref, about, **moved, **boxes("adjourned_to", new_day)
        )

        after = page(COMPANION, "court", case_ref)

        open_still = planned.split("Still to arrange")[1].split("</div>")[0]
        assert "A separate entrance" not in open_still
        assert "An interpreter" in open_still
        assert "No interpreter" in after
        assert f"Trial, {new_day.day}" in after

    def test_counts_how_often_the_person_was_asked_and_how(self):
        case_ref, _hearing = with_hearing()
        typed = {"statement": "statement", "own_request": "yes", "lawyer_present": "no"}
        saved(
            PROSECUTOR, "record_statement", case_ref, **typed, **boxes("taken_on", stories.TODAY)
        )

        told = page(PROSECUTOR, "court", case_ref)

        assert "The person was asked for a statement 1 time." in told
        assert "the person asked for it, without a lawyer" in told

    def test_shows_nothing_of_it_to_those_who_do_not_hold_it(self):
        case_ref, _hearing = with_hearing()

        for who in (OFFICER, cast.LAWYER, MANAGER, cast.IMMIGRATION_OFFICER):
            answer = browser(who).get(reverse("case_area", args=[case_ref, "court"]))
            assert answer.status_code == 404
        assert reference(case_ref) not in page(cast.LAWYER, "court")


class TestADayPage:
    @pytest.mark.parametrize("area", list(AREAS))
    def test_is_not_there_for_those_whose_roles_read_none_of_it(self, area: str):
        assert browser(cast.IMMIGRATION_OFFICER).get(f"/today/{area}/").status_code == 404

    @pytest.mark.parametrize("area", list(AREAS))
    def test_comes_up_for_a_guardian(self, area: str):
        assert "What comes, day by day" in page(cast.GUARDIAN, area)

    def test_of_another_name_is_not_there(self):
        assert browser(cast.GUARDIAN).get("/today/weather/").status_code == 404

    def test_is_linked_from_the_work_list_of_those_who_may_open_it(self):
        shown = browser(PROSECUTOR).get("/").content.decode()

        assert "/today/court/" in shown
        assert "/today/money/" in shown


class TestDecisions:
    def test_shows_every_time_limit_and_how_the_person_was_told(self):
        case_ref = at_the_authority()
        waiting = page(cast.DECIDING_OFFICER, "decisions")
        decide(case_ref, outcome="positive", reasons="It agrees.", language="sq")
        untold = page(cast.DECIDING_OFFICER, "decisions", case_ref)
        decision = stories.newest(cast.DECIDING_OFFICER, case_ref, "reasonable_grounds_decided")

        query = f"?decision={decision}"
        saved(cast.DECIDING_OFFICER, "give_letter", case_ref, query, handed_over="by_hand")

        after = page(cast.DECIDING_OFFICER, "decisions", case_ref)
        assert reference(case_ref) in waiting
        assert "Decide on reasonable grounds" in waiting
        assert "Not noted yet" in untold
        assert "Given by hand" in after

    def test_are_no_page_of_those_who_do_not_read_them(self):
        assert browser(cast.PROSECUTOR).get("/today/decisions/").status_code == 404
        assert browser(OFFICER).get("/today/decisions/").status_code == 404


class TestTravel:
    def test_shows_the_code_word_to_named_people_who_ask_and_to_nobody_else(self):
        case_ref = to_travel()

        closed = page(MANAGER, "travel", case_ref)
        opened = page(MANAGER, "travel", case_ref, opened=True)
        elsewhere = page(FOCAL, "travel", case_ref, opened=True)

        assert "lemon tree" not in closed
        assert "lemon tree" in opened
        assert "Door 4" in opened
        assert "lemon tree" not in elsewhere

    def test_tells_everybody_with_one_press(self):
        case_ref = to_travel()
        shown = page(FOCAL, "travel", case_ref)
        button = shown.split('value="police_waiting"')[0].rsplit("<form", 1)[1]
        address, key = button.split('action="')[1], button.split('name="form_key" value="')[1]

        pressed = browser(FOCAL).post(
            address.split('"')[0],
            {"travel_event": "police_waiting", "form_key": key.split('"')[0]},
        )

        assert pressed.status_code == 302, pressed.content.decode()
        assert "find out that the person is safe" in page(MANAGER, "travel", case_ref)
        assert (
            "Something went wrong on the way" in browser(MANAGER).get("/notices/").content.decode()
        )

    def test_says_so_when_an_hour_has_passed(self):
        case_ref, viewer = to_travel(), signed_in(FOCAL)
        early, late = (
            open_case(viewer, case_ref, at=LATER + timedelta(days=1, minutes=passed))
            for passed in (59, 60)
        )

        assert not travel.beside(early)["travel"]["is_missed"]
        assert travel.beside(late)["travel"]["is_missed"]

    def test_reads_the_hour_on_the_clock_of_the_place(self):
        case_ref = to_travel()
        day = boxes("meet_on", LATER.date() + timedelta(days=3))

        saved(MANAGER, "set_travel_day", case_ref, meet_time="14:30", **day)

        met = stories.folded(MANAGER, case_ref).newest("travel_day_set")
        assert met is not None
        assert datetime.fromisoformat(met.text("meet_at") or "").time() == time(14, 30)
        assert "+0" in (met.text("meet_at") or "")


class TestAMissingChild:
    def test_is_reported_with_one_tap_on_the_first_page(self):
        case_ref = stories.contact(OFFICER, majority="child")
        first = browser(OFFICER).get(f"/?view=all&text={reference(case_ref)}").content.decode()
        address = reverse("report_missing_child", args=[case_ref])
        form = first.split(f'action="{address}"')[1].split("</form>")[0]
        sent_by_it = {
            piece.split('"')[0]: piece.split('value="')[1].split('"')[0]
            for piece in form.split('name="')[1:]
            if "value=" in piece
        }

        client = browser(OFFICER)
        tapped = [client.post(address, sent_by_it) for _twice in range(2)]

        assert [one.status_code for one in tapped] == [302, 302]
        case = stories.folded(OFFICER, case_ref)
        assert len(case.of_kind("child_missing_reported")) == 1

    def test_is_reported_with_one_tap_on_the_case_and_told_more_of_later(self):
        case_ref = stories.contact(OFFICER, majority="child")
        client, case = browser(OFFICER), reverse("case", args=[case_ref])
        address = reverse("report_missing_child", args=[case_ref])
        today = boxes("last_seen", stories.TODAY)

        before = client.get(case).content.decode()
        tapped = client.post(address, today)
        after = client.get(case).content.decode()
        saved(OFFICER, "describe_missing_child", case_ref, clothing="A red jacket")

        assert "The child is missing: report now" in before
        assert tapped.status_code == 302, tapped.content.decode()
        assert "report now" not in after
        assert reverse("describe_missing_child", args=[case_ref]) in after

    def test_is_not_offered_for_an_adult(self):
        case_ref = stories.contact(OFFICER, majority="adult")

        assert b"report now" not in browser(OFFICER).get(reverse("case", args=[case_ref])).content

    def test_is_reported_at_night_by_who_watches_over_the_house(self):
        case_ref = stories.contact(OFFICER, majority="unknown")
        sheet = SafetySheet(called="Blue room")
        stories.do(write_safety_sheet, OFFICER, case_ref=case_ref, sheet=sheet)
        house, night = cast.SHELTER_WITHOUT_CONSENT, browser(cast.NIGHT_WORKER)
        referral = stories.referred(OFFICER, case_ref, house, "SH", ("D1", "D9", "D10"))
        stories.answered(house, case_ref, referral)
        night.post("/night/", {"reason": "missing"})
        shown = night.get("/night/").content.decode()

        address = reverse("report_missing_child", args=[case_ref])
        tapped = night.post(address, boxes("last_seen", stories.TODAY))

        assert address in shown
        assert tapped.status_code == 302, tapped.content.decode()
        assert "missing" in browser(OFFICER).get("/notices/").content.decode()
