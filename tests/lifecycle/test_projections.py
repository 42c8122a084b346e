"""Lists and figures keep what is open to their reader, and nothing that names anyone."""

from dataclasses import astuple, fields, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from opennrm.lifecycle.case import AccessRow
from opennrm.lifecycle.deadlines import deadlines
from opennrm.lifecycle.kinds import KINDS
from opennrm.lifecycle.projections import (
    StatisticsRow,
    WorklistColumns,
    stage,
    stage_label,
    statistics_row,
    worklist_columns,
)
from opennrm.lifecycle.tracks import assistance, identification
from opennrm.rights.jurisdictions import presets
from opennrm.vocabulary.roles import Role
from opennrm.vocabulary.scopes import CASE_SCOPES
from tests.lifecycle.paths import OFFER, REFERRAL, STEPS, case_after, walk
from tests.lifecycle.telling import AUTHORITY, HELPLINE, HOUSE, START, Telling, ref, told

EVERYTHING = frozenset(scope.value for scope in CASE_SCOPES)


def columns(
    telling: Telling,
    organisation: UUID = HELPLINE,
    role: str = "FR",
    compartments: frozenset[str] = EVERYTHING,
    *,
    offered: bool = False,
) -> WorklistColumns:
    """Return the columns of one list."""
    return worklist_columns(
        telling.case,
        compartments=compartments,
        organisation=organisation,
        role=role,
        deadlines=deadlines(telling.case, presets("MK")),
        offered=offered,
    )


