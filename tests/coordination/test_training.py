"""Training opens rights: only who came and passed has it, only a trainer gives it, and it ends."""

from datetime import date, timedelta
from typing import Any

import psycopg
import pytest
from django.db import ProgrammingError
from django.test import Client

from opennrm.accounts.models import TrainingTag
from opennrm.coordination.desk import ChangeRefused, at_coordination
from opennrm.coordination.models import Attendance, Certificate, Change, Course, CourseSession
from opennrm.coordination.training import (
    certify,
    evaluated,
    standing,
    take_place,
    withdraw_certificate,
)
from tests import cast
from tests.database import NOW, as_administrator, signed_in
from tests.web.browsing import browser, fields_of

TODAY = NOW.date()
TAG = "interviewing"
TRAINER, OTHER = cast.TRAINER, cast.SECOND_TRAINER


def course(title: str, **more: Any) -> Course:
    """Write a course of one training."""
    given = {"tag": TAG, "hours": 6, "aims": "Listen.", "valid_months": 24} | more
    return Course.objects.create(title=title, **given)


def planned(of: Course, **more: Any) -> CourseSession:
    """Plan a session of the trainer's organisation."""
    given = {"from_on": TODAY, "until_on": TODAY, "places": 2} | more
    return CourseSession.objects.create(course=of, held_by_id=TRAINER.actor.organisation, **given)


def place_of(session: CourseSession, member: cast.Member) -> Attendance:
    """Let somebody take a place herself, and return it as the trainer sees it."""
    with at_coordination(signed_in(member)):
        take_place(session, why="I work with people")
    with at_coordination(signed_in(TRAINER)):
        places = Attendance.objects.select_related("session")
        return places.get(session=session, account_id=member.account)


def held(session: CourseSession, place: Attendance, **came: Any) -> None:
    """Close a session in which somebody was there throughout."""
    with at_coordination(signed_in(TRAINER)):
        for name, value in ({"status": "attended"} | came).items():
            setattr(place, name, value)
        place.save()
        session.status = "held"
        session.save()


def days_of(member: cast.Member) -> list[date]:
    """Return until when somebody is trained."""
    with as_administrator() as connection:
        found = connection.execute(
            "SELECT valid_until FROM accounts_trainingtag WHERE account_id = %s AND tag = %s",
            [member.account, TAG],
        ).fetchall()
    return [day for (day,) in found]


@pytest.fixture
def trained() -> Any:
    """A certificate that the detective has just got."""
    with at_coordination(signed_in(TRAINER)):
        session = planned(course(f"Interviewing {Course.objects.count()}"))
    place = place_of(session, cast.DETECTIVE)
    held(session, place)
    with at_coordination(signed_in(TRAINER)):
        certify(place, why="She was there")
        found = Certificate.objects.get(attendance=place)
    yield found
    with as_administrator() as connection:
        connection.execute("DELETE FROM accounts_trainingtag WHERE tag = %s", [TAG])
        connection.execute("UPDATE coordination_certificate SET withdrawn_on = now()")


