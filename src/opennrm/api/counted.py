"""What the co-ordination counts, for programs: who is trained, how long money lasts, gaps."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any, cast
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema

from opennrm.api.acting import PROBLEMS
from opennrm.api.seated import seated
from opennrm.coordination.desk import at_coordination
from opennrm.coordination.directory import help_by_area
from opennrm.coordination.money import covers
from opennrm.coordination.organisations import gaps
from opennrm.coordination.permissions import Area, May, may
from opennrm.coordination.registers import EntryClosed
from opennrm.coordination.training import standing
from opennrm.lifecycle.calendars import local_day
from opennrm.records.queries.gaps import own_recovery_ends
from opennrm.records.sessions import Session
from opennrm.vocabulary.programs import ProgramStep

router = Router(tags=[ProgramStep.REGISTERS.value])
ANSWERS: Any = PROBLEMS


class Trained(Schema):
    """How many people hold a role, and how they stand to a training that it needs."""

    role: str
    training: str
    people: int
    trained: int
    run_out: int
    never: int


class Lasts(Schema):
    """How long the money of a service lasts: amounts in the smallest unit of their currency.

    `until` is the first day that is not paid for; `outlived_by` the day up to which rest is
    promised there although the money ends before.
    """

    service: UUID
    kind: str
    currency: str
    granted: int
    paid: int
    cost_a_day: int
    days_left: int
    until: date
    outlived_by: date | None


class Missing(Schema):
    """A service that nobody in the directory offers, or that takes nobody of a group."""

    service: str
    group: str


class InArea(Schema):
    """How many services an area has, and which are offered elsewhere only."""

    area: str
    services: int
    missing: list[str]


class Gaps(Schema):
    """What is missing in the directory: at all, and by area."""

    everywhere: list[Missing]
    by_area: list[InArea]


@router.get(
    "/who-is-trained", response={200: list[Trained], **ANSWERS}, operation_id="who_is_trained"
)
def who_is_trained(request: HttpRequest) -> list[Trained]:
    """Count by role who has the training it needs; nobody is named."""
    with _reading(request, Area.TRAINING, May.WRITE) as (_session, today):
        return [
            Trained(
                role=one.role.value,
                training=one.tag,
                people=one.people,
                trained=one.trained,
                run_out=one.run_out,
                never=one.never,
            )
            for one in standing(on=today)
        ]


@router.get("/days-of-cover", response={200: list[Lasts], **ANSWERS}, operation_id="days_of_cover")
def days_of_cover(request: HttpRequest) -> list[Lasts]:
    """Say how long the money of each service lasts, the shortest first."""
    with _reading(request, Area.DIRECTORY, May.READ) as (session, today):
        found = covers(
            on=today,
            jurisdiction=session.actor.jurisdiction,
            recovery_ends=own_recovery_ends(session),
        )
        return [Lasts.from_orm(one) for one in found]


@router.get("/gaps", response={200: Gaps, **ANSWERS}, operation_id="gaps_of_the_directory")
def gaps_of_the_directory(request: HttpRequest) -> Gaps:
    """List what is missing in the directory: services nobody offers, groups nobody takes."""
    with _reading(request, Area.DIRECTORY, May.READ):
        return Gaps(
            everywhere=[Missing(service=one.service, group=one.group) for one in gaps()],
            by_area=[
                InArea(area=one.area, services=one.services, missing=list(one.missing))
                for one in help_by_area()
            ],
        )


@contextmanager
def _reading(request: HttpRequest, area: Area, act: May) -> Iterator[tuple[Session, date]]:
    """Sit down in an area, on the day that it is where the reader works.

    :raises EntryClosed: when the person a program works for may not.
    """
    session = seated(request, ProgramStep.REGISTERS)
    if not may(session.actor, area, act):
        raise EntryClosed
    today = local_day(session.actor.jurisdiction, cast(Any, request).at)
    with at_coordination(session):
        yield session, today
