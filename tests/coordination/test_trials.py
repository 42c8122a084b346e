"""Observed trials: the observers alone read them, filed stays filed, no report points at one."""

from datetime import date
from uuid import UUID, uuid4

import pytest
from django.db import ProgrammingError
from hypothesis import given
from hypothesis import strategies as st

from opennrm.coordination import trials
from opennrm.coordination.desk import ChangeRefused, at_coordination
from opennrm.coordination.models import Change, Hearing, HearingFinding, Publication, Trial
from opennrm.coordination.trials import FEWEST, Seen
from opennrm.vocabulary.trials import TrialRight
from tests import cast
from tests.database import NOW, signed_in
from tests.web.browsing import browser

OBSERVER = cast.TRIAL_OBSERVER
HOUSE = OBSERVER.actor.organisation
EVERY = {right.value: ("kept", "") for right in TrialRight}
YEAR = 2021


def observed(court: str, *, on: date = date(2026, 3, 2), access: str = "public") -> Hearing:
    """Observe a hearing of a court."""
    trial = Trial.objects.create(house_id=HOUSE, court=court, charge="trafficking")
    return Hearing.objects.create(
        house_id=HOUSE,
        trial=trial,
        held_on=on,
        kind="trial",
        access=access,
        outcome="held",
        observers="Two of us",
    )


def filed(court: str, answers: dict[str, tuple[str, str]] | None = None, **more: date) -> Hearing:
    """Observe a hearing and file it."""
    hearing = observed(court, **more)
    trials.fill_in(hearing, EVERY | (answers or {}), house=HOUSE, why="Seen")
    trials.file_hearing(hearing, on=hearing.held_on, why="Seen")
    return hearing


class TestAHearing:
    def test_is_filed_once_the_whole_list_is_answered(self) -> None:
        with at_coordination(signed_in(OBSERVER)):
            hearing = observed("Court of one")
            trials.fill_in(hearing, {"v_informed": ("kept", "")}, house=HOUSE, why="Seen")
            with pytest.raises(ChangeRefused, match="19 rights have no answer"):
                trials.file_hearing(hearing, on=date(2026, 3, 3), why="Too soon")
            trials.fill_in(hearing, EVERY, house=HOUSE, why="Seen")
            trials.file_hearing(hearing, on=date(2026, 3, 3), why="All seen")

            with pytest.raises(ChangeRefused, match="is filed"):
                trials.fill_in(hearing, {"v_informed": ("not_kept", "")}, house=HOUSE, why="No")

    def test_of_which_the_observer_was_turned_away_needs_no_list(self) -> None:
        with at_coordination(signed_in(OBSERVER)):
            hearing = observed("A closed court", access="turned_away")
            trials.file_hearing(hearing, on=date(2026, 3, 3), why="Turned away")

            assert hearing.filed_on is not None

    def test_keeps_in_the_database_what_was_filed(self) -> None:
        with at_coordination(signed_in(OBSERVER)):
            hearing = filed("Kept court")
            changed = HearingFinding.objects.filter(hearing=hearing).update(stands="not_kept")

            assert changed == 0

    def test_is_read_by_the_observers_alone(self) -> None:
        with at_coordination(signed_in(OBSERVER)):
            hearing = filed("Nobody else's court")

        for member in (cast.CO_ORDINATOR, cast.RAPPORTEUR, cast.PROSECUTOR, cast.OSCE_OFFICER):
            with at_coordination(signed_in(member)):
                assert not Trial.objects.exists() and not Hearing.objects.exists()
                assert not HearingFinding.objects.exists()
                assert not Change.objects.filter(row=hearing.pk).exists()

    def test_is_written_by_nobody_else(self) -> None:
        refused = pytest.raises(ProgrammingError, match="row-level security")
        with at_coordination(signed_in(cast.CO_ORDINATOR)), refused:
            observed("Not hers")

    def test_has_no_place_for_a_case_or_a_person(self) -> None:
        fields = {
            one.name for model in (Trial, Hearing, HearingFinding) for one in model._meta.fields
        }

        assert not {name for name in fields if "case" in name or "person" in name}
        assert not fields & {"name", "names", "witness", "victim", "accused_name"}


