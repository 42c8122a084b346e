"""Carries her withdrawal to every focal point abroad that holds something on that consent."""

from uuid import UUID

from opennrm.casework.ports import Desk
from opennrm.lifecycle.case import Case
from opennrm.vocabulary.hand_over import HandOverWord


def carry_withdrawal(case: Case, consent: UUID, *, desk: Desk) -> None:
    """Tell every focal point abroad that holds something on a consent that she took it back."""
    for offered in case.naming("basis_fact", consent, "hand_over_offered"):
        if not case.answering(offered.fact_ref, "hand_over_revoked"):
            desk.hand_overs.say(offered.fact_ref, HandOverWord.WITHDRAWN)
