"""Puts invented rows of earlier years into the statistics copy, and publishes them at the desk."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from importlib.resources import files
from itertools import count
from random import Random
from typing import Any

import yaml
from django.db import connections

from opennrm.console.demonstration.colleagues import Colleagues
from opennrm.console.demonstration.organisations import JURISDICTION, ref
from opennrm.rapporteur import ledger, request_book
from opennrm.rapporteur.catalogue import Period
from opennrm.rapporteur.earlier_rows import put_earlier_rows
from opennrm.rapporteur.publishing import ask_for_release, publish
from opennrm.rapporteur.releases import OWN_COPY, Request
from opennrm.rapporteur.working import work_on_requests

COPY = "statistics"
TOLD = files("opennrm.console.demonstration") / "earlier_years.yaml"
SEED = 1904
PURPOSE = "Yearly report to Parliament"
# Figures of a year go out on the first of March of the next.
MONTH_OF_RELEASE = 3
Weights = Mapping[str, int]
Row = dict[str, Any]


def make_earlier_years(*, now: datetime) -> bool:
    """Put the rows into the copy, all or none; tell whether it was done now."""
    return put_earlier_rows(list(_rows(now.year)))


def publish_earlier_years(colleagues: Colleagues, years: int, *, now: datetime) -> None:
    """Take the last of these years through the desk, except those that have a release."""
    connection = connections[COPY]
    standing = ledger.standing_releases(connection, OWN_COPY)
    # An earlier run may have been stopped between asking and publishing.
    waiting = {one.period: one for one in request_book.open_requests(connection)}
    for year in range(now.year - years, now.year):
        period = Period(year, year)
        if any(one.period.overlaps(period) for one in standing):
            continue
        at = now.replace(year=year + 1, month=MONTH_OF_RELEASE, day=1)
        asked = waiting.get(period) or ask_for_release(
            wanted=Request(period, PURPOSE),
            actor=colleagues.session("rapporteur").actor,
            connection=connection,
            at=at,
        )
        work_on_requests(connection=connection, at=at)
        reader = colleagues.session("statistics").actor
        publish(request=asked.request, actor=reader, connection=connection, at=at)


def _years(this: int) -> range:
    return range(this - len(_told()["persons_a_year"]), this)


def _rows(this: int) -> Iterator[Row]:
    told, chance, number = _told(), Random(SEED), count()  # noqa: S311 - the same figures each time
    kinds = told["kinds"]
    shares = [kind["share"] for kind in kinds]
    for year, persons in zip(_years(this), told["persons_a_year"], strict=True):
        for kind in chance.choices(kinds, shares, k=persons):
            drawn = {
                name: _drawn(chance, weights)
                for name, weights in {**told["usual"], **kind}.items()
                if name != "share"
            }
            yield _row(drawn, year, chance, next(number))


def _row(drawn: dict[str, str], year: int, chance: Random, number: int) -> Row:
    forms = drawn["forms"].split()
    majority = drawn["age_group"].split("_")[0]
    return {
        "row_ref": ref(f"person of an earlier year {number}"),
        "before_record": True,
        "jurisdiction": JURISDICTION,
        "registered_year": year,
        "registered_quarter": chance.randint(1, 4),
        "majority": majority,
        **drawn,
        "forms": forms,
        "main_form": forms[0],
    }


def _drawn(chance: Random, weights: Weights) -> str:
    return chance.choices(tuple(weights), tuple(weights.values()))[0]


def _told() -> Any:
    return yaml.safe_load(TOLD.read_text(encoding="utf-8"))
