"""Twins of the journeys on help: from contact to closure, without police, and two people alike."""

from typing import Any
from uuid import UUID

from django.db import connections
from django.test import Client

from opennrm.casework.duty import LegalDuty
from opennrm.casework.service import ServiceOffer
from opennrm.coordination.models import RegisterEntry
from opennrm.records.partners import digest, new_code
from opennrm.records.shapes import shape_of
from opennrm.vocabulary.redress import RedressRoute
from tests import cast, stories
from tests.api.playing import (
    agreed,
    helped,
    met,
    offered,
    program,
    referred,
    refused,
    seen,
    sent,
    step,
)
from tests.journeys.test_court_day import guarded_child
from tests.web.test_areas import to_travel
from tests.web.test_justice import SOON, in_court

POLICE, MANAGER, AUTHORITY = cast.POLICE_OFFICER, cast.CASE_MANAGER, cast.DECIDING_OFFICER
SHELTER, CLINIC, LAWYER = cast.SHELTER_WITHOUT_CONSENT, cast.HEALTH_WORKER, cast.LAWYER
FOCAL = cast.FOCAL_OFFICER
TODAY, FOR_HER = stories.TODAY, ("D1", "D2", "D4", "D8", "D9", "D10")
SIGNS = {"population": "adult", "told": ["DEL-AL-DR-01"], "seen": ["DEL-AL-CD-02"]}


def presumed(case_ref: UUID) -> None:
    """Screen her, and presume that she was trafficked."""
    reason = "Papers held by another, afraid to speak"
    step(POLICE, "record_screening", case_ref, **SIGNS, presumed=True, reason=reason)


class TestFromContactToClosure:
    def test_goes_through_five_houses(self) -> None:
        case_ref = met(POLICE, danger="high")
        step(POLICE, "describe_person", case_ref, names="Lina Example", sex="female")
        presumed(case_ref)
        referred(POLICE, case_ref, AUTHORITY, "CA", "D1", "D2", "D4", "D8", "D10", "D14")
        referred(POLICE, case_ref, MANAGER, "CM", *FOR_HER)
        decided(case_ref)
        planned(case_ref)
        helped(MANAGER, case_ref, SHELTER, "SH", "shelter")
        helped(MANAGER, case_ref, CLINIC, "HC", "medical")

        closed(case_ref)

        assert seen(MANAGER, case_ref)["stage"] == "closed"


def decided(case_ref: UUID) -> None:
    """Decide on reasonable grounds, open the recovery period, identify."""
    said = {"decided_on": TODAY, "language": "sq"}
    step(
        AUTHORITY,
        "decide_reasonable_grounds",
        case_ref,
        outcome="positive",
        standard="reasonable_grounds",
        reasons="The signs agree with what she told.",
        **said,
    )
    step(AUTHORITY, "open_recovery_period", case_ref, told_on=TODAY, language="sq", days=45)
    step(
        AUTHORITY,
        "identify",
        case_ref,
        outcome="identified",
        standard="balance_of_probabilities",
        reasons="All three elements are found.",
        **said,
    )


def planned(case_ref: UUID) -> None:
    """Ask what she needs, how safe she is, and what she wants."""
    step(MANAGER, "assess_needs", case_ref, domains=["housing", "physical_health"])
    step(MANAGER, "assess_risk", case_ref, level="medium", review_on=stories.in_days(20))
    step(
        MANAGER,
        "agree_plan",
        case_ref,
        goals=["housing"],
        review_on=stories.in_days(60),
        discussed_on=TODAY,
        language="sq",
        seen_by_person=True,
        own_words="A room of my own, and a doctor.",
    )


def closed(case_ref: UUID) -> None:
    """See how she stands, then close with the door open."""
    step(MANAGER, "record_outcome", case_ref, outcomes=["safety.better"], self_assessed=True)
    ways = [
        {"route": route, "route_answer": "not_wanted", "route_reason": "own_choice"}
        for route in RedressRoute
    ]
    step(MANAGER, "answer_routes", case_ref, answers=ways, discussed_on=TODAY, language="sq")
    step(
        MANAGER,
        "close_case",
        case_ref,
        exit_kind="goals_met",
        retention_until=stories.in_days(365),
        plan_reviewed=True,
        claims_listed=True,
        safety_plan=True,
        return_contact=True,
    )


