"""The case page and the work list: what is shown, what stays hidden until it is asked for."""

from datetime import timedelta
from html import unescape
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from opennrm.casework.plan import RiskAssessment, assess_risk
from opennrm.lifecycle.deadline import TIMERS
from opennrm.records.reference import reference
from opennrm.web import timeline
from opennrm.web.acts import ACTS
from opennrm.web.next_step import ANSWERS
from tests import cast, stories
from tests.database import as_administrator
from tests.web.browsing import browser, fields_of, sent

OFFICER, SHELTER = cast.POLICE_OFFICER, cast.CASE_MANAGER
OPENED = "SELECT count(*) FROM nrm.journal WHERE case_ref = %s AND account = %s AND rows_read > 0"
PARTS = ("D1", "D2", "D9")
FIRST = ("note_safe_contact", "record_screening", "assess_risk")


def page_of(case_ref: UUID) -> str:
    """Return the address of a case."""
    return reverse("case", kwargs={"case_ref": case_ref})


def titles(page: str) -> list[str]:
    """Return what happened, as a page lists it."""
    return [one.split("</h3>")[0] for one in page.split('"moj-timeline__title">')[1:]]


@pytest.fixture
def case_ref() -> UUID:
    """A case of the officer, with a name."""
    case_ref = stories.contact(OFFICER, words="She was crying at the counter.")
    stories.described(OFFICER, case_ref, names="Лина Пример")
    return case_ref


class TestTheCasePage:
    """For an organisation that holds the case."""

    def test_hides_the_name_until_it_is_asked_for(self, case_ref: UUID):
        client, address = browser(OFFICER), page_of(case_ref)

        hidden = client.get(address).content.decode()
        shown = client.post(address, {"open": "identity"}).content.decode()

        assert "Лина Пример" not in hidden
        assert "Лина Пример" in shown
        assert "She was crying" not in shown

    def test_keeps_the_opening_in_the_journal(self, case_ref: UUID):
        browser(OFFICER).post(page_of(case_ref), {"open": "identity"})

        with as_administrator() as connection:
            row = connection.execute(OPENED, [case_ref, OFFICER.account]).fetchone()
        assert row is not None
        assert row[0] >= 1

    def test_opens_what_was_written_when_asked(self, case_ref: UUID):
        shown = browser(OFFICER).post(page_of(case_ref), {"open": "all"}).content.decode()

        assert "She was crying at the counter." in shown

    def test_shows_three_next_steps_and_keeps_the_others_closed(self, case_ref: UUID):
        page = browser(OFFICER).get(page_of(case_ref)).content.decode()
        before, *groups = page.split('id="op-possible"')[1].split("</nav>")[0].split("<details")

        steps = [reverse(name, kwargs={"case_ref": case_ref}) for name in FIRST]
        assert [one.split('"')[0] for one in before.split('href="')[1:4]] == steps
        assert len(groups) >= 5
        assert not any(" open>" in group for group in groups)
        assert sum(group.count("<li>") for group in groups) > 15

    @pytest.mark.parametrize(
        ("purpose", "step"), [("referral", "refer"), ("service", "offer_service")]
    )
    def test_goes_on_from_a_consent_to_sending(self, case_ref: UUID, purpose: str, step: str):
        manager = cast.CASE_MANAGER
        referral = stories.referred(OFFICER, case_ref, manager, "CM", (*PARTS, "D10"))
        stories.answered(manager, case_ref, referral)
        stories.consent(manager, case_ref, cast.LAWYER, "LA", ("D1",), purpose=purpose)

        page = browser(manager).get(page_of(case_ref)).content.decode()
        first = page.split('id="op-possible"')[1].split('href="')[1].split('"')[0]

        assert first == reverse(step, kwargs={"case_ref": case_ref})

    def test_leads_from_what_is_due_to_the_act_that_answers_it(self, case_ref: UUID):
        risk = RiskAssessment(level="high", review_on=stories.TODAY + timedelta(days=2))
        stories.do(assess_risk, OFFICER, case_ref=case_ref, assessment=risk)

        page = browser(OFFICER).get(page_of(case_ref)).content.decode()
        entry = page.split('class="op-due')[1].split("</li>")[0]

        assert reverse("assess_risk", kwargs={"case_ref": case_ref}) in entry
        assert "Look at the risks again" in entry

    def test_shows_one_part_of_the_timeline(self, case_ref: UUID):
        client, address = browser(OFFICER), page_of(case_ref)

        everything = client.get(address).content.decode()
        identity = client.get(f"{address}?part=D2").content.decode()

        assert "Contact recorded" in everything
        assert "Contact recorded" not in identity
        assert "Person described" in identity

    def test_shows_what_happened_a_page_at_a_time_in_the_same_order(self, case_ref, monkeypatch):
        client, address = browser(OFFICER), page_of(case_ref)
        by = f"?by={OFFICER.actor.organisation}"
        everything = titles(client.get(address + by).content.decode())

        monkeypatch.setattr(timeline, "PAGE_SIZE", 1)
        first = client.get(address + by).content.decode()
        following = unescape(first.split('rel="next" href="')[1].split('"')[0])
        second = client.get(address + following).content.decode()

        assert following == f"{by}&page=2#op-timeline"
        assert f"Page 1 of {len(everything)}" in first
        assert [*titles(first), *titles(second)] == everything[:2]
        assert 'rel="prev"' in second

    @pytest.mark.parametrize("page", ["0", "99", "nonsense"])
    def test_shows_something_for_a_page_there_is_not(self, case_ref, page):
        shown = browser(OFFICER).get(f"{page_of(case_ref)}?page={page}").content.decode()

        assert "Contact recorded" in shown

    def test_says_who_is_on_the_case_and_what_is_left_to_do(self, case_ref: UUID):
        page = browser(OFFICER).get(page_of(case_ref)).content.decode()

        assert "Who is on the case" in page
        assert "Town Police" in page
        assert "Usually the next step" in page
        assert "Reasonable-grounds decision" not in page