class TestWorklist:
    def test_never_shows_an_old_stage_where_decisions_are_not_open(self) -> None:
        waiting = case_after("signs refer")
        parts = frozenset({"D1", "D2", "D4"})

        seen, whole = (
            worklist_columns(waiting, compartments=open_to, organisation=AUTHORITY, role="LA")
            for open_to in (parts, parts | {"D14"})
        )

        assert whole.stage == "reasonable_grounds_pending"
        assert seen.stage == "not_open"
        assert stage_label(seen.stage) == "Decided, or waiting; not open to you"

    def test_shows_what_is_due_to_us_first(self) -> None:
        telling = Telling()
        telling.tell("contact_recorded", {"danger": "high", "language": "sq", "majority": "adult"})

        seen = columns(telling)

        assert (seen.stage, seen.urgency, seen.majority) == ("contact", "high", "adult")
        assert (seen.waiting_for, seen.next_due_kind) == ("us", "T01")
        assert seen.next_due_at == seen.last_fact_at == telling.facts[0].at
        assert (seen.language, seen.services, seen.service) == ("sq", (), None)

    def test_previews_an_offer_with_service_urgency_language_and_day_only(self) -> None:
        telling = Telling()
        telling.tell("contact_recorded", {"danger": "imminent", "majority": "child"})
        offer = {**OFFER, "urgency": "urgent", "language": "tr"}
        telling.tell("service_offered", offer)

        seen = columns(telling, HOUSE, "SH", frozenset({"D9S"}), offered=True)

        assert seen.stage == "waiting_for_answer"
        assert (seen.services, seen.service) == (("shelter",), "shelter")
        assert (seen.urgency, seen.language, seen.waiting_for) == ("high", "tr", "us")
        assert (seen.majority, seen.next_due_kind) == ("unknown", "T04A")
        assert columns(telling, HOUSE, "HC", frozenset({"D1"})).next_due_at is None

    def test_previews_the_services_a_referral_asks_for(self) -> None:
        telling = Telling()
        asked = {"services": ["legal_aid", "shelter"], "urgency": "immediate"}
        telling.tell("referral_sent", {**REFERRAL, **asked})

        seen = columns(telling, AUTHORITY, "CA", frozenset({"D1"}))

        assert seen.services == ("legal_aid", "shelter")
        assert (seen.urgency, seen.next_due_kind) == ("imminent", "T04A")

    def test_leaves_an_offer_to_the_role_it_names(self) -> None:
        telling = Telling()
        telling.tell("service_offered", OFFER)

        assert columns(telling, HOUSE, "HC", frozenset({"D1"})).services == ()

    def test_waits_for_others_once_we_have_asked_them(self) -> None:
        telling = Telling()
        telling.tell("contact_recorded", {"left_early": True})
        telling.tell("referral_sent", {**REFERRAL, "to_role": "SH"})

        assert columns(telling).waiting_for == "others"
        assert columns(telling, compartments=frozenset({"D1"})).waiting_for == "others"

    def test_waits_for_others_without_their_deadline_too(self) -> None:
        telling = Telling()
        telling.tell("referral_sent", {**REFERRAL, "to_role": "SH"})

        seen = worklist_columns(
            telling.case,
            compartments=EVERYTHING,
            organisation=HELPLINE,
            role="FR",
        )

        assert seen.waiting_for == "others"

    @pytest.mark.parametrize("way", ["", "offer accept deliver plan", "close"])
    def test_waits_for_nobody_when_nothing_is_asked(self, way: str) -> None:
        telling = Telling()
        telling.tell("contact_recorded", {"left_early": True})
        walk(telling, way)
        answers = {"by": "provider", "answer": "accepted"}
        for offer in [f for f in telling.facts if f.kind == "service_offered"]:
            telling.tell("offer_answered", {"answers": str(offer.fact_ref), **answers})

        assert columns(telling).waiting_for == "nobody"

    def test_takes_an_urgent_cry_for_help_as_urgent(self) -> None:
        telling = Telling()
        telling.tell("help_asked", {"asked_by": "relative", "urgent": True})

        assert columns(telling).urgency == "high"
        assert columns(telling, compartments=frozenset({"D1"})).urgency == "unknown"

    def test_shows_the_same_whatever_happens_where_the_reader_may_not_look(self) -> None:
        telling = Telling()
        telling.tell("contact_recorded", {})
        walk(telling, "refer")
        open_to_us = frozenset({"D1", "D2"})
        visible = [
            d for d in deadlines(telling.case, presets("MK")) if d.compartment in open_to_us
        ]
        before = worklist_columns(
            telling.case,
            compartments=open_to_us,
            organisation=HELPLINE,
            role="FR",
            deadlines=visible,
        )
        hidden = [k for k in KINDS.values() if k.scope and k.scope.value not in open_to_us]
        for name in ("signs", "grounds_positive", "identified", "report", "permit"):
            telling.tell(*STEPS[name])

        after = worklist_columns(
            telling.case,
            compartments=open_to_us,
            organisation=HELPLINE,
            role="FR",
            deadlines=visible,
        )

        assert hidden
        assert after == before

    def test_dates_an_offer_without_visible_facts_from_its_row(self) -> None:
        row = AccessRow(
            access_ref=ref("row"),
            organisation=HOUSE,
            role=Role.SH,
            account=None,
            compartment="D9S",
            mode="read",
            state="offered",
            basis_fact=ref("basis"),
            offer_fact=ref("offer"),
            opens_at=datetime(2026, 3, 4, tzinfo=UTC),
            until=datetime(2026, 4, 4, tzinfo=UTC),
        )
        telling = Telling(access=[row])
        telling.tell("contact_recorded", {})

        assert columns(telling, HOUSE, "SH", frozenset({"D9S"})).last_fact_at == row.opens_at
        telling.access.clear()
        seen = columns(telling, HOUSE, "SH", frozenset({"D9S"}))
        assert seen.last_fact_at == START + timedelta(hours=1)


class TestStage:
    @pytest.mark.parametrize(
        ("way", "code"),
        [
            ("", "contact"),
            ("signs", "presumed"),
            ("signs refer offer accept", "reasonable_grounds_pending"),
            ("signs offer", "offered"),
            ("signs refer grounds_negative reconsider", "reconsideration_pending"),
            ("signs close", "closed"),
        ],
    )
    def test_names_what_comes_next(self, way: str, code: str) -> None:
        assert stage(case_after(way)) == code

    def test_has_words_for_every_code(self) -> None:
        codes = {*identification.TRACK.states, *assistance.TRACK.states} - {"none"}

        words = {stage_label(code) for code in codes | {"contact", "waiting_for_answer", "closed"}}

        assert len(words) == len(codes) + 3
        assert stage_label("contact") == "First contact"


