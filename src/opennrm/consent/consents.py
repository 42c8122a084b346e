"""A consent or a legal duty as a ground for sharing, and whether it stands at a moment."""

from collections.abc import Iterable
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


@dataclass(frozen=True, slots=True)
class Sharing:
    """What someone wants to share: with whom, in which role, for what, which compartments."""

    recipient: UUID
    role: str
    purpose: str
    compartments: frozenset[str] = frozenset()
    account: UUID | None = None


def answers_for(ground: Ground, sharing: Sharing) -> bool:
    """Tell whether a ground is for this recipient, role and purpose; a duty names no purpose."""
    same_purpose = ground.purpose == sharing.purpose or ground.is_duty
    named = ground.account is None or ground.account == sharing.account
    return (
        named
        and same_purpose
        and ground.recipient == sharing.recipient
        and ground.recipient_role in (None, sharing.role)
    )


def live_grounds(
    grounds: Iterable[Ground], sharing: Sharing, *, at: datetime
) -> tuple[Ground, ...]:
    """Return the grounds that stand for a sharing at a moment."""
    return tuple(g for g in grounds if g.is_live(at) and answers_for(g, sharing))


def covered(grounds: Iterable[Ground], sharing: Sharing, *, at: datetime) -> frozenset[str] | None:
    """Return the compartments live grounds open for a sharing; None when there is no ground.

    Source: rights rule R41.
    """
    live = live_grounds(grounds, sharing, at=at)
    return frozenset().union(*(ground.compartments for ground in live)) if live else None


def uncovered(grounds: Iterable[Ground], sharing: Sharing, *, at: datetime) -> frozenset[str]:
    """Return the compartments of a sharing that no live ground opens."""
    return sharing.compartments - (covered(grounds, sharing, at=at) or frozenset())


def is_complete(ground: Ground, *, is_child: bool) -> bool:
    """Tell whether those who must agree have: an adult herself, a child and the guardian.

    An adult's consent is her own: nobody consents in her place.
    """
    if ground.is_duty:
        return True
    if is_child:
        return bool(ground.by_guardian and ground.assented)
    return not ground.by_guardian
