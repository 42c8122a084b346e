"""Deadlines of justice and redress: what starts them, what ends them, and on which day."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from opennrm.lifecycle.deadlines import deadlines
from opennrm.lifecycle.redress_figures import redress_row
from opennrm.rights.jurisdictions import presets
from tests.lifecycle.telling import HELPLINE, Telling
from tests.rights.removing import without

MONDAY = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
SIGNS = ("screening_recorded", {"presumed": True})
SUSPECT = {"liability": "suspect", "act": "drugs", "recorded_on": "2026-03-02"}
LIMIT = {"route": "state_fund", "last_day": "2027-06-30"}


def due(telling: Telling) -> dict[str, tuple[datetime, UUID | None]]:
    """Return what is due in the Council of Europe's minimum, by timer."""
    found = deadlines(telling.case, presets("COE"))
    return {one.kind: (one.due_at, one.organisation) for one in found}


def utc(year: int, month: int, day: int) -> datetime:
    """Make the first moment of a day."""
    return datetime(year, month, day, tzinfo=UTC)


class TestTraffickingAssessment:
    def test_is_due_five_working_days_after_the_step_against_her(self) -> None:
        telling = Telling()
        telling.tell(*SIGNS)
        telling.tell("liability_recorded", SUSPECT, at=MONDAY)

        assert due(telling)["T54"] == (utc(2026, 3, 10), HELPLINE)

    def test_is_due_too_when_a_proceeding_names_her_as_suspect(self) -> None:
        telling = Telling()
        telling.tell(*SIGNS)
        telling.tell("criminal_step_recorded", {"step": "reported", "capacity": "suspect"})

        assert "T54" in due(telling)

    def test_waits_for_a_sign(self) -> None:
        telling = Telling()
        telling.tell("liability_recorded", SUSPECT)

        assert "T54" not in due(telling)

    @pytest.mark.parametrize(
        ("finding", "rests"),
        [("compelled", True), ("not_compelled", True), ("not_decided_yet", False)],
    )
    def test_rests_once_it_was_decided(self, finding: str, rests: bool) -> None:
        telling = Telling()
        telling.tell(*SIGNS)
        step = telling.tell("liability_recorded", SUSPECT)
        answer = {"answers": str(step), "finding": finding, "assessed_on": "2026-03-03"}

        telling.tell("compulsion_assessed", answer)

        assert ("T54" not in due(telling)) == rests

    def test_goes_on_after_support_ended_and_stops_without_the_rule(self) -> None:
        telling = Telling()
        telling.tell(*SIGNS)
        telling.tell("liability_recorded", SUSPECT)
        telling.tell("case_closed", {"exit_kind": "moved"})
        assert "T54" in due(telling)

        with without("R54"):
            assert "T54" not in due(telling)


class TestProtection:
    def test_is_due_ten_days_before_the_hearing(self) -> None:
        telling = Telling()
        telling.tell("hearing_set", {"hearing": "trial", "hearing_on": "2026-04-20"})

        assert due(telling)["T56"] == (utc(2026, 4, 11), HELPLINE)

    def test_moves_with_the_hearing(self) -> None:
        telling = Telling()
        ref = telling.tell("hearing_set", {"hearing": "trial", "hearing_on": "2026-04-20"})
        moved = {"hearing_outcome": "adjourned", "adjourned_to": "2026-05-20"}
        telling.tell("hearing_ended", {"answers": str(ref), **moved})

        assert due(telling)["T56"][0] == utc(2026, 5, 11)

    def test_rests_where_no_new_day_is_set(self) -> None:
        telling = Telling()
        ref = telling.tell("hearing_set", {"hearing": "trial", "hearing_on": "2026-04-20"})
        telling.tell("hearing_ended", {"answers": str(ref), "hearing_outcome": "adjourned"})

        assert "T56" not in due(telling)


