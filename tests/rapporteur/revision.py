"""A whole correction: what changed by few is hidden in it. Run by bin/nightly, not by ./test."""

from dataclasses import replace
from datetime import UTC, datetime

from django.db import connections, transaction

from opennrm.rapporteur import ledger
from opennrm.rapporteur.catalogue import Period
from opennrm.rapporteur.releases import Request
from tests.rapporteur.invented import copied, persons
from tests.rapporteur.through_the_desk import published

AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
YEAR = 1969
ASKED = Request(Period(YEAR, YEAR), "The report of the year")


class TestARevision:
    """Thirty women and four men came in late: about a minute of linear programmes."""

    def test_shows_no_cell_anew_that_few_persons_changed(self) -> None:
        connection = connections["statistics"]
        with copied(persons(year=YEAR)), transaction.atomic(using="statistics"):
            first = published(ASKED, connection=connection, at=AT)
            wanted = replace(ASKED, revises=first.number, reason="Late reports of one shelter")
            with copied(persons(((30, {}), (4, {"sex": "male"})), year=YEAR)):
                second = published(wanted, connection=connection, at=AT)
            kept = ledger.release(connection, first.number)
            standing = ledger.standing_releases(connection, first.source)
            transaction.set_rollback(True, using="statistics")

        before, after = first.table("sex_by_age"), second.table("sex_by_age")
        assert before.value(sex="male") == 70
        assert after.value(sex="male") is None
        assert (second.revises, second.reason) == (first.number, wanted.reason)
        assert kept == first
        assert first.number not in {one.number for one in standing}
