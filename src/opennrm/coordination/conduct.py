"""The sealed register of conduct: names readers, seals reports to them, closes them, counts."""

from __future__ import annotations

import base64
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext

from opennrm.coordination.desk import ChangeRefused, because
from opennrm.coordination.models import ConductReader, ConductReport, Publication
from opennrm.coordination.permissions import Area
from opennrm.coordination.reference_data import ref_of
from opennrm.records.named_seals import opened_by, sealed_to
from opennrm.records.sessions import Session
from opennrm.rights.monitoring import LEAST_CELL, ConductSituation
from opennrm.rights.registry import stopped_by

KIND = "conduct_figures"


@dataclass(frozen=True, slots=True)
class Figures:
    """How many reports came in a year, by kind and outcome where that points at nobody."""

    year: int
    total: int | None
    kinds: dict[str, int]
    outcomes: dict[str, int]


def name_reader(session: Session, account: UUID, *, on: date, why: str) -> None:
    """Name a reader; what was reported before is sealed to her too.

    :raises ChangeRefused: when who asks is no reader; only the first one names herself.
    """
    house = session.actor.organisation
    readers = set(ConductReader.objects.values_list("account_id", flat=True))
    if session.actor.account not in (readers or {account}):
        raise ChangeRefused(gettext("A reader names readers; only the first one names herself."))
    with because(why):
        ConductReader.objects.create(house_id=house, account_id=account, named_on=on)
        for report in ConductReport.objects.all():
            if str(session.actor.account) in report.sealed:
                text = opened(session, report)
                report.sealed |= {str(account): _sealed(report.pk, account, text)}
                report.save(update_fields=["sealed"])


def write_report(session: Session, report: ConductReport, text: str) -> ConductReport:
    """Keep what was told, sealed to every reader of the register and to nobody else.

    :raises ChangeRefused: when nobody is named who could open it.
    """
    readers = list(ConductReader.objects.values_list("account_id", flat=True))
    if session.actor.account not in readers:
        raise ChangeRefused(gettext("Name the readers of this register first."))
    report.sealed = {str(one): _sealed(report.pk, one, text) for one in readers}
    report.save()
    return report


def opened(session: Session, report: ConductReport) -> str:
    """Open what was told, with the reader's own key.

    :raises ChangeRefused: when it is not sealed to her, or her key is not open.
    """
    mine = report.sealed.get(str(session.actor.account), "")
    if not mine or session.keyring is None:
        raise ChangeRefused(gettext("This report is not sealed to you."))
    purpose = _purpose(report.pk, session.actor.account)
    return opened_by(session, base64.b64decode(mine), purpose=purpose).decode()


def _sealed(report: UUID, account: UUID, text: str) -> str:
    made = sealed_to(account, text.encode(), purpose=_purpose(report, account))
    return base64.b64encode(made).decode()


def _purpose(report: UUID, account: UUID) -> bytes:
    return f"opennrm conduct 1|{report}|{account}".encode()


def close_conduct_report(report: ConductReport, *, on: date, why: str) -> None:
    """Close a report that the head of the organisation was told of (R78).

    :raises ChangeRefused: when the head was not told, or nobody says what came of it.
    """
    if not report.outcome:
        raise ChangeRefused(gettext("Say what came of it before it is closed."))
    told = True if report.told_head_on else None
    finding = stopped_by("R78", ConductSituation(told), on)
    if finding is not None:
        raise ChangeRefused(gettext(finding.says))
    report.closed_on = on
    with because(why):
        report.save(update_fields=["closed_on"])


def conduct_figures(year: int, *, on: date) -> Figures:
    """Count the reports of a year; what could point at somebody is left out (R78)."""
    reports = list(ConductReport.objects.filter(received_on__year=year))
    kinds = Counter(one.kind for one in reports)
    outcomes = Counter(one.outcome for one in reports if one.outcome)
    total = len(reports) if not reports or _may_be_told([len(reports)], on) else None
    return Figures(
        year,
        total,
        dict(kinds) if _may_be_told(list(kinds.values()), on) else {},
        dict(outcomes) if _may_be_told(list(outcomes.values()), on) else {},
    )


def content_of(found: Figures) -> dict[str, Any]:
    """Return figures as they are published."""
    return {
        "year": found.year,
        "total": found.total,
        "kinds": found.kinds,
        "outcomes": found.outcomes,
        "fewest": LEAST_CELL,
    }


def _may_be_told(counts: list[int], on: date) -> bool:
    if not counts:
        return False
    situation = ConductSituation(is_told=True, smallest_cell=min(counts))
    return stopped_by("R78", situation, on) is None


def publish_figures(house: UUID, *, year: int, at: datetime, on: date, why: str) -> Publication:
    """Let everybody read the figures of a year that has ended, once.

    :raises ChangeRefused: when the year runs or was told before.
    """
    about = ref_of("conduct figures", f"{house} {year}")
    if year >= at.year:
        raise ChangeRefused(gettext("A year is told once it has ended."))
    if Publication.objects.filter(kind=KIND, about=about).exists():
        raise ChangeRefused(gettext("The figures of this year are out."))
    content = content_of(conduct_figures(year, on=on))
    with because(why):
        return Publication.objects.create(
            kind=KIND,
            about=about,
            area=Area.CONDUCT.value,
            title=gettext("Conduct of staff in %(year)s") % {"year": year},
            at=at,
            content=content,
        )
