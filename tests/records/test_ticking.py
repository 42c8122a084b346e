"""What time brings by itself: a late second opinion is told of once, and never too early."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from opennrm.records import queries, ticking
from opennrm.records.reference import reference
from tests import cast
from tests.attacks import raw
from tests.database import NOW, as_administrator, as_role, signed_in
from tests.records.test_holds import CHIEF, held, said, waiting

LATE = NOW + timedelta(days=60)
SENT = (
    "SELECT organisation, role, from_organisation FROM nrm.notice "
    "WHERE about = %s AND kind = 'opinion_late' ORDER BY role NULLS LAST"
)
TOLD = [
    (cast.DATA_OFFICE.organisation, "DP", cast.AUTHORITY.organisation),
    (cast.CO_ORDINATION.organisation, "NCO", cast.AUTHORITY.organisation),
    (cast.AUTHORITY.organisation, None, cast.AUTHORITY.organisation),
]


def sent(hold: UUID) -> list[tuple[Any, ...]]:
    with as_administrator() as connection:
        return connection.execute(SENT, [hold]).fetchall()


def comes_back_at(hold: UUID) -> datetime:
    with as_administrator() as connection:
        row = connection.execute(
            "SELECT due_at FROM nrm.deadline WHERE fact_ref = %s AND kind = 'T20E'", [hold]
        ).fetchone()
    assert row is not None
    moment = row[0]
    assert isinstance(moment, datetime)
    return moment


class TestALateHold:
    def test_is_told_to_data_protection_co_ordination_and_who_proposed_it(self) -> None:
        hold = held(waiting())

        ticking.tick(at=LATE)

        assert sent(hold) == TOLD

    def test_is_told_of_once_however_often_somebody_looks(self) -> None:
        hold = held(waiting())

        first = ticking.tick(at=LATE)
        again = ticking.tick(at=LATE + timedelta(hours=1))

        assert first.late_holds >= 1
        assert first.notices >= 3
        assert again == ticking.Ticked(late_holds=0, notices=0)
        assert sent(hold) == TOLD

    def test_is_not_told_of_before_its_time(self) -> None:
        hold = held(waiting())
        due = comes_back_at(hold)

        ticking.tick(at=due - timedelta(seconds=1))
        before = sent(hold)
        ticking.tick(at=due)

        assert before == []
        assert sent(hold) == TOLD

    def test_is_not_told_of_once_it_was_answered(self) -> None:
        case_ref = waiting()
        hold = held(case_ref)
        said(case_ref, hold)

        ticking.tick(at=LATE)

        assert sent(hold) == []

    def test_is_named_to_who_holds_no_case_by_its_own_reference_only(self) -> None:
        case_ref = waiting()
        hold = held(case_ref)

        ticking.tick(at=LATE)

        for who in (cast.DATA_OFFICER, cast.CO_ORDINATOR):
            lines = queries.notices(signed_in(who))
            line = next(one for one in lines if one.about == reference(hold))
            assert (line.kind, line.case_ref, line.reference) == ("opinion_late", None, None)
        mine = next(
            one for one in queries.notices(signed_in(CHIEF)) if one.about == reference(hold)
            and one.kind == "opinion_late"
        )  # fmt: skip
        assert mine.case_ref == case_ref


class TestWhoMayLook:
    def test_is_the_recorder_alone(self) -> None:
        for role in ("opennrm_app", "opennrm_statistics"):
            with as_role(role) as connection:
                assert (
                    raw.refused(connection, "SELECT * FROM nrm.tell_of_late_holds(now())")
                    == "42501"
                )
