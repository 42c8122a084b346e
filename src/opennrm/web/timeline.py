"""What happened in a case: narrowed by part and by house, newest first, a page at a time."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator

from opennrm.casework.correction import CORRECTABLE
from opennrm.records.queries import TimelineEntry
from opennrm.vocabulary.scopes import CASE_SCOPES
from opennrm.web import people, telling, words
from opennrm.web.open_case import OpenCase

PAGE_SIZE = 30
DECISIONS = frozenset({"reasonable_grounds_decided", "identification_decided"})


@dataclass(frozen=True, slots=True)
class Timeline:
    """What happened in a case that is open to the viewer, of one part or by one house if asked."""

    case: OpenCase
    part: str = ""
    by: str = ""

    def shown(self, page: str) -> Mapping[str, Any]:
        """Prepare one page of it; a page there is not shows the last one, or the first."""
        found = Paginator(self._wanted(), PAGE_SIZE).get_page(page)
        asked = {"part": self.part, "by": self.by}
        return {
            **asked,
            "parts": self._parts(),
            "houses": self._houses(),
            "timeline": [_told(entry, self.case) for entry in found],
            "pages": found,
            "narrowed": urlencode({name: value for name, value in asked.items() if value}),
        }

    def _wanted(self) -> list[TimelineEntry]:
        every = sorted(self.case.page.timeline, key=lambda entry: entry.fact.at, reverse=True)
        return [
            entry
            for entry in every
            if (not self.part or entry.fact.compartment.rstrip("S") == self.part)
            and (not self.by or str(entry.fact.organisation) == self.by)
        ]

    def _parts(self) -> list[tuple[str, str]]:
        seen = {entry.fact.compartment.rstrip("S") for entry in self.case.page.timeline}
        return [
            (scope.value, people.part_name(scope.value))
            for scope in CASE_SCOPES
            if scope.value in seen
        ]

    def _houses(self) -> list[tuple[str, str]]:
        """Name the houses that wrote what is shown."""
        entries = self.case.page.timeline
        wrote = {str(one.fact.organisation): one.organisation_name for one in entries}
        return sorted(wrote.items(), key=lambda pair: pair[1])


def _told(entry: TimelineEntry, case: OpenCase) -> dict[str, Any]:
    fact = entry.fact
    own = fact.organisation == case.viewer.actor.organisation
    return {
        "ref": fact.fact_ref,
        "title": words.kind(fact.kind),
        "has_letter": fact.kind in DECISIONS and not entry.is_replaced,
        "has_note": fact.kind == "consent_given" and not entry.is_replaced,
        "at": fact.at,
        "by": ", ".join(filter(None, (entry.actor_name, entry.organisation_name))),
        "part": people.part_name(fact.compartment),
        "said": telling.said(fact.kind, fact.open, case.names),
        "told": telling.opened(entry.told),
        "is_sealed": fact.has_sealed and entry.told is None and not entry.is_damaged,
        "is_damaged": entry.is_damaged,
        "is_replaced": entry.is_replaced,
        "is_correction": fact.corrects is not None,
        "may_correct": own and not entry.is_replaced and fact.kind in CORRECTABLE,
    }
