"""How long help was promised, for the rule that it lasts as long as the recovery period (R28)."""

from datetime import date

from opennrm.lifecycle.case import Case
from opennrm.lifecycle.facts import Fact
from opennrm.lifecycle.grounds import day


def accepted_help(case: Case) -> tuple[Fact, ...]:
    """Return the offers of help that were accepted and not turned down afterwards."""
    return tuple(one for one in case.of_kind("service_offered") if _is_accepted(case, one))


def help_until(case: Case) -> date | None:
    """Return the last day, excluded, up to which any help was promised; None without help."""
    days = [day(one, "until") for one in accepted_help(case)]
    return max((one for one in days if one), default=None)


def last_help(case: Case) -> Fact | None:
    """Return the accepted offer that lasts longest."""
    dated = [
        (ends, one.position, one) for one in accepted_help(case) if (ends := day(one, "until"))
    ]
    return max(dated)[2] if dated else None


def _is_accepted(case: Case, offer: Fact) -> bool:
    answers = case.answering(offer.fact_ref, "offer_answered")
    return bool(answers) and answers[-1].text("answer") == "accepted"
