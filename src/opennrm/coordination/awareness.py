"""Reviews, runs and closes campaigns, publishes pieces for the press, and gathers clippings."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.utils.translation import gettext

from opennrm.coordination.desk import ChangeRefused, because
from opennrm.coordination.models import Campaign, Clipping, MediaItem, Publication
from opennrm.coordination.permissions import Area
from opennrm.rights.findings import Finding
from opennrm.rights.monitoring import CampaignSituation, MessageSituation
from opennrm.rights.publicity import MediaSituation
from opennrm.rights.registry import ask, stopped_by

MEDIA = "media_item"
WEEK = timedelta(days=7)
DISCOURAGES = {"": None, "safe_ways": False, "discourages": True}
SHOWS = {"": None, "nobody": False, "somebody": True}


def check_message(campaign: Campaign, *, on: date) -> list[Finding]:
    """List what a review of the message finds, or that nobody reviewed it (R74)."""
    finding = ask("R74", MessageSituation(DISCOURAGES[campaign.review]), on)
    return [] if finding.holds else [finding]


def start_campaign(campaign: Campaign, *, why: str) -> None:
    """Let a campaign run.

    :raises ChangeRefused: when it runs already or is closed.
    """
    if campaign.status != "planned":
        raise ChangeRefused(gettext("Only a planned campaign is started."))
    _stand(campaign, "running", why)


def close_campaign(campaign: Campaign, *, on: date, why: str) -> None:
    """Close a campaign that was evaluated, or says why it could not be (R73).

    :raises ChangeRefused: when it is closed, or nobody knows what it changed.
    """
    if campaign.status == "closed":
        raise ChangeRefused(gettext("This campaign is closed already."))
    finding = stopped_by("R73", _evaluation(campaign), on)
    if finding is not None:
        raise ChangeRefused(gettext(finding.says))
    _stand(campaign, "closed", why)


def _evaluation(campaign: Campaign) -> CampaignSituation:
    measured = campaign.change_before is not None and campaign.change_after is not None
    is_asked = bool(campaign.asked) and bool(campaign.method.strip())
    return CampaignSituation(
        has_reach=None if campaign.reach is None else campaign.reach > 0,
        has_change=is_asked if measured else None,
        names_forms=bool(campaign.forms),
        names_groups=bool(campaign.groups),
        is_justified=bool(campaign.not_evaluated_because.strip()),
    )


def _stand(campaign: Campaign, status: str, why: str) -> None:
    campaign.status = status
    with because(why):
        campaign.save(update_fields=["status"])


def publish_media(item: MediaItem, *, at: datetime, on: date, why: str) -> Publication:
    """Let everybody read a piece of the media kit; it shows nobody who was exploited (R76).

    :raises ChangeRefused: when it shows a person, or nobody has looked.
    """
    finding = stopped_by("R76", MediaSituation(SHOWS[item.shows]), on)
    if finding is not None:
        raise ChangeRefused(gettext(finding.says))
    content = {"kind": item.kind, "text": item.text, "source": item.source}
    with because(why):
        return Publication.objects.create(
            kind=MEDIA,
            about=item.pk,
            area=Area.CAMPAIGNS.value,
            title=item.title,
            language=item.language,
            at=at,
            content=content,
        )


def week_of_clippings(*, until: date) -> Sequence[Clipping]:
    """List what the press wrote in the week that ends on a day, by language and day."""
    week = Clipping.objects.filter(published_on__gt=until - WEEK, published_on__lte=until)
    return list(week.order_by("language", "-published_on", "title"))
