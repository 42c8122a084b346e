"""What is due follows from the facts; an end of a timer never ends help."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from opennrm.lifecycle.deadlines import TIMERS, deadlines
from opennrm.rights.jurisdictions import presets
from tests.lifecycle.paths import CONSENT, DECISION, OFFER, REFERRAL, STEPS, case_after, walk
from tests.lifecycle.telling import AUTHORITY, HELPLINE, HOUSE, Telling, ref

MONDAY = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
PERIOD = {"told_on": "2026-03-09", "days": 45, "from": "2026-03-09", "until": "2026-04-23"}
NEGATIVE = {"outcome": "negative", **DECISION}


def due(telling: Telling, code: str = "GB-EAW") -> dict[str, tuple[datetime, UUID | None]]:
    """Return what is due, by timer."""
    found = deadlines(telling.case, presets(code))
    return {one.kind: (one.due_at, one.organisation) for one in found}


def utc(month: int, day: int, hour: int = 0) -> datetime:
    """Make a moment of 2026."""
    return datetime(2026, month, day, hour, tzinfo=UTC)


class TestFirstDays:
    def test_ask_for_immediate_needs_the_same_day(self) -> None:
        telling = Telling()
        telling.tell("contact_recorded", {"danger": "low"}, at=MONDAY)

        assert due(telling)["T01"] == (utc(3, 3), HELPLINE)

    def test_ask_for_immediate_needs_at_once_in_danger(self) -> None:
        telling = Telling()
        telling.tell("contact_recorded", {"danger": "imminent"}, at=MONDAY)

        assert due(telling)["T01"] == (MONDAY, HELPLINE)

    @pytest.mark.parametrize("met", [("needs_assessed", {}), ("service_offered", OFFER)])
    def test_rest_when_needs_are_met(self, met: tuple[str, dict[str, str]]) -> None:
        telling = Telling()
        telling.tell("contact_recorded", {})
        telling.tell(*met)

        assert "T01" not in due(telling)

    def test_ask_nothing_for_someone_who_left_after_two_minutes(self) -> None:
        telling = Telling()
        telling.tell("contact_recorded", {"left_early": True})

        assert due(telling) == {}

    @pytest.mark.parametrize("tells", [{"age_status": "presumed_child"}, {"majority": "child"}])
    def test_ask_to_tell_child_protection_the_same_day(self, tells: dict[str, str]) -> None:
        telling = Telling()
        telling.tell("contact_recorded", tells, at=MONDAY)

        assert due(telling)["T02"] == (utc(3, 3), HELPLINE)

    @pytest.mark.parametrize(
        ("kind", "parts"),
        [
            ("referral_sent", {**REFERRAL, "to_role": "CP", "purpose": "child_protection"}),
            ("legal_duty_relied_on", {"duty": "child_protection", "recipient": str(HOUSE)}),
        ],
    )
    def test_rest_when_child_protection_was_told(self, kind: str, parts: dict[str, str]) -> None:
        telling = Telling()
        telling.tell("contact_recorded", {"age_status": "child"})
        telling.tell(kind, parts)

        assert "T02" not in due(telling)

    def test_rest_when_the_person_turns_out_to_be_an_adult(self) -> None:
        telling = Telling()
        first = telling.tell("contact_recorded", {"age_status": "presumed_child"})
        telling.tell("contact_recorded", {"age_status": "adult"}, corrects=first)

        assert "T02" not in due(telling)

    def test_ask_to_send_a_referral_48_hours_after_consent(self) -> None:
        telling = Telling()
        consent = telling.tell("consent_given", CONSENT, at=MONDAY)

        assert due(telling)["T04"] == (utc(3, 4, 10), HELPLINE)

        telling.tell("referral_sent", {**REFERRAL, "basis_fact": str(consent)})
        assert "T04" not in due(telling)

    def test_ask_no_referral_when_consent_was_taken_back(self) -> None:
        telling = Telling()
        walk(telling, "agree withdraw")

        assert "T04" not in due(telling)

    def test_ask_the_addressee_to_answer_on_the_next_working_day(self) -> None:
        telling = Telling()
        friday = datetime(2026, 3, 6, 10, 0, tzinfo=UTC)
        sent = telling.tell("referral_sent", {**REFERRAL, "to_role": "SH"}, at=friday)

        assert due(telling)["T04A"] == (utc(3, 10), AUTHORITY)

        telling.tell("referral_acknowledged", {"answers": str(sent), "answer": "accepted"})
        assert "T04A" not in due(telling)

    @pytest.mark.parametrize(
        ("kind", "parts"), [("referral_sent", REFERRAL), ("service_offered", OFFER)]
    )
    @pytest.mark.parametrize(
        ("reply_by", "at"),
        [("2026-07-01", utc(7, 1, 23)), ("2026-07-01T12:00:00+01:00", utc(7, 1, 11))],
    )
    def test_ask_the_addressee_by_the_time_the_sender_named(
        self, kind: str, parts: dict[str, str], reply_by: str, at: datetime
    ) -> None:
        telling = Telling()
        telling.tell(kind, {**parts, "reply_by": reply_by}, at=MONDAY)

        assert due(telling)["T04A"][0] == at

    def test_ask_the_provider_to_answer_an_offer_until_it_has(self) -> None:
        telling = Telling()
        offer = telling.tell("service_offered", OFFER, at=MONDAY)
        answer = {"answers": str(offer), "answer": "accepted"}

        telling.tell("offer_answered", {**answer, "by": "person"})
        assert due(telling)["T04A"] == (utc(3, 4), HOUSE)

        telling.tell("offer_answered", {**answer, "by": "provider"})
        assert "T04A" not in due(telling)


class TestDecisions:
    def test_are_due_five_working_days_after_the_referral(self) -> None:
        telling = Telling()
        telling.tell("referral_sent", REFERRAL, at=datetime(2026, 4, 1, 10, tzinfo=UTC))

        found = [one for one in deadlines(telling.case, presets("GB-EAW")) if one.kind == "T05"]

        assert [(one.due_at, one.organisation, one.compartment) for one in found] == [
            (utc(4, 10, 23), AUTHORITY, "D14")
        ]

    def test_are_still_due_when_put_off(self) -> None:
        telling = Telling()
        walk(telling, "refer grounds_pending")

        assert "T05" in due(telling)

    @pytest.mark.parametrize("step", ["grounds_positive", "grounds_negative", "identified"])
    def test_are_no_longer_due_once_taken(self, step: str) -> None:
        telling = Telling()
        walk(telling, f"refer {step}")

        assert "T05" not in due(telling)

    def test_are_due_again_after_a_new_referral_only(self) -> None:
        telling = Telling()
        walk(telling, "refer grounds_negative refer")

        found = [one for one in deadlines(telling.case, presets("MK")) if one.kind == "T05"]

        assert [one.fact_ref for one in found] == [telling.facts[-1].fact_ref]

    def test_are_not_due_from_an_authority_that_declined(self) -> None:
        telling = Telling()
        sent = telling.tell("referral_sent", REFERRAL)
        telling.tell("referral_acknowledged", {"answers": str(sent), "answer": "declined"})

        assert "T05" not in due(telling)

    def test_are_not_due_while_the_person_has_withdrawn(self) -> None:
        telling = Telling()
        walk(telling, "agree refer withdraw")

        assert "T05" not in due(telling)

    def test_show_the_end_of_the_recovery_period_and_the_alert_after_it(self) -> None:
        telling = Telling()
        walk(telling, "refer grounds_positive")
        telling.tell("recovery_period_opened", PERIOD, by=AUTHORITY)

        found = due(telling)

        assert found["T06"] == (utc(4, 22, 23), AUTHORITY)
        assert found["T09"] == (utc(6, 6, 23), AUTHORITY)
        assert telling.case.assistance == "none"

    def test_rest_once_the_formal_decision_is_taken(self) -> None:
        telling = Telling()
        walk(telling, "refer grounds_positive")
        telling.tell("recovery_period_opened", PERIOD)
        walk(telling, "formal_pending")
        assert {"T06", "T06W", "T09"} <= set(due(telling))

        walk(telling, "identified")
        assert not {"T06", "T06W", "T09"} & set(due(telling))

    def test_leave_the_time_to_ask_again_to_the_person(self) -> None:
        telling = Telling()
        walk(telling, "refer")
        told = {**NEGATIVE, "remedy_until": "2026-05-04"}
        telling.tell("reasonable_grounds_decided", told)

        assert due(telling)["T10"] == (utc(5, 4, 23), None)

    def test_count_30_days_to_ask_again_where_no_day_was_named(self) -> None:
        telling = Telling()
        walk(telling, "refer")
        telling.tell("reasonable_grounds_decided", NEGATIVE, at=MONDAY)

        assert due(telling)["T10"][0] == utc(4, 1, 23)

    def test_rest_once_reconsideration_was_asked(self) -> None:
        telling = Telling()
        walk(telling, "refer grounds_negative reconsider")

        assert "T10" not in due(telling)


class TestSupport:
    def test_asks_for_a_plan_ten_working_days_after_acceptance(self) -> None:
        telling = Telling()
        offer = telling.tell("service_offered", OFFER, by=HELPLINE, at=MONDAY)
        answer = {"answers": str(offer), "answer": "accepted", "by": "provider"}
        telling.tell("offer_answered", answer, by=HOUSE, at=MONDAY)

        assert due(telling)["T07"] == (utc(3, 17), HELPLINE)

        telling.tell("plan_agreed", {})
        assert "T07" not in due(telling)

    def test_asks_for_a_new_plan_when_the_person_came_back(self) -> None:
        telling = Telling()
        walk(telling, "offer accept plan close reopen accept")

        assert due(telling)["T07"][1] == HELPLINE

    def test_looks_at_the_plan_again_as_agreed(self) -> None:
        telling = Telling()
        telling.tell("plan_agreed", {"review_on": "2026-03-20"}, by=HOUSE)

        assert due(telling)["T07R"] == (utc(3, 21), HOUSE)

    def test_looks_at_the_risks_again_as_agreed_or_after_30_days(self) -> None:
        telling = Telling()
        telling.tell("risk_assessed", {"level": "high"}, at=MONDAY)
        assert due(telling)["T08"] == (utc(4, 1, 23), HELPLINE)

        telling.tell("risk_assessed", {"level": "high", "review_on": "2026-03-05"})
        assert due(telling)["T08"][0] == utc(3, 6)

    def test_asks_each_consent_again_when_it_ends_or_after_a_year(self) -> None:
        telling = Telling()
        telling.tell("consent_given", {**CONSENT, "until": "2026-06-01"})
        telling.tell("consent_given", CONSENT)
        telling.tell("consent_given", {"purpose": "media", "given_on": "2026-03-02"})
        walk(telling, "agree withdraw")

        found = [one for one in deadlines(telling.case, presets("GB-EAW")) if one.kind == "T13"]

        assert [one.due_at for one in found] == [datetime(2027, 3, 2, tzinfo=UTC)] * 2

    def test_follows_up_after_closing_only_where_she_agreed(self) -> None:
        assert not [d for d in deadlines(case_after("close"), presets("MK")) if d.kind == "T16"]

        telling = Telling()
        telling.tell("consent_given", {"purpose": "follow_up", "given_on": "2026-03-02"})
        assert "T16" not in due(telling)
        telling.tell("case_closed", {"exit_kind": "goals_met"}, at=MONDAY)
        assert due(telling)["T16"] == (utc(4, 2, 23), HELPLINE)

    def test_follows_up_less_often_as_time_goes_by_and_then_no_more(self) -> None:
        telling = Telling()
        telling.tell("consent_given", {"purpose": "follow_up", "given_on": "2026-03-02"})
        telling.tell("case_closed", {"exit_kind": "goals_met"}, at=MONDAY)
        telling.tell("outcome_recorded", {})
        assert due(telling)["T16"][0] == utc(6, 2, 23)

        for _ in range(3):
            telling.tell("outcome_recorded", {})
        assert "T16" not in due(telling)


class TestDeadlines:
    def test_rest_when_a_case_is_closed(self) -> None:
        telling = Telling()
        telling.tell("contact_recorded", {})
        walk(telling, "signs refer offer")
        telling.tell("risk_assessed", {"level": "high"})
        assert set(due(telling)) == {"T04A", "T05", "T08"}

        walk(telling, "close")
        assert due(telling) == {}

    def test_come_earliest_first_and_each_once_for_a_fact(self) -> None:
        telling = Telling()
        telling.tell("contact_recorded", {"age_status": "child"})
        walk(telling, "agree refer grounds_positive offer accept")
        found = deadlines(telling.case, presets("MK"))

        assert list(found) == sorted(found, key=lambda one: one.due_at)
        assert len({(one.kind, one.fact_ref) for one in found}) == len(found)

    def test_have_words_for_every_timer(self) -> None:
        telling = Telling()
        telling.tell("contact_recorded", {"age_status": "child"})
        walk(telling, " ".join(name for name in STEPS if name != "close"))

        assert {one.kind for one in deadlines(telling.case, presets("MK"))} <= set(TIMERS)

    def test_do_not_depend_on_who_the_person_is(self) -> None:
        times = set()
        for scope in ("internal", "cross_border", "unknown"):
            for citizenship in ("MK", "NG", "stateless"):
                telling = Telling()
                telling.tell("contact_recorded", {"scope_of_trafficking": scope})
                telling.tell("person_described", {"citizenship": [citizenship]})
                walk(telling, "agree refer offer accept")
                times.add(
                    tuple((d.kind, d.due_at) for d in deadlines(telling.case, presets("MK")))
                )

        assert len(times) == 1

    def test_is_read_in_the_zone_of_the_place(self) -> None:
        late = datetime(2026, 6, 30, 22, 30, tzinfo=UTC)
        telling = Telling()
        telling.tell("contact_recorded", {}, at=late)

        assert due(telling, "MK")["T01"][0] == utc(7, 1, 22)
        assert due(telling, "COE")["T01"][0] == utc(7, 1)
        assert ref("case") == telling.case.case_ref
