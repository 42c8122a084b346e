"""A consent opens what it names, to whom it names, while it stands; nothing else."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opennrm.consent.consents import (
    Ground,
    Sharing,
    covered,
    is_complete,
    live_grounds,
    uncovered,
)
from opennrm.consent.expiry import ends_on, review_on
from opennrm.consent.withdrawal import Ended, Opened, lapsed, withdrawn


def ref(name: str) -> UUID:
    """Make the same reference for the same name, in every run."""
    return uuid5(NAMESPACE_URL, f"https://consent.example/{name}")


GIVEN = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
NOW = GIVEN + timedelta(days=3)
HOUSE, CLINIC = ref("house"), ref("clinic")
CONSENT = Ground(
    ground=ref("consent"),
    given_at=GIVEN,
    recipient=HOUSE,
    recipient_role="SH",
    purpose="service",
    compartments=frozenset({"D1", "D9"}),
    until_on=date(2026, 6, 2),
)
WISH = Sharing(HOUSE, "SH", "service", frozenset({"D1", "D4", "D9"}))
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
        assert not (at >= withdrawn_at and covered([taken_back], WISH, at=at))


class TestCovered:
    def test_holds_what_the_consent_names(self) -> None:
        assert covered([CONSENT], WISH, at=NOW) == frozenset({"D1", "D9"})
        assert uncovered([CONSENT], WISH, at=NOW) == frozenset({"D4"})

    def test_adds_up_over_several_consents(self) -> None:
        more = replace(CONSENT, ground=ref("more"), compartments=frozenset({"D4"}))

        assert uncovered([CONSENT, more], WISH, at=NOW) == frozenset()
        assert live_grounds([CONSENT, more], WISH, at=NOW) == (CONSENT, more)

    @pytest.mark.parametrize(
        "other",
        [
            replace(WISH, recipient=CLINIC),
            replace(WISH, role="HC"),
            replace(WISH, purpose="health_care"),
        ],
    )
    def test_is_nothing_for_another_recipient_role_or_purpose(self, other: Sharing) -> None:
        assert covered([CONSENT], other, at=NOW) is None
        assert uncovered([CONSENT], other, at=NOW) == other.compartments

    def test_is_nothing_without_a_consent(self) -> None:
        assert covered([], WISH, at=NOW) is None

    def test_is_only_for_the_named_person_where_one_is_named(self) -> None:
        named = replace(CONSENT, account=ref("night worker"))

        assert covered([named], WISH, at=NOW) is None
        assert covered([named], replace(WISH, account=ref("night worker")), at=NOW)

    def test_of_a_duty_is_for_any_purpose_of_its_recipient(self) -> None:
        duty = replace(CONSENT, is_duty=True, purpose=None, recipient_role=None)

        assert covered([duty], WISH, at=NOW) == frozenset({"D1", "D9"})
        assert covered([duty], replace(WISH, recipient=CLINIC), at=NOW) is None


class TestComplete:
    @pytest.mark.parametrize(
        ("guardian", "assent", "is_child", "complete"),
        [
            (True, True, True, True),
            (True, False, True, False),
            (True, None, True, False),
            (None, True, True, False),
            (None, None, False, True),
            (False, None, False, True),
            (True, True, False, False),
        ],
    )
    def test_needs_the_guardian_and_the_child_or_the_adult_alone(
        self, guardian: bool | None, assent: bool | None, is_child: bool, complete: bool
    ) -> None:
        ground = replace(CONSENT, by_guardian=guardian, assented=assent)

        assert is_complete(ground, is_child=is_child) == complete

    def test_asks_nobody_for_a_duty(self) -> None:
        assert is_complete(replace(CONSENT, is_duty=True), is_child=True)


class TestWithdrawn:
    def test_closes_its_own_rows_and_tells_everyone_who_stood_on_it(self) -> None:
        rows = [Opened(ref("consent"), CLINIC), Opened(ref("another"), ref("lawyer"))]

        ended = withdrawn(CONSENT, rows, at=NOW)

        assert ended == Ended((ref("consent"),), frozenset({HOUSE, CLINIC}))

    def test_never_ends_a_service(self) -> None:
        assert withdrawn(CONSENT, [], at=NOW).ends_services is False

    def test_tells_only_those_with_rows_when_nobody_was_named(self) -> None:
        nobody = replace(CONSENT, recipient=None)

        assert withdrawn(nobody, [], at=NOW).tells == frozenset()

    def test_does_nothing_when_it_did_not_stand_any_more(self) -> None:
        gone = replace(CONSENT, withdrawn_at=GIVEN)

        assert withdrawn(gone, [], at=NOW) == Ended((), frozenset())


class TestLapsed:
    def test_names_what_ended_by_itself(self) -> None:
        ended = replace(CONSENT, ground=ref("ended"), until_on=date(2026, 3, 5))
        taken_back = replace(ended, ground=ref("taken back"), withdrawn_at=GIVEN)
        endless = replace(CONSENT, ground=ref("endless"), until_on=None)

        assert lapsed([CONSENT, ended, taken_back, endless], at=NOW) == (ref("ended"),)


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
