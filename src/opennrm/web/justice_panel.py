"""What the case page shows of proceedings and redress, within what is open to the viewer."""

from typing import Any

from django.utils.translation import gettext

from opennrm.casework.redress_report import MoneyLine, redress_report
from opennrm.lifecycle.claims import route_answers
from opennrm.lifecycle.proceedings import hearings, proceedings, statements
from opennrm.vocabulary.redress import RedressRoute
from opennrm.web import money, words
from opennrm.web.justice import standing
from opennrm.web.justice_court import hearing_line
from opennrm.web.open_case import OpenCase


def panel(case: OpenCase) -> dict[str, Any]:
    """Prepare what is shown: nothing of a part that is not open, nothing where nothing is."""
    return {**_court(case), **_redress(case)}


def _court(case: OpenCase) -> dict[str, Any]:
    if "D6" not in case.compartments:
        return {"proceedings": [], "times_asked": 0, "hearings": []}
    ahead = [one for one in hearings(case.case) if one.is_ahead(case.today)]
    return {
        "proceedings": standing(proceedings(case.case)),
        "times_asked": len(statements(case.case)),
        "hearings": [hearing_line(one) for one in ahead],
    }


def _redress(case: OpenCase) -> dict[str, Any]:
    if "D13" not in case.compartments:
        return {"routes": [], "money": []}
    answers = route_answers(case.case)
    return {
        "routes": [
            (words.label(route.value, "redress_route"), _answer(answers[route.value]))
            for route in RedressRoute
            if route.value in answers
        ],
        "money": [_line(one) for one in redress_report(case.case, on=case.today)],
    }


def _answer(code: str) -> str:
    return words.label(code, "route_answer")


def _line(line: MoneyLine) -> tuple[list[tuple[str, str]], str]:
    amounts = (
        (gettext("Awarded"), line.awarded),
        (gettext("Received by the person"), line.paid),
        (gettext("Confiscated from those who exploited"), line.confiscated),
        (gettext("Of it passed on to the person"), line.passed_on),
    )
    rows = [(name, money.said(amount, line.currency)) for name, amount in amounts]
    return rows, words.said(line.finding.says) if line.finding.says else ""
