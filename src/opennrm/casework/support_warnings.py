"""What the rules on help, confidence and keeping say about a case as it stands."""

from datetime import datetime

from opennrm.casework.warner import Warner
from opennrm.lifecycle.case import Case
from opennrm.lifecycle.facts import Fact
from opennrm.lifecycle.incidents import data_breaches, incident_situation
from opennrm.lifecycle.refused import turned_away
from opennrm.lifecycle.retention import retention_situation
from opennrm.rights import registry
from opennrm.rights.jurisdictions import Presets
from opennrm.rights.keeping import IncidentSituation, RetentionSituation
from opennrm.rights.openness import LabelSituation
from opennrm.rights.support import PlanSituation, TakingSituation


def form_turned_away(case: Case, presets: Presets, at: datetime) -> TakingSituation | None:
    """Say that a service turned her away for the form of exploitation, if one did."""
    refused = turned_away(case, "R04")
    return TakingSituation(frozenset(case.forms) | {"unknown"}) if refused else None


def sex_turned_away(case: Case, presets: Presets, at: datetime) -> TakingSituation | None:
    """Say that a service had no place for her sex, if one did, and no other was found since."""
    refused = turned_away(case, "R05")
    return TakingSituation(frozenset({"her_sex"}), others_take=False) if refused else None


def newest_plan(case: Case, presets: Presets, at: datetime) -> PlanSituation | None:
    """Say how the newest plan was made."""
    plan = case.newest("plan_agreed")
    return plan_situation(plan) if plan and not case.is_closed else None


def plan_situation(plan: Fact) -> PlanSituation:
    """Say what a plan holds of her own, and whether it was talked over with her."""
    own = plan.flag("own_entry")
    discussed = plan.flag("discussed")
    return PlanSituation(
        has_own_entry=plan.has_sealed or None if own is None else own,
        was_discussed=bool(plan.text("discussed_on")) or None if discussed is None else discussed,
        has_language=bool(plan.text("language")),
    )


def label_given(case: Case, presets: Presets, at: datetime) -> LabelSituation | None:
    """Say what others called the case, where they called it something."""
    labels = frozenset(
        label for fact in case.of_kind("contact_recorded") for label in fact.texts("labels")
    )
    return LabelSituation(labels, bool(case.of_kind("screening_recorded"))) if labels else None


def time_over(case: Case, presets: Presets, at: datetime) -> RetentionSituation | None:
    """Say how a closed case stands with its time of keeping."""
    return retention_situation(case) if case.is_closed else None


def data_got_out(case: Case, presets: Presets, at: datetime) -> IncidentSituation | None:
    """Say how the data breach stands that most needs somebody to act."""
    on = at.date()
    found = [incident_situation(case, one, presets) for one in data_breaches(case)]
    order = {"broken": 0, "not_known": 1, "holds": 2}
    ranked = sorted(found, key=lambda one: order[registry.ask("R52", one, on).answer])
    return ranked[0] if ranked else None


WARNERS = (
    Warner("R04", frozenset({"D9"}), form_turned_away),
    Warner("R05", frozenset({"D9"}), sex_turned_away),
    Warner("R10", frozenset({"D9"}), newest_plan),
    Warner("R12", frozenset({"D9"}), newest_plan),
    Warner("R22", frozenset({"D1", "D4"}), label_given),
    Warner("R50", frozenset({"D1"}), time_over),
    Warner("R52", frozenset({"D1"}), data_got_out),
)
