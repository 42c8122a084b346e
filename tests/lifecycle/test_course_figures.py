"""What figures keep of the course of a case: words, never days, and none is not unknown."""

import pytest

from opennrm.lifecycle.course_figures import course_row
from tests.lifecycle.telling import Telling, told

CONTACT = ("contact_recorded", {"contact_on": "2025-11-01"})


def decided(kind: str, outcome: str, on: str):
    return (kind, {"outcome": outcome, "standard": "reasonable_grounds", "decided_on": on})


class TestCourseRow:
    def test_of_a_contact_says_that_nothing_is_on_record(self) -> None:
        row = course_row(told(CONTACT))

        assert {row.first_decision, row.formal_decision, row.recovery, row.permit} == {"none"}
        assert {row.safe_return, row.proceedings, row.liability, row.protection} == {"none"}

    @pytest.mark.parametrize(
        ("on", "word"),
        [
            ("2025-12-01", "within_30_days"),
            ("2025-12-02", "within_90_days"),
            ("2026-02-01", "within_365_days"),
            ("2026-11-02", "longer"),
            ("2025-10-31", "day_unknown"),
        ],
    )
    def test_counts_the_days_to_the_first_decision_in_bands(self, on: str, word: str) -> None:
        case = told(CONTACT, decided("reasonable_grounds_decided", "positive", on))

        assert course_row(case).first_decision == word

    def test_keeps_a_permit_that_was_only_asked_for_apart_from_none(self) -> None:
        telling = Telling()
        telling.tell("permit_applied", {"applied_on": "2025-12-01"})

        assert course_row(telling.case).permit == "asked"

    def test_tells_a_person_pursued_and_not_assessed(self) -> None:
        row = course_row(
            told(("liability_recorded", {"liability": "suspect", "recorded_on": "2025-12-01"}))
        )

        assert row.liability == "not_assessed"
