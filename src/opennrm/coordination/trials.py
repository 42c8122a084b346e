"""Files observed hearings, and counts findings by right and court without pointing at one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext

from opennrm.coordination.desk import ChangeRefused, because
from opennrm.coordination.models import Hearing, HearingFinding, Publication
from opennrm.coordination.permissions import Area
from opennrm.coordination.reference_data import ref_of
from opennrm.vocabulary.trials import RightStands, TrialRight

KIND = "trial_report"
# Fewer hearings than these could be told apart by who sat in them.
FEWEST = 5
SEEN = (RightStands.KEPT, RightStands.KEPT_IN_PART, RightStands.NOT_KEPT)
OTHER_COURTS = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """How one right stood in one hearing of one court."""

    court: str
    hearing: UUID
    right: str
    stands: str


@dataclass(frozen=True, slots=True)
class Row:
    """How often a right was kept, in part and not, over the hearings in which it was seen."""

    right: str
    base: int
    kept: int
    in_part: int
    not_kept: int


def fill_in(
    hearing: Hearing, answers: Mapping[str, tuple[str, str]], *, house: UUID, why: str
) -> None:
    """Keep how each right stood; what is left empty is taken out.

    :raises ChangeRefused: when the hearing is filed.
    """
    _require_open(hearing)
    with because(why):
        for right, (stands, says) in answers.items():
            if stands:
                HearingFinding.objects.update_or_create(
                    hearing=hearing,
                    right=right,
                    defaults={"stands": stands, "says": says, "house_id": house},
                )
            else:
                HearingFinding.objects.filter(hearing=hearing, right=right).delete()


def file_hearing(hearing: Hearing, *, on: date, why: str) -> None:
    """File a hearing: what was seen stays as it is.

    :raises ChangeRefused: when a right of the list has no answer, or it is filed already.
    """
    _require_open(hearing)
    answered = set(hearing.findings.values_list("right", flat=True))
    missing = [one for one in TrialRight if one.value not in answered]
    if missing and hearing.access != "turned_away":
        says = gettext("Of the list, %(num)s rights have no answer. Say so if one was not seen.")
        raise ChangeRefused(says % {"num": len(missing)})
    hearing.filed_on = on
    with because(why):
        hearing.save(update_fields=["filed_on"])


def _require_open(hearing: Hearing) -> None:
    if hearing.filed_on is not None:
        raise ChangeRefused(gettext("This hearing is filed. What was seen stays as it is."))


def seen_in(year: int | None = None) -> list[Seen]:
    """List what was seen in filed hearings that are open to the reader, in a year or in all."""
    kept = HearingFinding.objects.filter(hearing__filed_on__isnull=False, stands__in=SEEN)
    if year is not None:
        kept = kept.filter(hearing__held_on__year=year)
    values = kept.values_list("hearing__trial__court", "hearing_id", "right", "stands")
    return [Seen(*one) for one in values]


def rows(seen: Iterable[Seen], *, fewest: int = 1) -> list[Row]:
    """Count by right; a right seen in fewer hearings than `fewest` is left out."""
    counted = Counter((one.right, one.stands) for one in seen)
    found = []
    for right in TrialRight:
        kept, in_part, not_kept = (counted[(right.value, one.value)] for one in SEEN)
        base = kept + in_part + not_kept
        if base >= max(fewest, 1):
            found.append(Row(right.value, base, kept, in_part, not_kept))
    return found


def courts_told(seen: Sequence[Seen]) -> dict[str, str]:
    """Return under which name each court is told: those with few hearings together, or none.

    The courts told together have between them enough hearings; where they do not, the smallest of
    the others joins them, so that none can be worked out from the whole.
    """
    hearings: dict[str, set[UUID]] = {}
    for one in seen:
        hearings.setdefault(one.court, set()).add(one.hearing)
    by_size = sorted(hearings, key=lambda court: (len(hearings[court]), court))
    together = [court for court in by_size if len(hearings[court]) < FEWEST]
    rest = [court for court in by_size if court not in together]
    while together and rest and sum(len(hearings[one]) for one in together) < FEWEST:
        together.append(rest.pop(0))
    return {court: OTHER_COURTS if court in together else court for court in by_size}


def report_of(seen: Sequence[Seen]) -> dict[str, Any]:
    """Make what everybody may read of the hearings observed.

    :raises ChangeRefused: when there are too few of them.
    """
    hearings = {one.hearing for one in seen}
    if len(hearings) < FEWEST:
        says = gettext("There are fewer than %(num)s filed hearings. They could be recognised.")
        raise ChangeRefused(says % {"num": FEWEST})
    names = courts_told(seen)
    by_court = {
        name: [one for one in seen if names[one.court] == name]
        for name in sorted(set(names.values()))
    }
    return {
        "hearings": len(hearings),
        "fewest": FEWEST,
        "rights": [_told(one) for one in rows(seen, fewest=FEWEST)],
        "courts": [
            {
                "court": name,
                "hearings": len({one.hearing for one in inside}),
                **_summed(inside),
            }
            for name, inside in by_court.items()
        ],
    }


def publish_report(house: UUID, *, year: int, title: str, at: datetime, why: str) -> Publication:
    """Publish the findings of the reader's own organisation on a year that has ended, once.

    :raises ChangeRefused: when the year runs, was told before, or has too few hearings.
    """
    about = ref_of("trial report", f"{house} {year}")
    if year >= at.year:
        raise ChangeRefused(gettext("A year is told once it has ended."))
    if Publication.objects.filter(kind=KIND, about=about).exists():
        says = gettext("The report of %(year)s is out. A second one would tell what was added.")
        raise ChangeRefused(says % {"year": year})
    content = report_of(seen_in(year)) | {"year": year}
    with because(why):
        return Publication.objects.create(
            kind=KIND,
            about=about,
            area=Area.TRIALS.value,
            title=title,
            at=at,
            content=content,
        )


def _told(row: Row) -> dict[str, Any]:
    return {
        "right": row.right,
        "base": row.base,
        "kept": row.kept,
        "in_part": row.in_part,
        "not_kept": row.not_kept,
    }


def _summed(seen: Sequence[Seen]) -> dict[str, int]:
    counted = Counter(one.stands for one in seen)
    return {
        "base": sum(counted.values()),
        "kept": counted[RightStands.KEPT],
        "not_kept": counted[RightStands.NOT_KEPT],
    }
