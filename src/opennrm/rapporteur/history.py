"""Compares a request with every earlier release: nobody may subtract one from the other."""

from __future__ import annotations

from typing import Any

from opennrm.rapporteur import ledger
from opennrm.rapporteur.catalogue import Period
from opennrm.rapporteur.releases import Release, Request, Source
from opennrm.rapporteur.releasing import ReleaseRefused
from opennrm.statistics import Earlier, Tally, changed_persons


def require_no_subtraction(connection: Any, wanted: Request, tally: Tally) -> None:
    """Refuse what could be compared with an earlier release so that someone is found.

    :raises ReleaseRefused: when it could; the message names the release and what to do.
    """
    standing = ledger.standing_releases(connection, wanted.source)
    for earlier in standing:
        if earlier.period == wanted.period:
            _require_revision(connection, wanted, earlier, tally)
        elif wanted.source.is_own and earlier.period.overlaps(wanted.period):
            raise ReleaseRefused(
                f"Release {earlier.number} covers {said(earlier.period)}; subtracting one period "
                f"from the other could expose someone. Choose {said(earlier.period)} again, or "
                "years that it does not cover."
            )
    if wanted.revises is not None:
        _require_named(wanted, standing)


def history_of(connection: Any, source: Source, period: Period) -> list[Earlier]:
    """Everything that is out over these persons and years, the oldest first."""
    releases = [one for one in ledger.releases_of(connection, source) if one.period == period]
    return [
        Earlier.of(one.number, one.tables.values(), ledger.basis_of(connection, one.number))
        for one in reversed(releases)
    ]


def said(period: Period) -> str:
    """The years of a period, to be named in a refusal."""
    if period.from_year == period.until_year:
        return str(period.from_year)
    return f"{period.from_year} to {period.until_year}"


def _require_revision(connection: Any, wanted: Request, earlier: Release, tally: Tally) -> None:
    if wanted.revises != earlier.number:
        raise ReleaseRefused(
            f"Release {earlier.number} stands for {said(earlier.period)}. To correct it, name it "
            "and say why."
        )
    if earlier.rule != wanted.rule:
        raise ReleaseRefused(
            f"Release {earlier.number} covers {said(earlier.period)} by another rule; comparing "
            "the two could expose someone. Publish by the rule of that release."
        )
    least, basis = max(wanted.rule.threshold, 1), ledger.basis_of(connection, earlier.number)
    if set(basis.names) != set(tally.names):
        raise ReleaseRefused(
            f"Release {earlier.number} was drawn by an earlier catalogue and cannot be compared "
            "cell by cell; it stands."
        )
    if changed_persons(basis, tally) < least:
        raise ReleaseRefused(
            f"Release {earlier.number} stands: fewer than {least} persons changed since, and the "
            "difference would be about them. Wait until more have changed."
        )


def _require_named(wanted: Request, standing: list[Release]) -> None:
    named = [one for one in standing if one.number == wanted.revises]
    if not named:
        raise ReleaseRefused(
            f"Release {wanted.revises} does not stand any more, or never did. Choose one of the "
            "list."
        )
    if named[0].period != wanted.period:
        raise ReleaseRefused(
            f"Release {wanted.revises} covers {said(named[0].period)}. A correction covers the "
            "same years."
        )
