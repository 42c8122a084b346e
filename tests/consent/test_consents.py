"""A consent opens what it names, to whom it names, while it stands; nothing else."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opennrm.consent.consents import Ground
from opennrm.consent.expiry import ends_on, review_on


def ref(name: str) -> UUID:
    """Make the same reference for the same name, in every run."""
    return uuid5(NAMESPACE_URL, f"https://consent.example/{name}")


GIVEN = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
NOW = GIVEN + timedelta(days=3)
HOUSE = ref("house")
CONSENT = Ground(
    ground=ref("consent"),
    given_at=GIVEN,
    recipient=HOUSE,
    recipient_role="SH",
    purpose="service",
    compartments=frozenset({"D1", "D9"}),
    until_on=date(2026, 6, 2),
)
moments = st.integers(-200, 500).map(lambda days: GIVEN + timedelta(days=days))


class TestGround:
    @pytest.mark.parametrize(
        ("at", "stands"),
        [
            (GIVEN - timedelta(seconds=1), False),
            (GIVEN, True),
            (datetime(2026, 6, 1, 23, 59, tzinfo=UTC), True),
            (datetime(2026, 6, 2, tzinfo=UTC), False),
        ],
    )
    def test_stands_from_when_it_was_given_until_its_end(self, at: datetime, stands: bool) -> None:
        assert CONSENT.is_live(at) == stands

    def test_opens_nothing_without_an_end(self) -> None:
        assert not replace(CONSENT, until_on=None).is_live(NOW)

    def test_ends_at_the_moment_it_is_taken_back(self) -> None:
        taken_back = replace(CONSENT, withdrawn_at=NOW)

        assert taken_back.is_live(NOW - timedelta(seconds=1))
        assert not taken_back.is_live(NOW)

    @settings(deadline=None)
    @given(moments, moments)
    def test_never_stands_again_once_taken_back(
        self, withdrawn_at: datetime, at: datetime
    ) -> None:
        taken_back = replace(CONSENT, withdrawn_at=withdrawn_at)

        assert not (at >= withdrawn_at and taken_back.is_live(at))


class TestExpiry:
    def test_comes_after_a_year_unless_sooner(self) -> None:
        given_on = date(2026, 3, 2)

        assert ends_on(given_on, None) == date(2027, 3, 2)
        assert ends_on(given_on, date(2026, 6, 1)) == date(2026, 6, 1)
        assert ends_on(given_on, date(2030, 1, 1)) == date(2027, 3, 2)
        assert ends_on(given_on, None, 3) == date(2026, 6, 2)

    @settings(deadline=None)
    @given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(1, 36))
    def test_never_comes_before_the_months_are_over(self, given_on: date, months: int) -> None:
        assert (review_on(given_on, months) - given_on).days >= months * 28

    def test_moves_a_day_that_is_missing_to_the_next(self) -> None:
        assert review_on(date(2025, 11, 30), 3) == date(2026, 3, 1)
        assert review_on(date(2024, 2, 29)) == date(2025, 3, 1)
