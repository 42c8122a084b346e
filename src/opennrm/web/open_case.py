"""The case a page stands on, as the forms ask about it: only what is open to the viewer."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from uuid import UUID

from django.http import Http404

from opennrm.casework.refusals import CaseNotFound
from opennrm.lifecycle.calendars import local_day
from opennrm.lifecycle.case import Case
from opennrm.lifecycle.facts import Fact
from opennrm.records import queries
from opennrm.records.queries import CasePage
from opennrm.records.queries.casepage import Offer
from opennrm.records.sessions import Session, note_refusal
from opennrm.vocabulary.roles import Role

DECIDERS = (Role.CA, Role.RP)


@dataclass
class OpenCase:
    """What the viewer may see of one case, with the questions forms ask about it."""

    page: CasePage
    viewer: Session
    at: datetime

    @property
    def today(self) -> date:
        """Return the day it is where the case is."""
        return local_day(self.case.jurisdiction or self.viewer.actor.jurisdiction, self.at)

    @property
    def reference(self) -> str:
        """Return the short reference people read out."""
        return self.page.reference

    @property
    def case(self) -> Case:
        """Return the fold of the facts open to the viewer."""
        return self.page.case

    @property
    def sequences(self) -> Mapping[str, int]:
        """Return how far each compartment had come when the page was made."""
        return self.page.sequences

    @property
    def compartments(self) -> frozenset[str]:
        """Return the compartments open to the viewer."""
        return frozenset(self.page.compartments)

    @property
    def reads_file(self) -> bool:
        """Tell whether the viewer decides or reads second, and holds something of the case."""
        return self.viewer.actor.holds_any(DECIDERS) and bool(self.compartments)

    @cached_property
    def held(self) -> frozenset[str]:
        """Return the compartments that somebody on the case holds."""
        return frozenset(code for each in self.page.holdings for code in each.compartments)

    @cached_property
    def standing_consents(self) -> tuple[Fact, ...]:
        """Return the consents that were not taken back, whatever they are for."""
        withdrawn = {fact.reference("consent") for fact in self.case.of_kind("consent_withdrawn")}
        given = self.case.of_kind("consent_given")
        return tuple(fact for fact in given if fact.fact_ref not in withdrawn)

    @cached_property
    def live_consents(self) -> tuple[Fact, ...]:
        """Return the consents something can be shared on today."""
        today = self.today.isoformat()
        return tuple(
            fact
            for fact in self.standing_consents
            if fact.text("recipient") and (fact.text("until") or "9999") > today
        )

    @cached_property
    def offers(self) -> tuple[Fact, ...]:
        """Return the services that were offered."""
        return self.case.of_kind("service_offered")

    def waiting(self, kind: str) -> list[Offer]:
        """Return what waits for the viewer's answer: referrals, or offers of a service."""
        return [offer for offer in self.page.offers if offer.kind == kind]

    @cached_property
    def decisions(self) -> tuple[Fact, ...]:
        """Return the decisions that were made."""
        return self.case.of_kind("reasonable_grounds_decided", "identification_decided")

    def fact(self, fact_ref: str) -> Fact | None:
        """Find a fact open to the viewer by its reference."""
        try:
            return self.case.fact(UUID(fact_ref))
        except ValueError:
            return None

    @property
    def names(self) -> Mapping[UUID, str]:
        """Return the names of the organisations of the mechanism."""
        return self.page.names

    def organisation_name(self, ref: UUID) -> str:
        """Name an organisation."""
        return self.names.get(ref, "")

    def told(self, fact: Fact) -> Mapping[str, str]:
        """Open the sealed part of one fact, where its key is held; the reading is logged."""
        opened = queries.told(self.viewer, self.case.case_ref, fact.compartment)
        return opened.get(self.case.versions(fact.fact_ref)[-1].fact_ref, {})


def open_case(
    viewer: Session, case_ref: UUID, *, at: datetime, opened: Iterable[str] = ()
) -> OpenCase:
    """Open a case for a page.

    :raises Http404: when nothing of it is open to the viewer, or it does not exist.
    """
    try:
        page = queries.case_page(viewer, case_ref, at=at, opened=opened)
    except CaseNotFound as hidden:
        note_refusal(viewer.token, hidden.finding.reason)
        raise Http404 from None
    return OpenCase(page, viewer, at)