class TestAPersonWhoWillNotTalkToThePolice:
    def test_gets_a_bed_a_doctor_and_a_lawyer(self) -> None:
        case_ref = met(POLICE)
        presumed(case_ref)
        referred(POLICE, case_ref, MANAGER, "CM", *FOR_HER)

        for who, role, service in (
            (SHELTER, "SH", "shelter"),
            (CLINIC, "HC", "medical"),
            (LAWYER, "LA", "legal_aid"),
        ):
            helped(MANAGER, case_ref, who, role, service)

        assert seen(MANAGER, case_ref)["stage"] == "in_support"

    def test_is_asked_nowhere_whether_she_co_operates(self) -> None:
        shapes = (shape_of(ServiceOffer), shape_of(LegalDuty))
        names = {name for shape in shapes for name in shape.model_fields}

        assert "person_agreed" in names
        assert not [name for name in names if "operat" in name or "criminal" in name]

    def test_is_not_refused_emergency_help_without_a_reason(self) -> None:
        case_ref = met(POLICE)
        presumed(case_ref)
        offer = offered(POLICE, case_ref, SHELTER, "SH", "shelter")
        reply = {"by": "provider", "answer": "declined", "reason": "no_reason_given"}

        no = refused(SHELTER, "answer_offer", case_ref, offer=offer, **reply)

        assert no["rule"] == "R03"


class TestTwoPeople:
    def test_get_the_same_time_and_the_same_services(self) -> None:
        stands = []
        for scope, country, words in (
            ("internal", "MK", "Her cousin holds her papers in the next town."),
            ("cross_border", "VN", "A gang brought her over three borders."),
        ):
            case_ref = met(POLICE, scope_of_trafficking=scope, words=words)
            name = f"Invented Person of {country}"
            step(POLICE, "describe_person", case_ref, names=name, citizenship=[country])
            presumed(case_ref)
            helped(POLICE, case_ref, SHELTER, "SH", "shelter")
            found = seen(POLICE, case_ref)
            due = sorted(one["kind"] for one in found["due"])
            stands.append((found["stage"], due, sorted(found["parts"])))

        assert stands[0] == stands[1]
        assert stands[0][1]


class TestFromANeedToABed:
    def test_matches_offers_and_waits(self) -> None:
        house = cast.CASE_MANAGER
        service = stories.listed(house, places=1, groups=["women"], access=["step_free"])
        cases = [met(POLICE), met(POLICE)]
        need = {"service": "shelter", "groups": ["women"], "access": ["step_free"]}

        fits = program(POLICE).post(f"/cases/{cases[0]}/matched-help", need).json()
        offers = [
            offered(POLICE, one, house, "SH", "shelter", listed=service, compartments=["D9"])
            for one in cases
        ]
        yes = {"by": "provider", "answer": "accepted"}
        step(house, "answer_offer", cases[0], offer=offers[0], **yes)
        if not placed(house, service):
            step(house, "hold_place", cases[0], offer=offers[0])
        step(house, "await_place", cases[1], offer=offers[1], because="in_danger")

        (first, *_others) = fits
        assert all(reason["speaks"] != "against" for reason in first["reasons"])
        found = program(house).get("/places").json()
        assert placed(house, service)
        (waits,) = (one for one in found["waiting"] if one["service"] == str(service))
        assert waits["because"] == "in_danger"

    def test_asks_a_partner_who_has_only_a_code(self) -> None:
        entry, _made = RegisterEntry.objects.using("owner").get_or_create(
            name="Harbour Lights", defaults={"kind": "faith_group", "jurisdiction": "MK"}
        )
        connections["owner"].close()
        case_ref, code = met(POLICE), new_code()
        known = {"service": "shelter", "reply_by": stories.in_days(2), "person_agreed": True}
        question = step(
            POLICE, "ask_partner", case_ref, **known, partner=entry.ref, code_digest=digest(code)
        )

        said = {"code": code, "answer": "accepted", "do": "answer"}
        Client(headers={"host": "localhost"}).post("/reply/", said)
        step(POLICE, "take_partner_answer", case_ref, question=question)

        kinds = {one["kind"] for one in seen(POLICE, case_ref)["entries"]}
        assert {"partner_asked", "partner_answered"} <= kinds


def placed(house: cast.Member, service: UUID) -> list[Any]:
    """Return the places of a service that are taken."""
    places = program(house).get("/places").json()["places"]
    return [one for one in places if one["service"] == str(service) and one["since"]]


class TestHerPageAndHerConsent:
    def test_show_what_is_written_and_end_at_her_word(self) -> None:
        case_ref = met(POLICE)
        referred(POLICE, case_ref, MANAGER, "CM", "D1", "D8", "D9", "D10")
        step(MANAGER, "assess_risk", case_ref, level="low", review_on=stories.in_days(30))
        consent = agreed(MANAGER, case_ref, SHELTER, "SH", "D9", purpose="service")
        paper = program(MANAGER).get(f"/cases/{case_ref}/receipts/{consent}").json()

        step(MANAGER, "withdraw_consent", case_ref, consent=consent, withdrawn_on=TODAY)

        kinds = {one["kind"] for one in seen(MANAGER, case_ref)["entries"]}
        assert {"risk_assessed", "consent_given", "consent_withdrawn"} <= kinds
        assert "Quiet House" not in str(paper)
        assert program(MANAGER).get(f"/cases/{case_ref}/log").json()["received"]


