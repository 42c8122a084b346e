"""The answer to a message: signed and sealed, so that only its sender learns how it fared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from opennrm.exchange.crossborder.message import VERSION, canonical, strictly
from opennrm.exchange.crossborder.refusals import Fault, NotAccepted, Problem, Refused

MEMBERS = frozenset({"version", "message", "digest", "held", "problem"})


@dataclass(frozen=True, slots=True)
class Receipt:
    """That a message was taken, or why not; and what of its hand-over is held by now."""

    message: UUID
    digest: bytes
    held: tuple[UUID, ...] = ()
    problem: Problem | None = None

    def payload(self) -> bytes:
        """Return the bytes that are signed."""
        return canonical(
            {
                "version": VERSION,
                "message": str(self.message),
                "digest": self.digest.hex(),
                "held": [str(one) for one in self.held],
                "problem": self.problem.told() if self.problem else None,
            }
        )


def read_receipt(payload: bytes) -> Receipt:
    """Read a receipt from the bytes that were signed.

    :raises NotAccepted: when it is none.
    """
    try:
        told = strictly(payload, MEMBERS)
        return Receipt(
            message=UUID(told["message"]),
            digest=bytes.fromhex(told["digest"]),
            held=tuple(UUID(one) for one in told["held"]),
            problem=_problem(told["problem"]),
        )
    except (Refused, ValueError, TypeError, KeyError, AttributeError) as fault:
        raise NotAccepted from fault


def _problem(told: Mapping[str, Any] | None) -> Problem | None:
    return None if told is None else Problem(Fault(str(told["type"]).removeprefix("/problems/")))
