"""Reads the data breaches out of a case: since when known, who was told, how great the risk is."""

from datetime import timedelta

from opennrm.lifecycle.case import Case
from opennrm.lifecycle.facts import Fact
from opennrm.lifecycle.grounds import day
from opennrm.rights.jurisdictions import Presets
from opennrm.rights.keeping import IncidentSituation

RECORDED = "data_breach_recorded"
TERM = "data_breach_notice"


def data_breaches(case: Case) -> tuple[Fact, ...]:
    """Return every data breach recorded in a case."""
    return case.of_kind(RECORDED)


def was_reported(case: Case, breach: Fact) -> bool:
    """Tell whether the supervisory authority was told of a data breach."""
    return bool(case.naming("about", breach.fact_ref, "data_breach_reported"))


def person_told(case: Case, breach: Fact) -> bool:
    """Tell whether the person was told of a data breach."""
    return bool(case.naming("about", breach.fact_ref, "person_told"))


def incident_situation(case: Case, breach: Fact, presets: Presets) -> IncidentSituation:
    """Say how a data breach stands for the rule on telling of it (R52)."""
    found_on = day(breach, "found_on")
    known = found_on if found_on and presets.has(TERM, found_on) else None
    hours = presets.value(TERM, known).number if known else 72
    return IncidentSituation(
        found_on=found_on,
        report_within=timedelta(hours=hours),
        was_reported=was_reported(case, breach),
        is_high_risk=breach.flag("high_risk"),
        person_told=person_told(case, breach),
    )