class TestTheSafetySheet:
    def test_is_written_by_day_and_read_by_who_houses_her(self) -> None:
        case_ref = met(POLICE)
        referred(POLICE, case_ref, SHELTER, "SH", "D1", "D9", "D10")
        sheet = {"called": "Corner room", "allergies": "Bee stings", "language": "sq"}

        step(SHELTER, "write_safety_sheet", case_ref, **sheet)

        told = [one["told"] for one in seen(SHELTER, case_ref, "D16")["entries"] if one["told"]]
        assert any(one.get("allergies") == "Bee stings" for one in told)
        assert program(CLINIC).get(f"/cases/{case_ref}", opened=["D16"]).status_code == 404


class TestHandedIn:
    def test_a_referral_goes_one_way_for_a_receipt(self) -> None:
        answer = sent(
            cast.IMMIGRATION_OFFICER, "deposit_referral", message="Three people live here."
        )

        assert answer.status_code == 201, answer.content
        assert set(answer.json()) == {"reference"}

    def test_a_court_order_waits_for_a_second_person(self) -> None:
        case_ref = met(POLICE, words="He kept my papers.")
        order = {"court": "Basic Court", "recipient": "Judge", "scopes": ["D4"]}

        recorded = step(POLICE, "record_court_order", case_ref, ordered_on=TODAY, **order)

        known = {one["fact_ref"] for one in seen(cast.POLICE_COLLEAGUE, case_ref)["entries"]}
        assert str(recorded) in known


class TestACallThatBecomesACase:
    def test_is_kept_in_codes_until_the_caller_wishes_a_case(self) -> None:
        operator, tomorrow = cast.HELPLINE_WORKER, stories.in_days(1)
        call = {"situation": "abuser_listens", "danger": "high", "outcome": "call_back"}
        wish = {"safe_way": "070 555 123", "say_if_other": "A survey on bread", "called": "Lina"}
        hours = {"from_at": f"{tomorrow}T10:00:00Z", "until_at": f"{tomorrow}T11:30:00Z"}
        desk = program(operator)

        assert desk.post("/calls", call).status_code == 201
        assert desk.post("/call-backs", {**wish, **hours}).status_code == 201
        back = next(one for one in desk.get("/call-backs").json() if one["told"] == wish)
        case_ref = met(operator, channel="phone", route="self", called=back["told"]["called"])
        desk.post(f"/call-backs/{back['ref']}/forget", {})

        assert "contact_recorded" in {one["kind"] for one in seen(operator, case_ref)["entries"]}
        assert back not in desk.get("/call-backs").json()


class TestRowsOfAnotherSystem:
    def test_become_cases_one_by_one_and_once(self) -> None:
        row = {
            "contact": {"route": "referred", "channel": "unknown", "contact_on": str(TODAY)},
            "person": {"names": "Izmislena Imported", "citizenship": ["MD"]},
        }

        case_ref = step(MANAGER, "take_in", **row)

        found = program(MANAGER).post("/people", {"name": "Izmislena Imported"}).json()
        assert str(case_ref) in {one["case_ref"] for one in found}


class TestTheDayInCourt:
    def test_is_set_and_planned_and_seen_by_who_goes_along(self) -> None:
        case_ref, prosecutor, companion = in_court(), cast.PROSECUTOR, cast.WITNESS_CO_ORDINATOR
        hearing = {"hearing": "trial", "hearing_on": SOON, "person_called": True}
        set_for = step(prosecutor, "set_hearing", case_ref, **hearing)

        day = {"arranged": ["separate_entrance", "companion"], "route": "By the yard gate."}
        step(companion, "plan_court_day", case_ref, hearing_ref=set_for, **day)

        kinds = {one["kind"] for one in seen(companion, case_ref)["entries"]}
        assert {"hearing_set", "court_day_planned"} <= kinds
        assert "yard gate" not in str(seen(companion, case_ref))
        assert "yard gate" in str(seen(companion, case_ref, "D6", "D12"))


class TestAtTheGate:
    def test_an_alarm_stands_until_she_is_safe(self) -> None:
        case_ref = to_travel()

        step(MANAGER, "record_travel_event", case_ref, travel_event="police_waiting")
        alarmed = events(case_ref)
        step(FOCAL, "record_travel_event", case_ref, travel_event="safe_again")

        assert alarmed[-1] == "police_waiting"
        assert events(case_ref)[-1] == "safe_again"


def events(case_ref: UUID) -> list[str]:
    """Return what happened on the way, as the focal point sees it, oldest first."""
    entries = seen(FOCAL, case_ref)["entries"]
    found = (one for one in entries if one["kind"] == "travel_day_event")
    return [one["open"]["travel_event"] for one in sorted(found, key=lambda one: one["sequence"])]


class TestAGuardian:
    def test_reports_the_child_missing(self) -> None:
        case_ref = guarded_child()

        step(cast.GUARDIAN, "report_missing_child", case_ref, last_seen=TODAY)

        due = {one["kind"] for one in seen(cast.GUARDIAN, case_ref)["due"]}
        assert due & {"T15D", "T15N", "T15S", "T18"}
