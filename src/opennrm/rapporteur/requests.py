"""A request for a release and the steps taken on it: where it stands is read from its steps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from uuid import UUID

from django.utils.translation import gettext_noop

from opennrm.rapporteur.catalogue import Period
from opennrm.rapporteur.releases import Source
from opennrm.statistics import Rule


class Step(Enum):
    """A step that was taken on a request, in the words of the desk."""

    DRAWN = "drawn"
    CHECKED = "checked"
    ATTACKED = "attacked"
    REFUSED = "refused"
    SENT_BACK = "sent_back"
    PUBLISHED = "published"

    @property
    def label(self) -> str:
        """The step in words."""
        return LABELS[self]


LABELS = {
    Step.DRAWN: gettext_noop("Counted, and what exposes someone is hidden"),
    Step.CHECKED: gettext_noop("Checked against the rules and all earlier releases"),
    Step.ATTACKED: gettext_noop("Attacked: no hidden figure could be worked out"),
    Step.REFUSED: gettext_noop("Refused"),
    Step.SENT_BACK: gettext_noop("Sent back by the second person"),
    Step.PUBLISHED: gettext_noop("Read and published"),
}
WORK = (Step.DRAWN, Step.CHECKED, Step.ATTACKED)
CLOSING = frozenset({Step.REFUSED, Step.SENT_BACK, Step.PUBLISHED})


@dataclass(frozen=True)
class Taken:
    """A step as it was taken: when, by whom (nobody: the machine), and what was said."""

    step: Step
    at: datetime
    by: UUID | None
    says: str


@dataclass(frozen=True)
class ReleaseRequest:
    """What was asked of the desk, by whom, and every step since, the oldest first."""

    request: UUID
    catalogue_version: str
    source: Source
    period: Period
    purpose: str
    rule: Rule
    revises: int | None
    reason: str
    needs_clearance: bool
    asked_by: UUID
    office: UUID
    asked_at: datetime
    steps: Sequence[Taken] = ()

    @property
    def is_closed(self) -> bool:
        """Whether nothing more can be done on it."""
        return any(taken.step in CLOSING for taken in self.steps)

    @property
    def is_waiting_for_work(self) -> bool:
        """Whether the machine still has to draw, check or attack it."""
        done = {taken.step for taken in self.steps}
        return not self.is_closed and not done.issuperset(WORK)

    @property
    def is_waiting_for_reader(self) -> bool:
        """Whether it was attacked and now waits to be read."""
        return not self.is_closed and not self.is_waiting_for_work

    def has(self, step: Step) -> bool:
        """Whether this step was taken."""
        return any(taken.step is step for taken in self.steps)
