"""Keeps when the police were told of a worry in the field; what they get carries no identity."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext

from opennrm.coordination.desk import ChangeRefused, because
from opennrm.coordination.models import FieldReport


def tell_police(report: FieldReport, *, on: date, why: str) -> None:
    """Keep the day on which the police were told.

    :raises ChangeRefused: when they were told before.
    """
    if report.police_told_on is not None:
        raise ChangeRefused(gettext("The police were told of this already."))
    report.police_told_on = on
    with because(why):
        report.save(update_fields=["police_told_on"])


def for_the_police(report: FieldReport) -> dict[str, object]:
    """Return all that the police get of a report without her consent: coarse codes, no more."""
    return {
        "where": report.where,
        "majority": report.majority,
        "forms": list(report.forms),
        "signs": list(report.signs),
        "month": f"{report.told_on:%Y-%m}",
    }
