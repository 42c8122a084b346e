"""Publishes copies for everybody: a plan as it stands, the directory without safe places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import get_language, gettext, override

from opennrm.coordination.desk import ChangeRefused, because
from opennrm.coordination.models import Newsletter, Plan, Publication
from opennrm.coordination.organisations import public_directory
from opennrm.coordination.permissions import Area
from opennrm.coordination.plan_picture import picture_of
from opennrm.coordination.reference_data import ref_of

PLAN, DIRECTORY, NEWSLETTER = "plan", "directory", "newsletter"


def publish_plan(plan: Plan, *, at: datetime, on: date, why: str) -> Publication:
    """Publish a plan as it stands on a day.

    :raises ChangeRefused: when it is not adopted.
    """
    if plan.status not in ("adopted", "ended"):
        raise ChangeRefused(gettext("Only an adopted plan is published."))
    content = picture_of(plan, on=on).as_content()
    return _publish(PLAN, plan.pk, Area.PLAN, plan.title, content, at=at, why=why)


def publish_directory(*, at: datetime, why: str) -> Publication:
    """Publish the providers with the services they want shown; no address of a safe place."""
    content = {"providers": public_directory()}
    title = gettext("Who helps where")
    about = ref_of("directory", "all")
    return _publish(DIRECTORY, about, Area.DIRECTORY, title, content, at=at, why=why)


def publish_newsletter(made: Newsletter, *, at: datetime, why: str) -> Publication:
    """Publish a newsletter as it stands.

    :raises ChangeRefused: when it was put together for those who work in the mechanism.
    """
    if not made.for_everybody:
        raise ChangeRefused(gettext("Only a newsletter for everybody is published."))
    content = {"text": made.text, "body": made.organisation.name}
    with override(made.language):
        return _publish(NEWSLETTER, made.pk, Area.LIBRARY, made.title, content, at=at, why=why)


def take_back(kind: str, about: UUID, *, why: str) -> None:
    """Take everything back that was published about one thing."""
    with because(why):
        Publication.objects.filter(kind=kind, about=about).delete()


def published(kind: str) -> Sequence[Publication]:
    """List the newest publication about each thing of a kind, the newest first."""
    newest = Publication.objects.filter(kind=kind).order_by("about", "-at").distinct("about")
    return sorted(newest, key=lambda one: one.at, reverse=True)


def publication(kind: str, about: UUID) -> Publication | None:
    """Find what was published last about one thing."""
    return Publication.objects.filter(kind=kind, about=about).order_by("-at").first()


def _publish(
    kind: str,
    about: UUID,
    area: Area,
    title: str,
    content: Mapping[str, object],
    *,
    at: datetime,
    why: str,
) -> Publication:
    with because(why):
        return Publication.objects.create(
            kind=kind,
            about=about,
            area=area.value,
            title=title,
            language=get_language() or "en",
            at=at,
            content=dict(content),
        )
