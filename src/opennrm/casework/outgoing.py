"""Asks that what can be seen from outside tells neither what happened nor where she lives."""

from collections.abc import Iterable
from datetime import date

from opennrm.casework.asking import require_rule
from opennrm.casework.confidence import require_no_address
from opennrm.rights.confidentiality import PaperSituation


def require_plain(texts: Iterable[str], *, on: date) -> None:
    """Refuse a subject, a sender, a file name, a message or an entry in a calendar that reveals.

    :raises RuleBroken: when a text holds a word of the list (R48), or an address (R47).
    """
    for text in texts:
        require_rule("R48", PaperSituation(text), on)
        require_no_address(text, role=None, on=on)