class TestClaimLimits:
    def test_come_up_twelve_months_before_and_on_the_last_day(self) -> None:
        telling = Telling()
        telling.tell("claim_limit_noted", LIMIT, at=MONDAY)

        assert due(telling)["T12"] == (utc(2027, 7, 1), HELPLINE)
        assert due(telling)["T12A"] == (utc(2026, 6, 30), HELPLINE)

    @pytest.mark.parametrize(
        ("looked_at", "next_at"),
        [
            (utc(2026, 6, 30), utc(2026, 12, 30)),
            (utc(2027, 1, 10), utc(2027, 3, 30)),
            (utc(2027, 4, 2), utc(2027, 5, 30)),
            (utc(2027, 6, 2), None),
        ],
    )
    def test_come_up_again_six_three_and_one_month_before(
        self, looked_at: datetime, next_at: datetime | None
    ) -> None:
        telling = Telling()
        telling.tell("claim_limit_noted", LIMIT, at=MONDAY)
        pursued = {"route": "state_fund", "route_answer": "pursued"}
        telling.tell("route_answered", pursued, at=looked_at)

        found = due(telling).get("T12A")

        assert (found[0] if found else None) == next_at
        assert "T12" in due(telling)

    @pytest.mark.parametrize(
        ("kind", "parts"),
        [
            ("claim_filed", {"route": "state_fund", "filed_on": "2026-04-01"}),
            (
                "route_answered",
                {
                    "route": "state_fund",
                    "route_answer": "not_wanted",
                    "route_reason": "own_choice",
                },
            ),
        ],
    )
    def test_rest_once_filed_or_not_pursued(self, kind: str, parts: dict[str, str]) -> None:
        telling = Telling()
        telling.tell("claim_limit_noted", LIMIT)

        telling.tell(kind, parts)

        assert not {"T12", "T12A"} & set(due(telling))

    def test_of_other_routes_stand(self) -> None:
        telling = Telling()
        telling.tell("claim_limit_noted", LIMIT)
        telling.tell("claim_filed", {"route": "civil_claim", "filed_on": "2026-04-01"})

        assert "T12" in due(telling)

    def test_need_law_on_file_where_only_the_event_is_known(self) -> None:
        telling = Telling()
        telling.tell("claim_limit_noted", {"route": "state_fund", "event_on": "2026-01-31"})

        assert "T12" not in due(telling)

    def test_go_on_after_support_ended_and_stop_without_the_rule(self) -> None:
        telling = Telling()
        telling.tell("claim_limit_noted", LIMIT)
        telling.tell("case_closed", {"exit_kind": "moved"})
        assert "T12" in due(telling)

        with without("R58"):
            assert not {"T12", "T12A"} & set(due(telling))


class TestAppeals:
    @staticmethod
    def decided(outcome: str) -> Telling:
        telling = Telling()
        claim = telling.tell("claim_filed", {"route": "civil_claim", "filed_on": "2026-03-02"})
        told = {"decided_on": "2026-03-20", "appeal_until": "2026-04-10"}
        telling.tell("claim_decided", {"answers": str(claim), "claim_outcome": outcome, **told})
        return telling

    @pytest.mark.parametrize(
        ("outcome", "runs"), [("refused", True), ("awarded_in_part", True), ("awarded", False)]
    )
    def test_have_a_last_day_where_something_was_refused(self, outcome: str, runs: bool) -> None:
        assert ("T12B" in due(self.decided(outcome))) == runs

    def test_rest_once_somebody_looked_at_the_route(self) -> None:
        telling = self.decided("refused")
        given_up = {"route": "civil_claim", "route_answer": "not_wanted"}

        telling.tell("route_answered", {**given_up, "route_reason": "own_choice"})

        assert "T12B" not in due(telling)


class TestFigures:
    def test_say_how_far_redress_came_and_no_amount(self) -> None:
        telling = Telling()
        assert redress_row(telling.case).compensation == "none"

        claim = telling.tell("claim_filed", {"route": "civil_claim", "filed_on": "2026-03-02"})
        assert redress_row(telling.case).compensation == "claimed"

        awarded = {"claim_outcome": "awarded", "currency": "EUR", "unpaid_wages": 500}
        told = {"answers": str(claim), "decided_on": "2026-03-20", **awarded}
        telling.tell("claim_decided", told)
        assert redress_row(telling.case).compensation == "awarded"

        paid = {"paid_on": "2026-04-01", "payer": "fund", "currency": "EUR", "amount": 499}
        telling.tell("payment_received", paid)
        assert redress_row(telling.case).compensation == "received_in_part"

        telling.tell("payment_received", {**paid, "amount": 1})
        assert redress_row(telling.case).compensation == "received"

    def test_keep_what_was_confiscated_apart_from_what_was_received(self) -> None:
        telling = Telling()
        taken = {"asset_on": "2026-04-01", "currency": "EUR", "amount": 900}
        for step in ("seized", "confiscated"):
            telling.tell("assets_recorded", {"asset_step": step, **taken})

        row = redress_row(telling.case)

        assert (row.compensation, row.assets) == ("none", "confiscated")

    def test_count_money_that_came_without_a_claim(self) -> None:
        telling = Telling()
        paid = {"paid_on": "2026-04-01", "payer": "employer", "currency": "EUR", "amount": 10}

        telling.tell("payment_received", paid)

        assert redress_row(telling.case).compensation == "received"
