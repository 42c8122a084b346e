"""One invented person's way through the mechanism, told with the use cases and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from opennrm.casework.consent import ConsentGiven, take_consent
from opennrm.casework.referral import Referral, ReferralAnswer, acknowledge_referral, refer
from opennrm.console.demonstration.colleagues import Colleagues
from opennrm.console.demonstration.organisations import WORKER
from opennrm.console.demonstration.people import Person

NO_CASE = UUID(int=0)
SHARING_DAYS = 360


@dataclass(slots=True)
class Story:
    """A case being told: where it stands in time, who holds it, what can be referred to later."""

    colleagues: Colleagues
    person: Person
    chance: Random
    at: datetime
    now: datetime
    first: str = "police"
    manager: str = "casemanager"
    case_ref: UUID = NO_CASE
    kept: dict[str, UUID] = field(default_factory=dict)
    shared_until: date = field(init=False)

    def __post_init__(self) -> None:
        """Let all sharing of this case end on one day, within twelve months."""
        self.shared_until = self.today + timedelta(days=SHARING_DAYS)

    @property
    def today(self) -> date:
        """Return the day the story has reached."""
        return self.at.date()

    def later(self, *, hours: int = 0, days: int = 0) -> None:
        """Let time pass, more or less as long, but never beyond the present."""
        passed = timedelta(hours=hours, days=days) * self.chance.uniform(0.6, 1.3)
        self.at = min(self.at + passed, self.now)

    def do(self, use_case: Callable[..., Any], who: str, **given: Any) -> Any:
        """Let a colleague do a step in this case."""
        return self.colleagues.do(use_case, who, self.at, case_ref=self.case_ref, **given)

    def consent(
        self, to: str, role: str, purpose: str, scopes: tuple[str, ...], who: str = ""
    ) -> UUID:
        """Take her consent to share parts of the case, a child's with the guardian's."""
        named = WORKER[to].ref if {"D3", "D3S"} & set(scopes) else None
        given = ConsentGiven(
            purpose=purpose,
            recipient=WORKER[to].organisation,
            recipient_role=role,
            recipient_account=named,
            scopes=scopes,
            until=self.shared_until,
            language=self.person.language,
            form="spoken",
            given_on=self.today,
            interpreter=self.person.language not in ("mk", "sq"),
            guardian=self.person.is_child,
            assent=True if self.person.is_child else None,
        )
        consent: UUID = self.do(take_consent, who or self.first, consent=given)
        return consent

    def refer(self, to: str, role: str, purpose: str, who: str = "", **more: Any) -> UUID:
        """Send a referral on a consent or a duty."""
        until = more.pop("until", self.shared_until)
        asked = Referral(
            to=WORKER[to].organisation,
            to_role=role,
            purpose=purpose,
            until=until,
            reply_by=self.today + timedelta(days=3),
            **more,
        )
        sent: UUID = self.do(refer, who or self.first, referral=asked)
        return sent

    def answer(
        self, to: str, referral: UUID, answer: str = "accepted", reason: str | None = None
    ) -> None:
        """Answer a referral."""
        reply = ReferralAnswer(referral=referral, answer=answer, reason=reason)
        self.do(acknowledge_referral, to, answer=reply)
