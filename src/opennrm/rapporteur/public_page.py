"""What the public pages show: releases of the own copy, from the ledger and from nowhere else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from opennrm.rapporteur import ledger
from opennrm.rapporteur.catalogue import CATALOGUE, READABLE, Declared, declared, shapes_for
from opennrm.rapporteur.presets import preset_of
from opennrm.rapporteur.releases import OWN_COPY, Release, rule_as_kept
from opennrm.rapporteur.showing import ShownTable, breakdown_notes, shown, years
from opennrm.rapporteur.sources import dimensions_of


class NotPublished(LookupError):
    """A release or a table that is not open to the public."""


@dataclass(frozen=True)
class PublicTable:
    """One table of a release in the list."""

    name: str
    title: str


@dataclass(frozen=True)
class PublicRelease:
    """One release in the list: its years, how many persons, and its tables."""

    number: int
    title: str
    persons: int | None
    published_at: datetime
    purpose: str
    corrected_by: int | None
    revises: int | None
    reason: str
    tables: tuple[PublicTable, ...]


@dataclass(frozen=True)
class PublicTablePage:
    """One table with the release it is of."""

    release: PublicRelease
    table: ShownTable


def public_releases(connection: Any) -> tuple[PublicRelease, ...]:
    """Every release of the own copy, those that stand first, then those that were corrected."""
    releases = ledger.releases_of(connection, OWN_COPY)
    found = [_public(one, releases) for one in releases]
    return tuple(sorted(found, key=lambda one: one.corrected_by is not None))


def public_table(connection: Any, number: int, table: str) -> PublicTablePage:
    """One table of a release with everything that is said about it.

    :raises NotPublished: when there is none.
    """
    for one in public_tables(connection, number, (table,)):
        return one
    raise NotPublished(table)


def public_tables(
    connection: Any, number: int, names: Sequence[str]
) -> tuple[PublicTablePage, ...]:
    """Those of some tables that a release holds, with everything that is said about them.

    :raises NotPublished: when there is no such release.
    """
    releases = ledger.releases_of(connection, OWN_COPY)
    release = next((one for one in releases if one.number == number), None)
    if release is None:
        raise NotPublished(str(number))
    listed, period = _public(release, releases), release.period
    shapes = shapes_for(dimensions_of(connection, OWN_COPY), period)
    found = [release.table(name) for name in names if name in release.tables]
    return tuple(
        PublicTablePage(
            listed,
            shown(
                one,
                release.source,
                period,
                notes=breakdown_notes(one.shape, shapes),
                release=release,
            ),
        )
        for one in found
    )


def open_data(connection: Any, number: int) -> dict[str, Any]:
    """A whole release as open data: every table, and all that must be said with it.

    :raises NotPublished: when there is none.
    """
    release = open_release(connection, number)
    listed = _public(release, ledger.releases_of(connection, OWN_COPY))
    first = next(iter(release.tables.values()))
    chosen = preset_of(release.rule)
    return {
        "release": release.number,
        "catalogue": release.catalogue_version,
        "population": _(release.source.name),
        "counting_unit": _("Persons, by year of registration."),
        "period": {"from_year": release.period.from_year, "until_year": release.period.until_year},
        "purpose": release.purpose,
        "published_at": release.published_at.isoformat(),
        "drawn_at": release.drawn_at.isoformat() if release.drawn_at else None,
        "revises": release.revises,
        "reason": release.reason,
        "corrected_by": listed.corrected_by,
        "reading": release.reading,
        "method": _(first.method),
        "preset": chosen.key if chosen else None,
        "parameters": {**rule_as_kept(release.rule), "seed": first.parameters.seed},
        "audit": dict(release.audit),
        "software": f"OpenNRM {release.software_version}",
        "checksum": release.checksum,
        "hidden": _("A figure of null is hidden: zero, small, or large; never read it as zero."),
        "tables": [_table_as_data(release, one) for one in _tables(release)],
    }


def _table_as_data(release: Release, one: Declared) -> dict[str, Any]:
    table = release.table(one.name)
    return {
        "name": one.name,
        "title": _(one.title),
        "caveats": [_(words) for words in table.caveats],
        "base": {"all": table.base.all, "known": dict(table.base.known)},
        "dimensions": [
            {
                "name": dimension.name,
                "label": _(dimension.label),
                "levels": [
                    {
                        "code": level.code,
                        "label": _(level.label),
                        "within": level.within,
                        "missing": level.missing.value if level.missing else None,
                    }
                    for level in dimension.levels
                ],
            }
            for dimension in table.shape.dimensions
        ],
        "cells": [{**dict(cell), "persons": value} for cell, value in table.cells.items()],
    }


def open_release(connection: Any, number: int) -> Release:
    """A release of the own copy; what is held of other publishers' data is not ours to open.

    :raises NotPublished: when there is none.
    """
    try:
        release = ledger.release(connection, number)
    except ledger.NoSuchRelease as unknown:
        raise NotPublished(str(unknown)) from unknown
    if not release.source.is_own or release.catalogue_version not in READABLE:
        raise NotPublished(str(number))
    return release


def _public(one: Release, releases: Sequence[Release]) -> PublicRelease:
    corrected = next((other.number for other in releases if other.revises == one.number), None)
    return PublicRelease(
        number=one.number,
        title=_("%(source)s, %(years)s")
        % {"source": _(one.source.name), "years": years(one.period)},
        persons=next(iter(one.tables.values())).base.all,
        published_at=one.published_at,
        purpose=one.purpose,
        corrected_by=corrected,
        revises=one.revises,
        reason=one.reason,
        tables=tuple(PublicTable(t.name, _(t.title)) for t in _tables(one)),
    )


def _tables(release: Release) -> tuple[Declared, ...]:
    return tuple(declared(one.name) for one in CATALOGUE if one.name in release.tables)