class TestOwnWork:
    """For a role whose work stands under one heading of many."""

    def test_stands_first_and_is_open_where_nothing_else_is_suggested(self, case_ref: UUID):
        referral = stories.referred(OFFICER, case_ref, cast.DETECTIVE, "LE", ("D1", "D6"))
        stories.answered(cast.DETECTIVE, case_ref, referral)

        page = browser(cast.DETECTIVE).get(page_of(case_ref)).content.decode()
        first = page.split('id="op-possible"')[1].split("<details", 1)[1].split(">")[0]

        assert 'data-op-group="justice"' in first
        assert first.endswith(" open")


class TestAnOffer:
    """For an organisation that was asked and has not answered."""

    def test_shows_little_and_opens_after_accepting(self, case_ref: UUID):
        stories.referred(OFFICER, case_ref, SHELTER, "CM", PARTS)
        client, address = browser(SHELTER), page_of(case_ref)
        before = client.post(address, {"open": "all"}).content.decode()
        answer = next(link for link in before.split('"') if "acknowledge-referral" in link)

        sent(client, answer, answer="accepted")
        after = client.post(address, {"open": "identity"}).content.decode()

        assert "You are asked to take part" in before
        assert "Лина Пример" not in before
        assert "What happened" not in before
        assert "Лина Пример" in after

    def test_that_is_declined_without_a_reason_is_not_saved(self, case_ref: UUID):
        referral = stories.referred(OFFICER, case_ref, SHELTER, "CM", PARTS)
        address = reverse("acknowledge_referral", kwargs={"case_ref": case_ref})

        answer = sent(browser(SHELTER), f"{address}?referral={referral}", answer="declined")

        assert answer.status_code == 422
        assert "This was not saved" in answer.content.decode()

    def test_that_is_declined_leads_back_to_the_list(self, case_ref: UUID):
        referral = stories.referred(OFFICER, case_ref, SHELTER, "CM", PARTS)
        address = reverse("acknowledge_referral", kwargs={"case_ref": case_ref})
        asked = f"{address}?referral={referral}"

        answer = sent(browser(SHELTER), asked, answer="declined", reason="no_place")

        assert answer.url == reverse("worklist")

    def test_whose_time_is_over_says_so_in_the_list(self, case_ref: UUID):
        stories.referred(OFFICER, case_ref, SHELTER, "CM", PARTS)
        offers = f"{reverse('worklist')}?view=offered&text={reference(case_ref)}"
        before = browser(SHELTER).get(offers).content.decode()
        with as_administrator() as connection:
            connection.execute(
                "UPDATE nrm.worklist SET next_due_at = now() - interval '1 day' "
                "WHERE case_ref = %s AND state = 'offered'",
                [case_ref],
            )

        after = browser(SHELTER).get(offers).content.decode()

        assert "Accept or decline" in before
        assert "The time to answer has run out" in after
        assert "Accept or decline" not in after

    def test_disappears_when_the_consent_is_taken_back(self, case_ref: UUID):
        referral = stories.referred(OFFICER, case_ref, SHELTER, "CM", PARTS)
        stories.answered(SHELTER, case_ref, referral)
        client = browser(SHELTER)
        seen = client.get(page_of(case_ref)).status_code
        consent = stories.newest(OFFICER, case_ref, "consent_given")
        address = reverse("withdraw_consent", kwargs={"case_ref": case_ref})
        officer = browser(OFFICER)

        warned = officer.get(f"{address}?consent={consent}").content.decode()
        sent(officer, f"{address}?consent={consent}")

        assert seen == 200
        assert "What stops at once" in warned
        assert "Help may not be ended" in warned
        assert client.get(page_of(case_ref)).status_code == 404


