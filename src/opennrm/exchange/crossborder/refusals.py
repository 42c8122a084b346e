"""Why a message from another State is not taken: what its sender is told, and what nobody is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class NotAccepted(Exception):
    """It is not known who sent this; whoever it was is told nothing but that it was not taken."""


class Fault(StrEnum):
    """What is wrong with a message of a known sender."""

    MALFORMED = "malformed"
    NOT_FOR_US = "not_for_us"
    NOT_YOURS = "not_yours"
    EXPIRED = "expired"
    FROM_THE_FUTURE = "from_the_future"
    LIVES_TOO_LONG = "lives_too_long"
    CHANGED = "changed"
    OUT_OF_ORDER = "out_of_order"
    NOT_NOW = "not_now"
    UNKNOWN_HAND_OVER = "unknown_hand_over"
    ENDED_BEFORE = "ended_before"
    SUSPENDED = "suspended"


TELLS: dict[Fault, tuple[int, bool, str]] = {
    # status, whether sending the same again later may help, what to do
    Fault.MALFORMED: (
        422,
        False,
        "A part is missing, unknown or of the wrong form. Compare the "
        "versions of both installations.",
    ),
    Fault.NOT_FOR_US: (
        422,
        False,
        "No organisation here answers to this address. Ask its focal point for a new card.",
    ),
    Fault.NOT_YOURS: (422, False, "The sender named is not the one whose key signed."),
    Fault.EXPIRED: (422, True, "It came after its end. Set both clocks and send it again."),
    Fault.FROM_THE_FUTURE: (
        422,
        True,
        "It is dated ahead of the clock here. Set both clocks and send it again.",
    ),
    Fault.LIVES_TOO_LONG: (422, False, "A message is valid for a day at most."),
    Fault.CHANGED: (409, False, "Another message came under this reference before."),
    Fault.OUT_OF_ORDER: (
        409,
        True,
        "An earlier message of this hand-over has not come yet. Send that one first.",
    ),
    Fault.NOT_NOW: (
        409,
        False,
        "The hand-over does not stand where this message belongs. Compare "
        "its story on both sides.",
    ),
    Fault.UNKNOWN_HAND_OVER: (404, False, "No such hand-over is known here."),
    Fault.ENDED_BEFORE: (410, False, "This hand-over was taken back before."),
    Fault.SUSPENDED: (403, True, "Exchange with you is suspended here. Call the focal point."),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """A refusal as problem details (RFC 9457); only the sender can open it."""

    fault: Fault

    @property
    def may_help_later(self) -> bool:
        """Tell whether the same message may be taken another time."""
        return TELLS[self.fault][1]

    def told(self) -> dict[str, object]:
        """Return the members of the problem details."""
        status, _later, detail = TELLS[self.fault]
        return {
            "type": f"/problems/{self.fault.value}",
            "title": self.fault.value.replace("_", " ").capitalize(),
            "status": status,
            "detail": detail,
        }


class Refused(Exception):
    """A message of a known sender is not taken; the problem says why and what to do."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(TELLS[fault][2])
        self.problem = Problem(fault)
