"""What is still open for her in this State: proceedings, hearings, claims, wages (R63)."""

from datetime import date

from opennrm.lifecycle.case import Case
from opennrm.lifecycle.claims import PURSUED, claims, route_answers
from opennrm.lifecycle.proceedings import OVER, hearings, proceedings

LABOUR = "labour_claim"
NOT_BEFORE_COURT = OVER | {"intelligence_only"}


def open_remedies(case: Case, on: date) -> frozenset[str]:
    """Return the codes of what is open on a day: proceedings, hearings, claims, wages (R63).

    A claim that is paid, refused for good or given up is not open, nor is a hearing that is past.
    """
    waiting = _open_routes(case, on)
    found = {
        "criminal_case_running": any(
            one.state not in NOT_BEFORE_COURT for one in proceedings(case)
        ),
        "hearing_ahead": any(one.is_ahead(on) for one in hearings(case)),
        "claim_open": bool(waiting - {LABOUR}),
        "wage_claim_open": LABOUR in waiting,
    }
    return frozenset(code for code, is_open in found.items() if is_open)


def _open_routes(case: Case, on: date) -> set[str]:
    filed = claims(case)
    answers = route_answers(case)
    given_up = {route for route, answer in answers.items() if answer != PURSUED}
    begun = {route for route, answer in answers.items() if answer == PURSUED}
    still = {one.route for one in filed if one.is_open(on)}
    not_filed = begun - {one.route for one in filed}
    return (still | not_filed) - given_up
