"""Puts the reference facts into the database: documents, commitments, States, treaty status."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import transaction

from opennrm.coordination.models import (
    Commitment,
    Document,
    DocumentLink,
    Recommendation,
    State,
    TreatyStatus,
)
from opennrm.coordination.models.kept import Kept

FOLDER = Path(__file__).parent / "reference"
PROTOCOL = "UN Protocol to Prevent, Suppress and Punish Trafficking in Persons (2000)"
IN_2009 = "Report of the OSCE Special Representative (2009), L758 and footnote 50"
BY_2014 = "OSCE review of commitments: all 57 participating States by 17 December 2014"
LATER = date(2014, 12, 17)


def keep_reference() -> None:
    """Put in whatever of the reference facts is missing; what is there already stays as it is."""
    commitments, states, links = (
        _read(name) for name in ("commitments.csv", "states.csv", "document-links.csv")
    )
    with transaction.atomic(using="owner"):
        for rows in (
            _documents(commitments),
            _links(links),
            _commitments(commitments),
            _recommendations(commitments),
            _states(states),
            _treaties(states),
        ):
            _keep_missing(list(rows))


def ref_of(kind: str, name: str) -> UUID:
    """Make the same reference for the same fact in every installation."""
    return uuid5(NAMESPACE_URL, f"https://opennrm.example/reference/{kind}/{name}")


def _read(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _keep_missing(rows: list[Kept]) -> None:
    kept = type(rows[0])._default_manager.using("owner")
    there = set(kept.values_list("ref", flat=True))
    kept.bulk_create(row for row in rows if row.ref not in there)


def _documents(rows: Iterable[dict[str, str]]) -> Iterator[Document]:
    first = {row["document"]: row for row in reversed(list(rows))}
    for title, row in first.items():
        ref = ref_of("document", title)
        yield Document(ref=ref, title=title, adopted=row["date"], place=row["place"])


def _links(rows: Iterable[dict[str, str]]) -> Iterator[DocumentLink]:
    for row in rows:
        yield DocumentLink(
            ref=ref_of("link", f"{row['document']} {row['relation']} {row['other']}"),
            document_id=ref_of("document", row["document"]),
            relation=row["relation"],
            other_id=ref_of("document", row["other"]),
            source=row["source"],
        )


def _commitments(rows: Iterable[dict[str, str]]) -> Iterator[Commitment]:
    for row in rows:
        yield Commitment(
            ref=ref_of("commitment", row["number"]),
            number=row["number"],
            document_id=ref_of("document", row["document"]),
            paragraph=row["paragraph"],
            text=row["text"],
            addressees=_several(row["addressees"]),
            area=row["area"],
            kind=row["kind"],
            source=row["source"],
            checked=row["checked"],
        )


def _recommendations(rows: Iterable[dict[str, str]]) -> Iterator[Recommendation]:
    for row in rows:
        if row["kind"] == "recommendation":
            yield Recommendation(
                ref=ref_of("recommendation", row["number"]),
                number=row["number"],
                body="osce",
                document=row["document"],
                made_on=row["date"],
                text=row["text"],
                addressee=row["addressees"],
                commitment_id=ref_of("commitment", row["number"]),
            )


def _states(rows: Iterable[dict[str, str]]) -> Iterator[State]:
    for row in rows:
        yield State(
            ref=ref_of("state", row["code"]),
            code=row["code"],
            code3=row["code3"],
            name=row["name"],
            name_in_source=row["name_in_source"],
            category=row["category"],
            languages=_several(row["languages"]),
            working_languages=_several(row["working_languages"]),
            field_operation=row["field_operation"],
            note=row["note"],
        )


def _treaties(rows: Iterable[dict[str, str]]) -> Iterator[TreatyStatus]:
    for row in rows:
        if row["palermo_2009_as_of"]:
            as_of = date.fromisoformat(row["palermo_2009_as_of"])
            yield _treaty(row["code"], row["palermo_2009"], as_of, IN_2009)
        if row["palermo_2014"]:
            yield _treaty(row["code"], row["palermo_2014"], LATER, BY_2014)


def _treaty(code: str, status: str, as_of: date, source: str) -> TreatyStatus:
    return TreatyStatus(
        ref=ref_of("treaty", f"{code} {as_of}"),
        state_id=ref_of("state", code),
        treaty=PROTOCOL,
        status=status,
        as_of=as_of,
        source=source,
    )


def _several(text: str) -> list[str]:
    return [part.strip() for part in text.split(";") if part.strip()]
