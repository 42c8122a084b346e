"""Pages of justice and redress: forms that record, refusals that say why, and what is shown."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.test import Client
from django.urls import reverse

from opennrm.vocabulary.redress import RedressRoute
from tests import cast, stories
from tests.web.browsing import browser, sent

TODAY = stories.TODAY
SOON = TODAY + timedelta(days=5)


def place(name: str, case_ref: UUID) -> str:
    """Return the address of a page of a case."""
    return reverse(name, kwargs={"case_ref": case_ref})


def boxes(name: str, day: date) -> dict[str, int]:
    """Return a day as it is typed."""
    return {f"{name}-{box}": getattr(day, box) for box in ("day", "month", "year")}


def given(case_ref: UUID, by: cast.Member, to: cast.Member, role: str, *scopes: str) -> None:
    """Let somebody who holds parts give them to another, who accepts."""
    consent = stories.consent(cast.POLICE_OFFICER, case_ref, to, role, scopes)
    stories.do(
        stories.refer,
        by,
        case_ref=case_ref,
        referral=stories.Referral(
            to=to.actor.organisation,
            to_role=role,
            purpose="referral",
            until=TODAY + timedelta(days=100),
            reply_by=TODAY + timedelta(days=3),
            consent=consent,
            compartments=scopes,
            summaries=tuple(
                stories.Summary(compartment=code, text=f"a summary for {code}")
                for code in scopes
                if code.endswith("S")
            ),
        ),
    )
    stories.answered(to, case_ref, stories.newest(by, case_ref, "referral_sent"))


def in_court() -> UUID:
    """A case before the police and the prosecutor, with a lawyer."""
    case_ref = stories.contact(cast.POLICE_OFFICER, majority="adult")
    given(case_ref, cast.POLICE_OFFICER, cast.DETECTIVE, "LE", "D6")
    given(case_ref, cast.DETECTIVE, cast.PROSECUTOR, "PR", "D6")
    given(case_ref, cast.DETECTIVE, cast.WITNESS_CO_ORDINATOR, "VW", "D6")
    return case_ref


def at_lawyer() -> UUID:
    """A case at a lawyer who holds what concerns redress."""
    case_ref = stories.contact(cast.POLICE_OFFICER, majority="adult")
    given(case_ref, cast.POLICE_OFFICER, cast.LAWYER, "LA", "D13")
    return case_ref


def saved(client: Client, address: str, **typed: Any) -> None:
    """Send a form that is accepted."""
    answer = sent(client, address, **typed)
    assert answer.status_code == 302, answer.content.decode()


class TestJustice:
    def test_keeps_two_proceedings_apart_on_the_case_page(self):
        case_ref = in_court()
        police = browser(cast.DETECTIVE)
        address = place("record_criminal_step", case_ref)
        today = boxes("step_on", TODAY)

        saved(police, address, step="prosecution", capacity="injured_person", **today)
        saved(police, address, step="investigation", capacity="suspect", proceeding="", **today)

        page = police.get(place("case", case_ref)).content.decode()
        assert "Injured person" in page and "Suspect" in page
        assert "Prosecution" in page and "Investigation" in page

    def test_says_which_rule_stops_a_statement_and_what_to_do(self):
        case_ref = in_court()
        police, address = browser(cast.DETECTIVE), place("book_statement", case_ref)
        typed = {"statement": "statement", **boxes("booked_for", SOON)}

        refused = sent(police, address, **typed)
        offered = place("offer_legal_aid", case_ref)
        saved(police, offered, aid_answer="declined", **boxes("offered_on", TODAY))
        booked = sent(police, address, **typed)

        assert refused.status_code == 422
        assert b"Offer one and record what she answers." in refused.content
        assert booked.status_code == 302, booked.content.decode()

    def test_counts_how_often_the_person_was_asked(self):
        case_ref = in_court()
        police, address = browser(cast.DETECTIVE), place("record_statement", case_ref)

        for _ in range(2):
            saved(police, address, statement="statement", **boxes("taken_on", TODAY))

        page = police.get(place("case", case_ref)).content
        assert b"asked for a statement 2 times" in page
        assert b"Breach observed" not in page.split(b"What happened")[0]

    def test_takes_a_hearing_from_its_setting_to_the_day_after(self):
        case_ref = in_court()
        prosecutor, companion = browser(cast.PROSECUTOR), browser(cast.WITNESS_CO_ORDINATOR)

        hearing_on = boxes("hearing_on", SOON)
        saved(prosecutor, place("set_hearing", case_ref), hearing="trial", **hearing_on)
        due = companion.get(place("case", case_ref)).content
        hearing = str(stories.newest(cast.PROSECUTOR, case_ref, "hearing_set"))
        saved(
            companion,
            place("assess_protection", case_ref),
            hearing_ref=hearing,
            measures=["screens"],
        )
        saved(
            companion,
            place("answer_measures", case_ref),
            hearing_ref=hearing,
            measures=["screens"],
            measure_state="granted",
        )
        saved(
            companion,
            place("plan_for_witness", case_ref),
            hearing_ref=hearing,
            explained=["rights"],
            language="sq",
            next_day_check="on",
        )
        saved(prosecutor, place("end_hearing", case_ref), hearing=hearing, hearing_outcome="held")
        after = companion.get(place("case", case_ref)).content
        saved(
            companion,
            place("check_on_witness", case_ref),
            hearing=hearing,
            after_hearing="well",
            words="Glad it is over.",
        )

        assert b"Assess what protection is needed before the hearing" in due
        assert b"Ask how the person is on the day after the hearing" in after

    def test_records_evidence_and_a_step_against_the_person(self):
        case_ref = in_court()
        police = browser(cast.DETECTIVE)

        saved(police, place("check_evidence", case_ref), lines=["financial"])
        saved(police, place("record_liability", case_ref), liability="fined", act="drugs")

        page = police.get(place("case", case_ref)).content
        assert b"Money flows and accounts" in page
        assert b"Drugs" in page

    def test_lets_an_observer_read_a_summary_and_write_what_was_seen(self):
        case_ref = in_court()
        given(case_ref, cast.DETECTIVE, cast.TRIAL_OBSERVER, "TM", "D6S")
        observer = browser(cast.TRIAL_OBSERVER)

        saved(observer, place("observe_trial", case_ref), represented="yes")

        page = observer.post(place("case", case_ref), {"open": "all"}).content
        assert b"a summary for D6S" in page
        assert b"Trial observed" in page
        assert b"Step of criminal proceedings" not in page

    def test_lets_the_authority_assess_what_it_cannot_see(self):
        case_ref = in_court()
        given(case_ref, cast.POLICE_OFFICER, cast.DECIDING_OFFICER, "CA", "D4", "D14")
        police, authority = browser(cast.DETECTIVE), browser(cast.DECIDING_OFFICER)
        saved(police, place("record_liability", case_ref), liability="suspect", act="drugs")

        saved(
            authority,
            place("assess_compulsion", case_ref),
            finding="compelled",
            reasons="She was made to carry them.",
        )

        page = police.get(place("case", case_ref)).content
        assert b"Compelled, as a direct consequence of trafficking" in page
        assert b"Drugs" not in authority.get(place("case", case_ref)).content


class TestRedress:
    def test_goes_through_every_route(self):
        case_ref = at_lawyer()
        answers = {f"answer_{route}": "not_wanted" for route in RedressRoute}
        reasons = {f"reason_{route}": "own_choice" for route in RedressRoute}

        lawyer = browser(cast.LAWYER)
        saved(lawyer, place("answer_routes", case_ref), **answers, **reasons)

        page = lawyer.get(place("case", case_ref)).content
        assert page.count(b"Not wanted by the person") >= len(RedressRoute)

    def test_says_when_a_reason_is_missing(self):
        answer = sent(
            browser(cast.LAWYER),
            place("answer_routes", at_lawyer()),
            answer_civil_claim="not_available",
        )

        assert answer.status_code == 422
        assert b"A reason is needed here." in answer.content

    def test_shows_awarded_and_received_apart_in_their_currency(self):
        case_ref = at_lawyer()
        lawyer = browser(cast.LAWYER)
        euros = {"currency": "EUR"}

        saved(
            lawyer,
            place("file_claim", case_ref),
            route="civil_claim",
            unpaid_wages="2500.50",
            **euros,
        )
        claim = str(stories.newest(cast.LAWYER, case_ref, "claim_filed"))
        saved(
            lawyer,
            place("decide_claim", case_ref),
            claim=claim,
            claim_outcome="awarded_in_part",
            unpaid_wages="2000",
            **euros,
        )
        saved(
            lawyer,
            place("record_payment", case_ref),
            claim=claim,
            payer="employer",
            amount="750.25",
            **euros,
        )
        saved(
            lawyer,
            place("record_assets", case_ref),
            asset_step="confiscated",
            amount="9000",
            **euros,
        )
        saved(lawyer, place("record_enforcement", case_ref), claim=claim, enforcement="asked")

        page = lawyer.get(place("case", case_ref)).content.decode()
        for amount in ("€2,500.50", "€2,000.00", "€750.25", "€9,000.00"):
            assert amount in page
        assert "€2,750.25" not in page and "€9,750.25" not in page
        assert "She has received less than was awarded." in page

    def test_refuses_an_amount_finer_than_the_currency(self):
        answer = sent(
            browser(cast.LAWYER),
            place("record_payment", at_lawyer()),
            payer="fund",
            amount="10.5",
            currency="JPY",
        )

        assert answer.status_code == 422
        assert b"more digits after the point" in answer.content

    def test_brings_up_the_last_day_to_claim(self):
        case_ref = at_lawyer()
        last = boxes("last_day", TODAY + timedelta(days=200))

        lawyer = browser(cast.LAWYER)
        saved(lawyer, place("note_claim_limit", case_ref), route="state_fund", **last)

        page = lawyer.get(place("case", case_ref)).content
        assert b"Last day to claim compensation" in page
        assert b"Look at the time left to claim compensation" in page

    def test_is_not_shown_to_those_who_do_not_hold_it(self):
        case_ref = at_lawyer()
        lawyer = browser(cast.LAWYER)
        saved(
            lawyer,
            place("record_payment", case_ref),
            payer="fund",
            amount="10",
            currency="EUR",
        )

        page = browser(cast.POLICE_OFFICER).get(place("case", case_ref)).content

        assert "€".encode() not in page

    def test_lets_an_amount_be_put_right(self):
        case_ref = at_lawyer()
        lawyer = browser(cast.LAWYER)
        euros = {"currency": "EUR", "payer": "fund"}
        saved(lawyer, place("record_payment", case_ref), amount="100", **euros)
        payment = stories.newest(cast.LAWYER, case_ref, "payment_received")

        address = f"{place('correct_fact', case_ref)}?fact={payment}"
        saved(lawyer, address, open_amount="1050")

        page = lawyer.get(place("case", case_ref)).content.decode()
        assert "€10.50" in page.split("What happened")[0]
