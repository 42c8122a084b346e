"""Tells what a step recorded, what each organisation then sees, and what was refused and why.

Nothing is told from memory: steps are read back from the record, sights from the case page of
each viewer, refusals from the finding that was raised.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from opennrm.casework.refusals import CaseNotFound, Refused
from opennrm.console.demonstration.organisations import HOUSE, WORKER
from opennrm.console.demonstration.steps import Step
from opennrm.console.demonstration.story import NO_CASE, Story
from opennrm.console.saying import say
from opennrm.lifecycle.case import Case
from opennrm.lifecycle.facts import Fact
from opennrm.lifecycle.kinds import KINDS
from opennrm.lifecycle.projections import stage_label
from opennrm.records.desk import at_work
from opennrm.records.queries.casepage import case_page
from opennrm.records.reference import reference
from opennrm.rights.findings import Finding
from opennrm.rights.registry import RULES

VIEWERS = ("police", "casemanager", "quiethouse", "authority", "doctor", "lawyer", "removals")
NAMED = {str(worker.ref): worker for worker in WORKER.values()}
HOUSES = {str(house.ref): house.name for house in HOUSE.values()}


class NotRefused(Exception):
    """Something went through that must never go through."""


@dataclass(slots=True)
class Telling:
    """A story told aloud, step by step."""

    story: Story
    refused: int = 0
    _seen: dict[str, str] = field(default_factory=dict)

    def chapter(self, title: str) -> None:
        """Begin a chapter."""
        say()
        say(title)
        say("-" * len(title))

    def step(self, step: Step) -> None:
        """Take a step, and tell every fact it added to the record."""
        before = self._positions()
        step(self.story)
        for fact in self.case().facts:
            if fact.position not in before:
                say(f"  {_sentence(fact)}")

    def refusal(self, tries: str, who: str, use_case: Callable[..., Any], **given: Any) -> None:
        """Try what must be refused, and tell which rule said no and what to do instead.

        :raises NotRefused: when it goes through.
        """
        before = self._positions()
        try:
            self.story.do(use_case, who, **given)
        except Refused as refused:
            self.tell_refusal(f"{WORKER[who].name} {tries}", refused.finding)
        else:
            raise NotRefused(f"{WORKER[who].name} {tries}, and was not refused.")
        if self._positions() != before:
            raise NotRefused(f"{WORKER[who].name} {tries}: refused, and something was recorded.")

    def tell_refusal(self, what: str, finding: Finding) -> None:
        """Tell a refusal: who tried what, the rule, the reason and the remedy."""
        self.refused += 1
        rule = f"{finding.rule} ({RULES[finding.rule].label})" if finding.rule else finding.reason
        say(f"  REFUSED: {what}.")
        say(f"    Why: {rule}. What to do: {finding.says}")

    def sights(self) -> None:
        """Tell what each organisation sees of the case at this moment, where that has changed."""
        total = len(self.case().facts)
        for who in VIEWERS:
            sight = self._sight(who, total)
            if self._seen.get(who) != sight:
                self._seen[who] = sight
                worker = WORKER[who]
                say(f"  {HOUSE[worker.house].name} ({worker.roles}) sees: {sight}")

    def case(self, who: str = "") -> Case:
        """Fold the case as the use cases do."""
        session = self.story.colleagues.session(who or self.story.first)
        with at_work(session, at=self.story.at) as desk:
            return desk.cases.load(self.story.case_ref)

    def _positions(self) -> frozenset[int]:
        if self.story.case_ref == NO_CASE:
            return frozenset()
        return frozenset(fact.position for fact in self.case().facts)

    def _sight(self, who: str, total: int) -> str:
        viewer = self.story.colleagues.session(who)
        try:
            page = case_page(viewer, self.story.case_ref, at=self.story.at)
        except CaseNotFound as unknown:
            return f"no such case ({unknown.finding.says})"
        parts = " ".join(sorted(page.compartments, key=_in_order)) or "nothing yet"
        offers = f", {len(page.offers)} waiting for an answer" if page.offers else ""
        stage = stage_label(page.stage)
        return f"{len(page.timeline)} of {total} entries, {stage}; open parts: {parts}{offers}"


def _sentence(fact: Fact) -> str:
    worker = NAMED.get(str(fact.actor))
    who = f"{worker.name}, {HOUSE[worker.house].name}" if worker else "The front door"
    label = KINDS[fact.kind].label
    return f"{fact.at:%d %b %Y} {who}: {label} ({fact.compartment}){_details(fact)}."


def _details(fact: Fact) -> str:
    told = []
    for name in (
        "outcome",
        "answer",
        "purpose",
        "service",
        "level",
        "exit_kind",
        "days",
        "advice",
    ):
        if fact.open.get(name) is not None:
            told.append(f"{name.replace('_', ' ')} {fact.open[name]}".replace("_", " "))
    for name in ("recipient", "to", "provider"):
        if str(fact.open.get(name)) in HOUSES:
            told.append(f"to {HOUSES[str(fact.open[name])]}")
    sealed = ["with sealed words"] if fact.has_sealed else []
    return ": " + ", ".join((*told, *sealed)) if told or sealed else ""


def _in_order(code: str) -> tuple[int, str]:
    return int(code.strip("DS")), code


def short(story: Story) -> str:
    """Return the reference of the case as people say it."""
    return reference(story.case_ref)