class TestStatistics:
    def test_says_not_known_where_nothing_was_said(self) -> None:
        row = statistics_row(told(("contact_recorded", {})), jurisdiction="MK")

        assert row == StatisticsRow(
            jurisdiction="MK",
            registered_year=2026,
            registered_quarter=1,
            route="unknown",
            reporting_entity="unknown",
            sex="unknown",
            gender="not_specified_unknown",
            age_group="unknown",
            majority="unknown",
            citizenship_group="unknown",
            forms=("unknown",),
            main_form="unknown",
            scope="unknown",
            status="none",
            assistance="none",
            exit_kind="none",
        )

    def test_keeps_coarse_values_and_the_day_of_contact(self) -> None:
        telling = Telling()
        contact = {"route": "helpline", "reporting_entity": "ngo", "contact_on": "2025-11-30"}
        telling.tell("contact_recorded", {**contact, "scope_of_trafficking": "internal"})
        person = {"sex": "female", "gender": "feminine", "age_group": "adult_18_20"}
        telling.tell("person_described", {**person, "citizenship": ["MK", "BG"]})
        telling.tell("account_noted", {"forms": ["unknown", "begging", "labour"]})
        walk(telling, "signs refer close")

        row = statistics_row(telling.case, jurisdiction="MK")

        assert (row.registered_year, row.registered_quarter) == (2025, 4)
        assert (row.forms, row.main_form) == (("begging", "labour"), "begging")
        assert (row.citizenship_group, row.scope) == ("national", "internal")
        assert (row.status, row.exit_kind) == ("reasonable_grounds_pending", "goals_met")
        assert (row.majority, row.age_group) == ("adult", "adult_18_20")

    @pytest.mark.parametrize(
        ("status", "band"), [("presumed_child", "child"), ("adult", "adult"), (None, "unknown")]
    )
    def test_falls_back_to_the_wide_age_band(self, status: str | None, band: str) -> None:
        case = told(("contact_recorded", {"age_status": status}))

        assert statistics_row(case, jurisdiction="MK").age_group == band

    @pytest.mark.parametrize(
        ("way", "status"),
        [
            ("signs agree withdraw", "withdrawn"),
            ("signs refer grounds_negative reconsider", "reasonable_grounds_negative"),
            ("signs refer grounds_positive not_identified reconsider", "not_identified"),
            ("signs refer grounds_positive identified", "identified"),
        ],
    )
    def test_counts_the_status_that_was_decided(self, way: str, status: str) -> None:
        assert statistics_row(case_after(way), jurisdiction="MK").status == status

    def test_takes_the_moment_of_the_first_fact_where_no_contact_was_recorded(self) -> None:
        row = statistics_row(told(STEPS["signs"]), jurisdiction="MK")

        assert (row.registered_year, row.registered_quarter) == (2026, 1)

    def test_forgets_the_exit_of_a_case_that_was_opened_again(self) -> None:
        assert statistics_row(case_after("close reopen"), jurisdiction="MK").exit_kind == "none"

    def test_carries_no_reference_to_case_person_or_worker(self) -> None:
        telling = Telling()
        telling.tell("contact_recorded", {"referred_by": str(HOUSE)})
        walk(telling, "signs agree refer offer accept close")
        one = statistics_row(telling.case, jurisdiction="MK")
        elsewhere = replace(telling.case, case_ref=ref("another"))

        assert one == statistics_row(elsewhere, jurisdiction="MK")
        assert not [value for value in astuple(one) if isinstance(value, UUID)]
        assert "ref" not in {field.name for field in fields(one)}
