"""What the rights say of who signed a decision: one that only law enforcement signed is marked."""

from datetime import datetime

from opennrm.casework.warner import Warner
from opennrm.lifecycle.case import Case
from opennrm.rights.jurisdictions import Presets
from opennrm.rights.second_opinion import SigningSituation

DECISIONS = ("reasonable_grounds_decided", "identification_decided")


def newest_signed(case: Case, presets: Presets, at: datetime) -> SigningSituation | None:
    """Say who signed the newest decision, where that was kept."""
    newest = case.newest(*DECISIONS)
    signed_by = newest.texts("signed_by") if newest else ()
    if newest is None or not signed_by or newest.text("outcome") == "pending":
        return None
    return SigningSituation(newest.text("outcome"), frozenset(signed_by))


WARNERS = (Warner("R15", frozenset({"D14"}), newest_signed),)