class TestACertificate:
    def test_makes_the_training_of_the_account_until_it_runs_out(self, trained: Any) -> None:
        assert trained.valid_until == date(TODAY.year + 2, TODAY.month, TODAY.day)
        assert days_of(cast.DETECTIVE) == [trained.valid_until]

    def test_taken_back_lets_the_training_run_out_at_once(self, trained: Any) -> None:
        with at_coordination(signed_in(TRAINER)):
            withdraw_certificate(trained, why="Given to the wrong person")
            again = pytest.raises(ChangeRefused, match="takes it back, once")
            with again:
                withdraw_certificate(trained, why="Again")

        assert days_of(cast.DETECTIVE) == [TODAY - timedelta(days=1)]

    def test_taken_back_leaves_what_another_carries(self, trained: Any) -> None:
        with at_coordination(signed_in(TRAINER)):
            shorter = planned(course(f"Short {trained.pk}", valid_months=6))
        place = place_of(shorter, cast.DETECTIVE)
        held(shorter, place)
        with at_coordination(signed_in(TRAINER)):
            certify(place, why="She was there again")
            other = Certificate.objects.get(attendance=place)
            withdraw_certificate(trained, why="The wrong course")

        assert days_of(cast.DETECTIVE) == [other.valid_until]

    def test_stands_in_the_history_of_who_held_the_course_alone(self, trained: Any) -> None:
        for member, sees in ((OTHER, True), (cast.RAPPORTEUR, False)):
            with at_coordination(signed_in(member)):
                assert Change.objects.filter(row=trained.pk).exists() == sees

    def test_is_written_by_no_page(self, trained: Any) -> None:
        with at_coordination(signed_in(TRAINER)):
            assert Certificate.objects.filter(pk=trained.pk).update(valid_until=date.max) == 0
            copy = Certificate(
                attendance_id=trained.attendance_id,
                held_by_id=trained.held_by_id,
                course_id=trained.course_id,
                name="Forged",
                issued_on=TODAY,
                valid_until=date.max,
            )
            with pytest.raises(ProgrammingError, match="row-level security"):
                copy.save(force_insert=True)

    @pytest.mark.parametrize(
        ("member", "sees"),
        [(cast.DETECTIVE, True), (cast.RAPPORTEUR, False), (cast.CO_ORDINATOR, False)],
    )
    def test_is_seen_by_whom_it_concerns(
        self, trained: Any, member: cast.Member, sees: bool
    ) -> None:
        with at_coordination(signed_in(member)):
            assert Certificate.objects.filter(pk=trained.pk).exists() == sees


class TestGivingOne:
    @pytest.fixture
    def place(self) -> Attendance:
        with at_coordination(signed_in(TRAINER)):
            session = planned(course(f"Points {Course.objects.count()}", pass_mark=60))
        return place_of(session, cast.BORDER_OFFICER)

    def refused(self, place: Attendance, member: cast.Member, says: str) -> None:
        with at_coordination(signed_in(member)), pytest.raises(ChangeRefused, match=says):
            certify(place, why="She asked for it")
        assert days_of(cast.BORDER_OFFICER) == []

    def test_waits_until_the_course_was_held(self, place: Attendance) -> None:
        self.refused(place, TRAINER, "there throughout")

    def test_asks_for_the_points(self, place: Attendance) -> None:
        held(place.session, place, before=70, after=59)

        self.refused(place, TRAINER, "too few")

    def test_is_for_who_was_there_throughout(self, place: Attendance) -> None:
        held(place.session, place, after=90, status="part")

        self.refused(place, TRAINER, "there throughout")

    @pytest.mark.parametrize("member", [cast.CO_ORDINATOR, cast.BORDER_OFFICER])
    def test_is_for_trainers_only(self, place: Attendance, member: cast.Member) -> None:
        held(place.session, place, after=90)

        self.refused(place, member, "Only a trainer")

    def test_is_not_for_oneself(self) -> None:
        with at_coordination(signed_in(TRAINER)):
            session = planned(course("For trainers"))
            mine = session
            take_place(mine, why="I want it too")
            place = Attendance.objects.get(session=session)
        held(session, place)

        with at_coordination(signed_in(TRAINER)), pytest.raises(ChangeRefused, match="herself"):
            certify(place, why="To myself")
        with at_coordination(signed_in(OTHER)):
            certify(place, why="She was there")

    def test_happens_once(self, trained: Any) -> None:
        with at_coordination(signed_in(TRAINER)), pytest.raises(ChangeRefused, match="already"):
            certify(trained.attendance, why="Twice")

    def test_is_the_only_way_to_training(self) -> None:
        with at_coordination(signed_in(TRAINER)):
            forged = pytest.raises((ProgrammingError, psycopg.Error), match="permission denied")
            with forged:
                TrainingTag.objects.create(
                    account_id=TRAINER.account, tag=TAG, valid_until=date.max
                )


