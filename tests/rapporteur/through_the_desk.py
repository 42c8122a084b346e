"""Takes a release through the whole desk: asked by the Rapporteur, read by her second."""

from datetime import datetime
from typing import Any

from opennrm.rapporteur import request_book
from opennrm.rapporteur.publishing import ask_for_release, publish
from opennrm.rapporteur.releases import Release, Request
from opennrm.rapporteur.requests import ReleaseRequest, Step
from opennrm.rapporteur.working import work_on_requests
from tests import cast


def worked_on(wanted: Request, *, connection: Any, at: datetime) -> ReleaseRequest:
    """Ask for a release, and let the machine do its part."""
    asked = ask_for_release(
        wanted=wanted, actor=cast.RAPPORTEUR.actor, connection=connection, at=at
    )
    work_on_requests(connection=connection, at=at)
    return request_book.request_of(connection, asked.request)


def published(wanted: Request, *, connection: Any, at: datetime) -> Release:
    """Ask for a release and let the second person publish it."""
    asked = worked_on(wanted, connection=connection, at=at)
    assert asked.has(Step.ATTACKED), asked.steps
    return publish(
        request=asked.request,
        actor=cast.SECOND_RAPPORTEUR.actor,
        connection=connection,
        at=at,
    )
