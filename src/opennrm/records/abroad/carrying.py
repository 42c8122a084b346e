"""Messages and receipts as lines of a file, for partners that no line reaches now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from opennrm.exchange.crossborder.refusals import NotAccepted
from opennrm.records.abroad.receiving import receive
from opennrm.records.abroad.sending import as_lines, hear

# Names that tell nothing about what is in it.
NAME, RECEIPTS = "messages.txt", "receipts.txt"
MOST = 200


@dataclass(frozen=True, slots=True)
class Carried:
    """What a file held: how many receipts were known, and the receipts its messages get."""

    heard: int = 0
    receipts: str = ""


def written(partner: UUID, *, at: datetime) -> str:
    """Return everything that waits for a partner as the text of a file."""
    lines = as_lines(partner, at=at)
    return "\n".join(lines) + "\n" if lines else ""


def taken_in(raw: bytes, *, at: datetime) -> Carried:
    """Take a file in, line by line; a line taken before is taken again without harm.

    :raises NotAccepted: when a line is neither a message nor a receipt of a trusted partner.
    """
    try:
        lines = raw.decode("ascii").split()
    except UnicodeDecodeError as fault:
        raise NotAccepted from fault
    if not 0 < len(lines) <= MOST:
        raise NotAccepted
    heard, receipts = 0, []
    for line in lines:
        try:
            receipts.append(receive(line, at=at))
        except NotAccepted:
            heard += hear(line, at=at)
    return Carried(heard, "\n".join(receipts) + "\n" if receipts else "")
