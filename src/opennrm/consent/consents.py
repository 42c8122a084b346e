"""A consent or a legal duty as a ground for sharing, and whether it stands at a moment."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Ground:
    """One ground for sharing: a consent the person gave, or a legal duty relied on.

    Each names one recipient, role and purpose, the compartments, and an end that is excluded.
    A ground without an end, without a recipient or without compartments opens nothing.
    """

    ground: UUID
    given_at: datetime
    recipient: UUID | None
    recipient_role: str | None
    purpose: str | None
    compartments: frozenset[str]
    until_on: date | None
    account: UUID | None = None
    withdrawn_at: datetime | None = None
    is_duty: bool = False
    by_guardian: bool | None = None
    assented: bool | None = None

    def is_live(self, at: datetime) -> bool:
        """Tell whether the ground stands at a moment: given, not ended, not taken back."""
        if self.until_on is None or at.date() >= self.until_on or at < self.given_at:
            return False
        return self.withdrawn_at is None or at < self.withdrawn_at
