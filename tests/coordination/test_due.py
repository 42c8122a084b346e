"""What waits past its day is told to whoever is to do it, and to who sees to all of it."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from opennrm.coordination.desk import at_coordination
from opennrm.coordination.due import waiting_for
from opennrm.coordination.models import Answer, Recommendation, RegisterEntry, StandardsCheck
from tests import cast
from tests.database import NOW, signed_in
from tests.web.browsing import browser

TODAY, NCO, HOUSE = NOW.date(), cast.CO_ORDINATOR, cast.CASE_MANAGER
PAST = TODAY - timedelta(days=3)


def seen_by(who: cast.Member, row: Any) -> bool:
    """Tell whether a row waits for somebody."""
    with at_coordination(signed_in(who)):
        return row.pk in {one.row.pk for one in waiting_for(who.actor, on=TODAY)}


@pytest.fixture
def entry() -> RegisterEntry:
    """The house of the case manager in the register."""
    with at_coordination(signed_in(NCO)):
        made, _new = RegisterEntry.objects.get_or_create(
            member_id=HOUSE.actor.organisation,
            defaults={"name": HOUSE.organisation.name, "kind": "ngo", "jurisdiction": "MK"},
        )
    return made


class TestWhatWaits:
    def test_is_a_recommendation_nobody_answered(self, entry: RegisterEntry) -> None:
        with at_coordination(signed_in(NCO)):
            row = Recommendation.objects.create(
                number=uuid4().hex[:12],
                body="national_rapporteur",
                document="A report",
                text=f"Count places {uuid4().hex}",
                addressee="The house",
                entry=entry,
                answer_due_on=PAST,
            )
        before = [seen_by(who, row) for who in (HOUSE, NCO, cast.POLICE_OFFICER)]
        page = browser(HOUSE).get("/coordination/").content.decode()
        with at_coordination(signed_in(HOUSE)):
            Answer.objects.create(
                recommendation=row, entry=entry, answered_on=TODAY, status="accepted", text="Yes"
            )

        assert before == [True, True, False]
        assert f"/coordination/recommendations/{row.pk}/" in page
        assert not seen_by(HOUSE, row) and not seen_by(NCO, row)

    def test_is_a_check_that_no_later_one_follows(self, entry: RegisterEntry) -> None:
        known = {"entry": entry, "standard": uuid4().hex, "checked_by": "NCO", "result": "met"}
        with at_coordination(signed_in(NCO)):
            row = StandardsCheck.objects.create(
                **known, checked_on=PAST - timedelta(days=300), next_on=PAST
            )
        first = seen_by(HOUSE, row)
        with at_coordination(signed_in(NCO)):
            StandardsCheck.objects.create(**known, checked_on=TODAY)

        assert (first, seen_by(HOUSE, row)) == (True, False)

    def test_is_nothing_before_its_day(self, entry: RegisterEntry) -> None:
        with at_coordination(signed_in(NCO)):
            row = StandardsCheck.objects.create(
                entry=entry,
                standard=uuid4().hex,
                checked_by="NCO",
                result="met",
                checked_on=PAST,
                next_on=TODAY + timedelta(days=1),
            )

        assert not seen_by(HOUSE, row)
