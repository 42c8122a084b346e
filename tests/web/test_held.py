"""An act that waits, on its pages: asked, found on the list, read, answered, carried out."""

from datetime import timedelta
from uuid import UUID

from django.urls import reverse

from opennrm.records import ticking
from opennrm.records.reference import reference
from tests import cast, stories
from tests.database import NOW
from tests.web.browsing import browser, sent
from tests.web.test_decisions import at_the_authority, chosen, place

AUTHORITY, READER = cast.DECIDING_OFFICER, cast.PANEL_READER
WHY = "Nothing in the file speaks of a purpose."
STEP = "?act=negative_decision.reasonable_grounds_decided"


def waiting(to: str = f"{cast.PANEL.organisation}:RP:") -> UUID:
    """A no that waits for the panel."""
    case_ref = at_the_authority()
    asked = sent(browser(AUTHORITY), place("propose_act", case_ref) + STEP, to=to, reasons=WHY)
    assert asked.status_code == 302, asked.content.decode()
    return case_ref


def page_of(who: cast.Member, case_ref: UUID, **typed: str) -> str:
    client = browser(who)
    answer = client.post(place("case", case_ref), typed) if typed else None
    shown = answer or client.get(place("case", case_ref))
    return shown.content.decode()


class TestTheOneWhoProposes:
    def test_is_offered_the_panel_and_colleagues_but_never_herself(self):
        case_ref = at_the_authority()

        form = browser(AUTHORITY).get(place("propose_act", case_ref) + STEP).content.decode()

        assert f"{cast.PANEL.organisation}:RP:{READER.account}" in form
        assert f"{cast.AUTHORITY.organisation}:CA:{cast.SECOND_READER.account}" in form
        assert str(AUTHORITY.account) not in form
        assert str(cast.REMOVALS.organisation) not in form

    def test_sees_that_it_waits(self):
        page = page_of(AUTHORITY, waiting())

        assert "Waiting for a second person" in page
        assert "Review Panel has not answered yet" in page

    def test_reads_what_waits_in_the_words_she_chose_and_no_escalation_before_its_day(self):
        page = page_of(AUTHORITY, waiting())

        assert "A no on reasonable grounds" in page.split("What happened")[1]
        assert "negative_decision" not in page
        assert "The second opinion is late" not in page

    def test_sees_which_act_she_asks_about_and_in_which_role_each_person_stands(self):
        client, address = browser(AUTHORITY), place("propose_act", at_the_authority())

        form = client.get(address + STEP).content.decode()

        assert "Ask a second person: A no on reasonable grounds" in form
        readers = form.split(f'{READER.account}"')[1].split("</option>")[0]
        assert "Review Panel: " in readers

    def test_cannot_record_the_no_before(self):
        case_ref, later = waiting(), stories.in_days(30)
        typed = {f"remedy_until-{box}": getattr(later, box) for box in ("day", "month", "year")}

        answer = sent(
            browser(AUTHORITY),
            place("decide_reasonable_grounds", case_ref),
            outcome="negative",
            reasons=WHY,
            language="sq",
            remedy="reconsideration",
            **typed,
        )

        assert answer.status_code == 422
        assert "You asked Review Panel; the answer is due by" in answer.content.decode()
        assert reverse("rule", kwargs={"rule": "R23"}) in answer.content.decode()

    def test_may_give_it_up(self):
        case_ref = waiting()
        client = browser(AUTHORITY)

        form = chosen(client, place("give_up_act", case_ref), "hold", "no on reasonable")
        answer = sent(client, form)

        assert answer.status_code == 302, answer.content.decode()
        assert browser(READER).get(place("case", case_ref)).status_code == 404


class TestTheOneWhoIsAsked:
    def test_finds_it_in_her_notices_and_on_the_case(self):
        case_ref = waiting()

        assert place("case", case_ref) in browser(READER).get("/notices/").content.decode()
        page = page_of(READER, case_ref)
        assert "You were asked for an opinion" in page
        assert place("give_opinion", case_ref) in page

    def test_reads_the_file_and_not_the_reasons(self):
        assert WHY not in page_of(READER, waiting(), open="all")

    def test_is_told_which_act_it_is_and_led_to_the_file(self):
        case_ref = waiting()
        client = browser(READER)

        form = chosen(client, place("give_opinion", case_ref), "hold", "Identification Office")
        page = client.get(form).content.decode()

        assert "Opinion on: A no on reasonable grounds" in page
        assert "Identification Office, answer by" in page
        assert f'href="{place("evidence", case_ref)}">Read the file' in page

    def test_answers_and_goes_back_to_her_list(self):
        case_ref = waiting()
        client = browser(READER)

        form = chosen(client, place("give_opinion", case_ref), "hold", "Identification Office")
        answer = sent(client, form, opinion="disagrees", words="The signs are there.")

        assert (answer.status_code, answer["Location"]) == (302, reverse("worklist"))
        assert "Does not agree" in page_of(AUTHORITY, case_ref)

    def test_says_why_she_does_not_agree(self):
        case_ref = waiting()
        client = browser(READER)

        form = chosen(client, place("give_opinion", case_ref), "hold", "Identification Office")

        assert sent(client, form, opinion="disagrees").status_code == 422


class TestALateAnswer:
    def test_is_told_to_data_protection_by_the_hold_and_without_the_case(self):
        case_ref = waiting()
        hold = stories.newest(AUTHORITY, case_ref, "act_held")

        ticking.tick(at=NOW + timedelta(days=60))

        told = browser(cast.DATA_OFFICER).get("/notices/").content.decode()
        mine = browser(AUTHORITY).get("/notices/").content.decode()
        assert "Opinion late" in told
        assert reference(hold) in told
        assert str(case_ref) not in told
        assert str(case_ref) in mine
