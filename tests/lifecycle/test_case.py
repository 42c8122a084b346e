"""A case is the fold of its facts; a correction takes the place of what it corrects."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest

from opennrm.lifecycle.case import AccessRow
from opennrm.vocabulary.roles import Role
from tests.lifecycle.paths import CONSENT, STEPS, WAYS, case_after, walk
from tests.lifecycle.telling import HELPLINE, HOUSE, Telling, ref, told


class TestCorrection:
    def test_replaces_and_leaves_the_wrong_one_visible_as_replaced(self) -> None:
        telling = Telling()
        wrong = telling.tell("screening_recorded", {"presumed": False})
        right = telling.tell("screening_recorded", {"presumed": True}, corrects=wrong)

        case = telling.case

        assert case.identification == "presumed"
        assert [fact.fact_ref for fact in case.versions(wrong)] == [wrong, right]
        assert case.is_replaced(wrong)
        assert not case.is_replaced(right)
        assert len(case.facts) == 2

    def test_keeps_its_place_in_the_order_of_events(self) -> None:
        telling = Telling()
        walk(telling, "signs refer")
        decided = telling.tell(*STEPS["grounds_positive"])
        telling.tell(*STEPS["identified"])
        later = {**STEPS["grounds_positive"][1], "reasons_codes": ["act_found"]}
        telling.tell("reasonable_grounds_decided", later, corrects=decided)

        assert telling.case.identification == "identified"
        assert telling.case.fact(decided).texts("reasons_codes") == ("act_found",)  # type: ignore[union-attr]

    def test_of_a_correction_stands_in_the_same_place(self) -> None:
        telling = Telling()
        first = telling.tell("risk_assessed", {"level": "low"})
        second = telling.tell("risk_assessed", {"level": "high"}, corrects=first)
        telling.tell("risk_assessed", {"level": "imminent"}, corrects=second)

        assert [fact.text("level") for fact in telling.case.standing] == ["imminent"]
        assert telling.case.fact(second) == telling.case.fact(first)

    def test_of_another_kind_or_of_nothing_stands_by_itself(self) -> None:
        telling = Telling()
        risk = telling.tell("risk_assessed", {"level": "low"})
        telling.tell("needs_assessed", corrects=risk)
        telling.tell("needs_assessed", corrects=uuid4())

        assert len(telling.case.standing) == 3

    def test_is_found_by_what_answers_the_first_version(self) -> None:
        telling = Telling()
        offer = telling.tell(*STEPS["offer"])
        newer = {**STEPS["offer"][1], "service": "counselling"}
        again = telling.tell("service_offered", newer, corrects=offer)
        answer = {"answers": str(again), "by": "provider", "answer": "accepted"}
        answered = telling.tell("offer_answered", answer)

        found = telling.case.answering(offer, "offer_answered")

        assert [fact.fact_ref for fact in found] == [answered]


class TestCase:
    @pytest.mark.parametrize(
        ("track", "state", "way"),
        [(track, state, way) for track, ways in WAYS.items() for state, way in ways.items()],
    )
    def test_reaches_every_state(self, track: str, state: str, way: str) -> None:
        assert case_after(way).standings[track].state == state

    def test_starts_where_nothing_is_known(self) -> None:
        case = told()

        assert (case.identification, case.assistance) == ("none", "none")
        assert (case.criminal, case.residence) == ("none", "not_recorded")
        assert (case.majority, case.danger, case.scope_of_trafficking) == ("unknown",) * 3
        assert (case.age_status, case.jurisdiction) == (None, None)
        assert case.newest("plan_agreed") is None
        assert case.fact(None) is None
        assert not case.is_closed

    def test_tells_what_was_said_of_the_person(self) -> None:
        case = told(
            ("contact_recorded", {"danger": "high", "jurisdiction": "MK"}),
            ("account_noted", {"forms": ["labour"], "scope_of_trafficking": "internal"}),
            ("screening_recorded", {"presumed": True, "forms": ["sexual", "labour"]}),
            ("risk_assessed", {"level": "medium"}),
        )

        assert case.forms == ("labour", "sexual")
        assert case.scope_of_trafficking == "internal"
        assert case.danger == "medium"
        assert case.jurisdiction == "MK"

    @pytest.mark.parametrize(
        ("parts", "majority", "is_child"),
        [
            ({"age_status": "presumed_child", "majority": "unknown"}, "child", True),
            ({"age_status": "child"}, "child", True),
            ({"age_status": "adult"}, "adult", False),
            ({"majority": "adult"}, "adult", False),
            ({"majority": "child"}, "child", True),
            ({"majority": "unknown"}, "unknown", False),
        ],
    )
    def test_treats_doubt_about_age_as_childhood(
        self, parts: dict[str, str], majority: str, is_child: bool
    ) -> None:
        case = told(("contact_recorded", parts))

        assert (case.majority, case.is_child) == (majority, is_child)

    @pytest.mark.parametrize(
        ("contact", "band", "status"),
        [
            ({"age_status": "adult", "majority": "adult"}, "child_9_17", "presumed_child"),
            ({"age_status": "child", "majority": "child"}, "adult_21_23", "presumed_child"),
            ({"majority": "unknown"}, "child_0_8", "child"),
            ({"majority": "unknown"}, "adult", "adult"),
        ],
    )
    def test_takes_one_word_of_a_child_before_any_of_an_adult(
        self, contact: dict[str, str], band: str, status: str
    ) -> None:
        case = told(("contact_recorded", contact), ("person_described", {"age_group": band}))

        assert case.age_status == status
        assert case.is_child is (status != "adult")

    def test_learns_majority_from_a_later_age_band(self) -> None:
        case = told(
            ("contact_recorded", {"majority": "adult"}),
            ("person_described", {"age_group": "child_9_17"}),
        )

        assert case.majority == "child"

    def test_seen_from_some_compartments_knows_nothing_of_the_rest(self) -> None:
        whole = case_after("signs refer grounds_positive")

        seen = whole.seen_from(frozenset({"D1"}))

        assert [fact.compartment for fact in seen.facts] == ["D1"]
        assert seen.identification == "reasonable_grounds_pending"

    def test_seen_from_some_compartments_keeps_their_rows_and_sequences(self) -> None:
        telling = Telling(access=[row("D1"), row("D9")])
        case = telling.case.__class__(ref("case"), access=telling.case.access, sequences={"D9": 4})

        seen = case.seen_from(frozenset({"D1"}))

        assert [one.compartment for one in seen.access] == ["D1"]
        assert seen.sequences == {}

    def test_takes_a_withdrawal_of_an_unknown_consent_as_no_move(self) -> None:
        steps = [STEPS["signs"], STEPS["refer"]]
        lost = {"consent": str(uuid4()), "withdrawn_on": "2026-03-09"}

        case = told(*steps, ("consent_withdrawn", lost))

        assert case.identification == "reasonable_grounds_pending"
        assert case.event("consent_withdrawn", {}).codes["purpose"] is None


class TestWithdrawal:
    def test_of_consent_for_something_else_leaves_identification_alone(self) -> None:
        telling = Telling()
        walk(telling, "signs refer")
        for parts in ({"purpose": "media"}, {"recipient_role": "LA"}):
            consent = telling.tell("consent_given", {**CONSENT, **parts})
            telling.tell("consent_withdrawn", taken_back(consent))

        assert telling.case.identification == "reasonable_grounds_pending"

    def test_of_one_consent_leaves_identification_alone_while_another_stands(self) -> None:
        telling = Telling()
        first = telling.tell("consent_given", CONSENT)
        walk(telling, "signs refer")
        second = telling.tell("consent_given", CONSENT)
        telling.tell("consent_withdrawn", taken_back(first))
        walk(telling, "grounds_positive")

        assert telling.case.identification == "reasonable_grounds_positive"

        telling.tell("consent_withdrawn", taken_back(second))
        assert telling.case.identification == "withdrawn_by_person"
        walk(telling, "agree")
        assert telling.case.identification == "reasonable_grounds_positive"

    def test_counts_no_other_consent_that_has_ended(self) -> None:
        telling = Telling()
        telling.tell("consent_given", {**CONSENT, "until": "2026-03-09"})
        telling.tell("consent_given", {**CONSENT, "purpose": "media"})
        walk(telling, "signs agree withdraw")

        assert telling.case.identification == "withdrawn_by_person"

    def test_is_judged_by_the_consents_that_stand_now(self) -> None:
        telling = Telling()
        first = telling.tell("consent_given", CONSENT)
        walk(telling, "signs agree")

        event = telling.case.event("consent_withdrawn", {"consent": str(first)})

        assert event.codes["purpose"] is None


def taken_back(consent: UUID) -> dict[str, str]:
    """Return what taking back a consent records."""
    return {"consent": str(consent), "withdrawn_on": "2026-03-09"}


class TestAccessRow:
    def test_stands_from_its_start_until_its_end_is_reached(self) -> None:
        one = row("D1")

        assert one.is_live(datetime(2026, 3, 2, tzinfo=UTC))
        assert one.is_live(datetime(2026, 3, 31, 23, 59, tzinfo=UTC))
        assert not one.is_live(datetime(2026, 4, 1, tzinfo=UTC))
        assert not one.is_live(datetime(2026, 3, 1, tzinfo=UTC))


def row(compartment: str) -> AccessRow:
    """Make an open row of the shelter for March."""
    return AccessRow(
        access_ref=ref(f"row {compartment}"),
        organisation=HOUSE,
        role=Role.SH,
        account=None,
        compartment=compartment,
        mode="read",
        state="open",
        basis_fact=HELPLINE,
        offer_fact=None,
        opens_at=datetime(2026, 3, 2, tzinfo=UTC),
        until=datetime(2026, 4, 1, tzinfo=UTC),
    )
