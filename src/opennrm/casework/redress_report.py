"""The report of redress in a case: awarded, received, confiscated, passed on, each by itself."""

from dataclasses import dataclass
from datetime import date

from opennrm.lifecycle.case import Case
from opennrm.lifecycle.claims import money
from opennrm.rights.findings import Finding
from opennrm.rights.redress import MoneySituation
from opennrm.rights.registry import ask, is_active


@dataclass(frozen=True, slots=True)
class MoneyLine:
    """The money of one currency, in its smallest unit, and what R59 says of it."""

    currency: str
    awarded: int
    paid: int
    confiscated: int
    passed_on: int
    finding: Finding


def redress_report(case: Case, *, on: date) -> tuple[MoneyLine, ...]:
    """Report money by currency, with what was received beside what was awarded (R59).

    The four are never added up. Without the rule there is no report: orders alone mislead.
    """
    if not is_active("R59"):
        return ()
    kept = money(case)
    return tuple(
        MoneyLine(
            currency=code,
            awarded=kept.awarded.get(code, 0),
            paid=kept.paid.get(code, 0),
            confiscated=kept.confiscated.get(code, 0),
            passed_on=kept.passed_on.get(code, 0),
            finding=ask("R59", MoneySituation(kept.awarded.get(code, 0), kept.paid.get(code)), on),
        )
        for code in kept.currencies()
    )