class TestWhatAnswersADayDue:
    """The table from timers to acts."""

    def test_names_timers_and_acts_that_exist(self):
        assert set(ANSWERS) <= set(TIMERS)
        assert set(ANSWERS.values()) <= set(ACTS)


class TestTheWorkList:
    """Its parts, its search and its empty states."""

    def test_finds_a_case_by_any_part_of_its_reference(self, case_ref: UUID):
        client = browser(OFFICER)
        reference = client.get(page_of(case_ref)).content.decode()
        reference = reference.split('class="op-code">')[1][:9]

        found = client.get(f"/?view=all&text={reference[:4]}").content.decode()
        missed = client.get("/?view=all&text=ZZZZ-ZZZZ").content.decode()

        assert page_of(case_ref) in found
        assert "No reference like this in this list." in missed

    def test_says_the_next_step_where_it_is_empty(self):
        page = browser(cast.HEALTH_WORKER).get("/?view=all").content.decode()

        assert "No case is open to you yet." in page or "op-cards" in page

    @pytest.mark.parametrize("odd", ["?view=none", "?page=-1", "?page=x", "?sort=%27", "?page=99"])
    def test_bears_odd_addresses(self, odd: str):
        assert browser(OFFICER).get(f"/{odd}").status_code == 200


class TestFindingAPerson:
    """By name, in another script, and only among one's own."""

    def test_finds_the_case_without_the_name_in_an_address(self, case_ref: UUID):
        answer = browser(OFFICER).post("/find/", {"name": "Lina Primer"})

        assert page_of(case_ref) in answer.content.decode()

    def test_tells_others_nothing(self, case_ref: UUID):
        answer = browser(cast.SHELTER_WITHOUT_CONSENT).post("/find/", {"name": "Lina Primer"})

        assert page_of(case_ref) not in answer.content.decode()

    def test_says_so_when_nobody_is_found(self):
        answer = browser(cast.SHELTER_WITHOUT_CONSENT).post("/find/", {"name": "Qwrtz Xyxyx"})

        assert "Nobody with a name like this is open to you." in answer.content.decode()


class TestAskingForHelp:
    """From outside, without an account."""

    def test_reaches_the_helpline_and_says_so(self):
        client = Client(headers={"host": "localhost"})

        answer = sent(client, "/help/", message="Please come on Tuesday", called="K.")
        thanks = client.get(answer["Location"]).content.decode()
        listed = browser(cast.HELPLINE_WORKER).get("/?view=all").content.decode()

        assert answer["Location"] == "/help/thanks/"
        assert "Your message has arrived" in thanks
        assert "op-cards" in listed

    def test_needs_only_a_message_and_keeps_what_was_typed(self):
        client = Client(headers={"host": "localhost"})

        answer = sent(client, "/help/", called="K.")

        assert answer.status_code == 422
        assert fields_of(answer)["called"] == "K."

    def test_is_slowed_down_when_one_place_sends_too_much(self):
        client = Client(headers={"host": "localhost"})
        for _ in range(10):
            client.post("/help/", {})

        assert client.post("/help/", {"message": "Once more"}).status_code == 429


class TestACorrection:
    """Of something that was written down wrongly."""

    def test_shows_what_was_written_and_keeps_both(self, case_ref: UUID):
        client = browser(OFFICER)
        wrong = stories.newest(OFFICER, case_ref, "person_described")
        address = reverse("correct_fact", kwargs={"case_ref": case_ref}) + f"?fact={wrong}"

        known = fields_of(client.get(address))
        sent(client, address, sealed_names="Лина Примерова")
        shown = client.post(page_of(case_ref), {"open": "all"}).content.decode()

        assert known["sealed_names"].strip() == "Лина Пример"
        assert "Лина Примерова" in shown
        assert "Replaced" in shown

    def test_takes_several_citizenships_back_as_several(self):
        client = browser(OFFICER)
        case_ref = stories.contact(OFFICER)
        stories.described(OFFICER, case_ref, names="Лина Пример", citizenship=("AL", "MK"))
        wrong = stories.newest(OFFICER, case_ref, "person_described")
        address = reverse("correct_fact", kwargs={"case_ref": case_ref}) + f"?fact={wrong}"

        sent(client, address, open_citizenship="AL, RS")

        newest = stories.folded(OFFICER, case_ref).newest("person_described")
        assert newest is not None
        assert newest.texts("citizenship") == ("AL", "RS")

    def test_is_not_offered_for_what_is_answered_by_new_steps(self):
        client = browser(OFFICER)
        case_ref = stories.contact(OFFICER)
        stories.consent(OFFICER, case_ref, cast.CASE_MANAGER, "CM", ("D1", "D10"))

        page = client.get(page_of(case_ref)).content.decode()

        consent = stories.newest(OFFICER, case_ref, "consent_given")
        contact = stories.newest(OFFICER, case_ref, "contact_recorded")
        assert f"fact={consent}" not in page
        assert f"fact={contact}" in page
