"""Courses, trainers, sessions, who was there, certificates, and who is trained for her role."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from opennrm.coordination import training
from opennrm.coordination.models import Attendance, Certificate, Course, CourseSession, Trainer
from opennrm.coordination.permissions import Area, May, may
from opennrm.lifecycle.calendars import local_day
from opennrm.web import words
from opennrm.web.coordination.columns import NOTHING_YET, by_code, columns
from opennrm.web.coordination.listing import Listing
from opennrm.web.coordination.pages import within
from opennrm.web.coordination.sheets import Children, OwnSheet, Sheet, SheetForm
from opennrm.web.coordination.steps import Step, Taken
from opennrm.web.work import WorkRequest


def _holder(row: Any) -> UUID | None:
    found: UUID | None = row.held_by_id
    return found


def _may_certify(row: Any, request: WorkRequest) -> bool:
    decides = may(request.work.actor, Area.TRAINING, May.DECIDE)
    return decides and row.held_by_id == request.work.actor.organisation


class SessionForm(SheetForm):
    """Asks for a session; it belongs to the organisation of who opens it."""

    def prepare(self) -> None:
        """Name the organisation before the row is checked against who may write it."""
        if self.instance._state.adding:
            self.instance.held_by_id = self.request.work.actor.organisation


class AttendanceForm(SheetForm):
    """Asks who was there; only at sessions of one's own organisation."""

    def prepare(self) -> None:
        """Narrow the sessions to one's own, and name the organisation."""
        here = self.request.work.actor.organisation
        self.instance.held_by_id = self.instance.held_by_id or here
        field: Any = self.fields["session"]
        field.queryset = field.queryset.filter(held_by_id=here)


CERTIFICATES = Sheet(
    "certificates",
    Area.TRAINING,
    Certificate,
    _("Certificate"),
    Listing(
        "certificates",
        _("Certificates"),
        columns(Certificate, "name", "course", "tag", "issued_on", "valid_until", "withdrawn_on"),
        (
            by_code("tag", _("Training"), "training_tag"),
            by_code("profession", _("Profession"), "profession"),
        ),
        ("name", "course__title"),
        order="-issued_on",
        intro=_("Who holds what until when: your own, and those your organisation gave or has."),
        empty=NOTHING_YET,
    ),
    may_be_written=False,
    shown_fields=(
        "name",
        "course",
        "tag",
        "profession",
        "issued_on",
        "valid_until",
        "withdrawn_on",
    ),
    steps=(
        Step(
            "withdraw",
            _("Take this certificate back"),
            _("Training that rests on it alone has run out then: its holder begins no new case."),
            lambda row, request: row.withdrawn_on is None and _may_certify(row, request),
            lambda taken: training.withdraw_certificate(taken.row, why=taken.why),
            _("The certificate is taken back."),
        ),
    ),
)
ATTENDANCES = OwnSheet(
    "attendances",
    Area.TRAINING,
    Attendance,
    _("Participant"),
    Listing(
        "participants",
        _("Participants"),
        columns(Attendance, "name", "entry", "profession", "status", "before", "after", "useful"),
        (by_code("profession", _("Profession"), "profession"),),
        ("name", "entry__name"),
        order="name",
        empty=_("Nobody has a place yet."),
    ),
    form=AttendanceForm,
    owner=_holder,
    parent="session",
    is_listed=False,
    steps=(
        Step(
            "certify",
            _("Give a certificate"),
            _("The training it gives counts for her account from now on, until it runs out."),
            lambda row, request: _may_certify(row, request) and not hasattr(row, "certificate"),
            lambda taken: training.certify(taken.row, why=taken.why),
            _("The certificate is given."),
        ),
    ),
)


def _may_take_place(row: Any, request: WorkRequest) -> bool:
    here = Attendance.objects.filter(session=row, account_id=request.work.actor.account)
    return row.status == "planned" and not here.exists()


def _take_place(taken: Taken) -> None:
    training.take_place(taken.row, why=taken.why)


SESSIONS = OwnSheet(
    "course-sessions",
    Area.TRAINING,
    CourseSession,
    _("Session"),
    Listing(
        "sessions",
        _("Sessions"),
        columns(
            CourseSession, "course", "from_on", "until_on", "place", "held_by", "places", "status"
        ),
        (by_code("status", _("Status"), "course_status"),),
        ("course__title", "place", "held_by__name"),
        order="-from_on",
        intro=_(
            "Courses that are planned or were held. Anyone who works here can ask for a place."
        ),
        empty=NOTHING_YET,
    ),
    form=SessionForm,
    owner=_holder,
    parent="course",
    children=(Children(ATTENDANCES, "session"),),
    steps=(
        Step(
            "take-place",
            _("Take a place"),
            _("Your name and organisation go to who holds the course. Nobody else sees them."),
            _may_take_place,
            _take_place,
            _("You have a place."),
        ),
    ),
)
TRAINERS = Sheet(
    "trainers",
    Area.TRAINING,
    Trainer,
    _("Trainer"),
    Listing(
        "trainers",
        _("Trainers"),
        columns(Trainer, "name", "entry", "languages", "checked_on", "until_on"),
        searched=("name", "entry__name"),
        order="name",
        empty=NOTHING_YET,
    ),
)


def _evaluation(row: Any, request: WorkRequest) -> Mapping[str, Any]:
    return {"found": training.evaluated(row)}


COURSES = Sheet(
    "courses",
    Area.TRAINING,
    Course,
    _("Course"),
    Listing(
        "courses",
        _("Courses"),
        columns(Course, "title", "version", "tag", "hours", "valid_months", "is_induction"),
        (by_code("tag", _("Training"), "training_tag"),),
        ("title", "aims"),
        order="title",
        intro=_("What is taught, for whom it is a duty, and how long a certificate counts."),
        empty=NOTHING_YET,
    ),
    more=_evaluation,
    children=(Children(SESSIONS, "course"),),
    template="coordination/course.html",
    may_change=lambda row: not row.sessions.filter(status="held").exists(),
)
SHEETS = (COURSES, SESSIONS, ATTENDANCES, CERTIFICATES, TRAINERS)


@require_GET
@within(Area.TRAINING, May.WRITE)
def who_is_trained(request: WorkRequest) -> HttpResponse:
    """Show by role how many people have the training it needs, and certificates by profession."""
    today = local_day(request.work.actor.jurisdiction, request.at)
    shown = {
        "standing": [
            {
                "role": words.label(one.role.value, "role"),
                "tag": words.label(one.tag, "training_tag"),
                "counts": (one.people, one.trained, one.run_out, one.never),
            }
            for one in training.standing(on=today)
        ],
        "professions": [
            (
                words.label(one["profession"], "profession")
                if one["profession"]
                else gettext("Not said"),
                one["people"],
            )
            for one in training.trained_by_profession()
        ],
    }
    return render(request, "coordination/who_is_trained.html", shown)


def addresses() -> list[URLPattern]:
    """List the addresses of these pages."""
    return [path("coordination/who-is-trained/", who_is_trained, name="who_is_trained")]
