"""Checks what the Rapporteur is given (R68), and whether her report was given in time (R69)."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext

from opennrm.coordination.desk import ChangeRefused, because
from opennrm.coordination.models import DataFeed, Report
from opennrm.rights.findings import Finding
from opennrm.rights.monitoring import FeedsSituation, YearlyReportSituation
from opennrm.rights.months import months_after
from opennrm.rights.registry import ask
from opennrm.vocabulary.exploitation import ExploitationForm
from opennrm.vocabulary.roles import Role

FORMS = frozenset(ExploitationForm) - {ExploitationForm.OTHER, ExploitationForm.UNKNOWN}


def is_overdue(feed: DataFeed, *, on: date) -> bool:
    """Tell whether data that is owed was never delivered, or not for too long."""
    return feed.last_on is None or months_after(feed.last_on, feed.every_months) < on


def overdue(*, on: date) -> list[DataFeed]:
    """List the data that bodies owe and have not delivered in time."""
    feeds = DataFeed.objects.select_related("entry")
    return [one for one in feeds if is_overdue(one, on=on)]


def check_feeds(*, on: date) -> list[Finding]:
    """List what the Rapporteur lacks: late feeds, local data, forms nobody covers (R68)."""
    feeds = list(DataFeed.objects.all())
    covered = {form for feed in feeds for form in feed.forms}
    situation = FeedsSituation(
        feeds=len(feeds) or None,
        overdue=sum(is_overdue(feed, on=on) for feed in feeds),
        local=sum(feed.level == "local" for feed in feeds),
        forms_left_out=sum(form.value not in covered for form in FORMS),
    )
    finding = ask("R68", situation, on)
    return [] if finding.holds else [finding]


def check_report(report: Report, *, on: date) -> list[Finding]:
    """List what a Rapporteur's report owes to Parliament and to everybody (R69)."""
    if Role.NR.value not in report.organisation.roles:
        return []
    situation = YearlyReportSituation(
        ended_on=report.period_until,
        parliament_on=report.parliament_on,
        public_on=report.public_on,
        is_justified=bool(report.delayed_because.strip()),
    )
    finding = ask("R69", situation, on)
    return [] if finding.holds else [finding]


def give_to_parliament(report: Report, *, day: date, why: str) -> None:
    """Keep the day on which Parliament got an approved report.

    :raises ChangeRefused: when it is not approved.
    """
    _require_approved(report)
    report.parliament_on = day
    with because(why):
        report.save(update_fields=["parliament_on"])


def make_public(report: Report, *, day: date, why: str) -> None:
    """Keep the day since which everybody has an approved report.

    :raises ChangeRefused: when it is not approved.
    """
    _require_approved(report)
    report.public_on = day
    with because(why):
        report.save(update_fields=["public_on"])


def _require_approved(report: Report) -> None:
    if report.approved_at is None:
        raise ChangeRefused(gettext("The report is a draft. It is approved before it goes out."))