class TestFindings:
    def test_leave_out_what_was_not_seen(self) -> None:
        seen = [Seen("A", uuid4(), "v_lawyer", "kept"), Seen("A", uuid4(), "v_lawyer", "not_kept")]

        (row,) = trials.rows(seen)

        assert (row.base, row.kept, row.in_part, row.not_kept) == (2, 1, 0, 1)

    def test_stand_by_court_on_a_page_of_the_observers(self) -> None:
        with at_coordination(signed_in(OBSERVER)):
            filed("A court on a page", {"v_lawyer": ("not_kept", "None was there")})

        page = browser(OBSERVER).get("/coordination/trial-findings/").content.decode()

        assert "A court on a page" in page and "The person: had a lawyer" in page
        closed = browser(cast.CO_ORDINATOR).get("/coordination/trial-findings/").content.decode()
        assert "A court on a page" not in closed


def many(courts: dict[str, int]) -> list[Seen]:
    """Return one right seen in some hearings of each court."""
    return [
        Seen(court, uuid4(), "v_lawyer", "kept")
        for court, number in courts.items()
        for _ in range(number)
    ]


class TestTheReport:
    @given(st.dictionaries(st.sampled_from("ABCDEFG"), st.integers(1, 12), min_size=1))
    def test_never_tells_of_a_court_with_few_hearings(self, courts: dict[str, int]) -> None:
        told = trials.courts_told(many(courts))

        sizes: dict[str, int] = {}
        for court, name in told.items():
            sizes[name] = sizes.get(name, 0) + courts[court]
        assert sum(courts.values()) < FEWEST or min(sizes.values()) >= FEWEST
        assert all(name in ("", court) for court, name in told.items())

    def test_is_not_made_of_few_hearings(self) -> None:
        with pytest.raises(ChangeRefused, match="fewer than 5"):
            trials.report_of(many({"A": 4}))

    def test_tells_small_courts_together(self) -> None:
        content = trials.report_of(many({"Large": 9, "Small": 2, "Smaller": 1, "Middle": 5}))

        told = {one["court"]: one["hearings"] for one in content["courts"]}
        assert told == {"Large": 9, "": 8}

    def test_leaves_out_a_right_seen_in_few_hearings(self) -> None:
        rare = Seen("Large", uuid4(), "v_child", "not_kept")

        content = trials.report_of([*many({"Large": 9}), rare])

        assert [one["right"] for one in content["rights"]] == ["v_lawyer"]

    def test_is_published_once_for_a_year_that_ended_and_read_by_everybody(self) -> None:
        with at_coordination(signed_in(OBSERVER)):
            for day in range(1, 7):
                filed("High court", on=date(YEAR, 3, day))
            with pytest.raises(ChangeRefused, match="once it has ended"):
                _publish(NOW.year)
        client = browser(OBSERVER)
        done = client.post("/coordination/trial-findings/", {"year": str(YEAR)})
        again = client.post("/coordination/trial-findings/", {"year": str(YEAR)})

        page = client.get("/public/trials/").content.decode()

        assert done.status_code == 302 and again.status_code == 422
        assert "is out" in again.content.decode()
        assert f"Trials observed in {YEAR}" in page and "6 hearings were observed" in page
        assert "High court" in page
        with at_coordination(signed_in(OBSERVER)):
            Publication.objects.filter(kind=trials.KIND).delete()

    def test_is_published_by_observers_only(self) -> None:
        answer = browser(cast.CO_ORDINATOR).post("/coordination/trial-findings/", {"year": "2021"})

        assert answer.status_code == 200 and "public" not in answer.headers.get("Location", "")
        refused = pytest.raises(ProgrammingError, match="row-level security")
        with at_coordination(signed_in(cast.CO_ORDINATOR)), refused:
            Publication.objects.create(
                kind=trials.KIND, about=uuid4(), area="trials", title="x", at=NOW, content={}
            )


def _publish(year: int, house: UUID = HOUSE) -> None:
    trials.publish_report(house, year=year, title="x", at=NOW, why="A test")