class TestASession:
    def test_gives_no_place_twice_nor_more_than_there_are(self) -> None:
        with at_coordination(signed_in(TRAINER)):
            session = planned(course("Full soon"), places=1)
        place_of(session, cast.LAWYER)

        for member, says in ((cast.LAWYER, "already"), (cast.PROSECUTOR, "taken")):
            with (
                at_coordination(signed_in(member)),
                pytest.raises(ChangeRefused, match=says),
            ):
                take_place(session, why="Please")

    def test_has_no_places_once_it_is_held_and_none_for_enforcement(self) -> None:
        with at_coordination(signed_in(TRAINER)):
            gone = planned(course("Gone by"), status="held")
            open_one = planned(course("Still open"))

        for session, member in ((gone, cast.LAWYER), (open_one, cast.IMMIGRATION_OFFICER)):
            refused = pytest.raises(ChangeRefused, match="planned")
            with at_coordination(signed_in(member)), refused:
                take_place(session, why="Please")

    def test_shows_who_comes_only_to_whom_it_concerns(self) -> None:
        with at_coordination(signed_in(TRAINER)):
            session = planned(course("Who comes"))
        place = place_of(session, cast.LAWYER)

        seen = {}
        for member in (cast.LAWYER, TRAINER, cast.CO_ORDINATOR, cast.DETECTIVE):
            with at_coordination(signed_in(member)):
                seen[member] = Attendance.objects.filter(pk=place.pk).exists()

        assert seen == {
            cast.LAWYER: True,
            TRAINER: True,
            cast.CO_ORDINATOR: False,
            cast.DETECTIVE: False,
        }

    def test_compares_before_and_after_over_those_who_have_both(self) -> None:
        with at_coordination(signed_in(TRAINER)):
            made = course("Before and after")
            session = planned(made, places=9, status="held")
            for name, before, after in (("A", 40, 80), ("B", 60, 90), ("C", None, 10)):
                Attendance.objects.create(
                    session=session,
                    held_by_id=session.held_by_id,
                    name=name,
                    status="attended",
                    before=before,
                    after=after,
                )
            found = evaluated(made)

        assert (found["people"], found["base"]) == (3, 2)
        assert (found["points_before"], found["points_after"]) == (50, 85)

    def test_of_others_takes_no_participant(self) -> None:
        with at_coordination(signed_in(TRAINER)):
            session = planned(course("Not yours"))

        refused = pytest.raises(ProgrammingError, match="row-level security")
        with at_coordination(signed_in(cast.CO_ORDINATOR)), refused:
            Attendance.objects.create(
                session=session, held_by_id=cast.CO_ORDINATOR.actor.organisation, name="Slipped in"
            )

    def test_keeps_the_version_of_a_course_that_was_held(self) -> None:
        with at_coordination(signed_in(TRAINER)):
            made = course("As it was taught")
            planned(made, status="held")

            assert Course.objects.filter(pk=made.pk).update(valid_months=99) == 0


class TestThePages:
    def test_count_by_role_and_name_nobody(self, trained: Any) -> None:
        page = browser(cast.CO_ORDINATOR).get("/coordination/who-is-trained/").content.decode()

        assert "Interviewing" in page and trained.name not in page
        with at_coordination(signed_in(cast.CO_ORDINATOR)):
            found = [one for one in standing(on=TODAY) if one.tag == TAG]
        assert sum(one.trained for one in found) == 1

    def test_on_who_is_trained_are_for_those_who_plan_training(self) -> None:
        assert browser(cast.CASE_MANAGER).get("/coordination/who-is-trained/").status_code == 404

    def test_show_what_came_of_a_course(self, trained: Any) -> None:
        page = browser(TRAINER).get(f"/coordination/courses/{trained.course_id}/")

        assert "1 person was there throughout" in page.content.decode()

    def test_let_somebody_take_a_place_once(self) -> None:
        with at_coordination(signed_in(TRAINER)):
            session = planned(course("From a page"))
        client: Client = browser(cast.HEALTH_WORKER)
        place = f"/coordination/course-sessions/{session.pk}/take-place/"

        answer = client.post(place, fields_of(client.get(place)) | {"why": "I meet people"})

        assert answer.status_code == 302
        assert client.get(place).status_code == 404
