"""What the rights ask of a case in justice and redress as it stands: warnings and questions."""

from collections.abc import Callable
from datetime import datetime, timedelta

from opennrm.casework.warner import Warner
from opennrm.lifecycle.calendars import calendar_for
from opennrm.lifecycle.case import Case
from opennrm.lifecycle.claims import money, unanswered_routes
from opennrm.lifecycle.proceedings import (
    AGAINST_HER,
    SUSPECT,
    TRIAL_ENDED,
    Hearing,
    has_sign,
    hearings,
    in_recovery,
    is_assessed,
    lawyer_offered,
    measures_answered,
    proceedings,
    protection_for,
    steps_against_her,
    unassessed,
)
from opennrm.rights.jurisdictions import Presets
from opennrm.rights.justice import (
    CompulsionSituation,
    EvidenceSituation,
    HearingSituation,
    ReflectionSituation,
    StatementSituation,
)
from opennrm.rights.redress import MoneySituation, RoutesSituation

CRIMINAL, REDRESS = frozenset({"D6"}), frozenset({"D13"})
BUILT_ON_EVIDENCE = frozenset({"investigation", "prosecution", "trial"})


def punished(case: Case, presets: Presets, at: datetime) -> CompulsionSituation | None:
    """Look at the step against her that waits longest for its assessment (R54)."""
    waiting = (*unassessed(case), *steps_against_her(case))
    if not waiting:
        return None
    worst = next((f for f in waiting if f.text("liability") in ("charged", "convicted")), None)
    step = worst if worst and not is_assessed(case, worst) else waiting[0]
    recorded_as = step.text("liability") if step.text("liability") in AGAINST_HER else SUSPECT
    return CompulsionSituation(recorded_as, has_sign(case), is_assessed(case, step))


def unaccompanied(case: Case, presets: Presets, at: datetime) -> StatementSituation | None:
    """Look at whether she has a lawyer, once a statement was booked or taken (R55)."""
    if not case.of_kind("statement_booked", "statement_taken"):
        return None
    return StatementSituation(*lawyer_offered(case))


def pressed(case: Case, presets: Presets, at: datetime) -> ReflectionSituation | None:
    """Look at a statement that is booked in her time to reflect, for a day to come (R24)."""
    today = calendar_for(presets).local_day(at).isoformat()
    ahead = [f for f in case.of_kind("statement_booked") if (f.text("booked_for") or "") >= today]
    if not ahead:
        return None
    booked = ahead[-1]
    return ReflectionSituation(
        in_recovery=in_recovery(case, calendar_for(presets).local_day(at)),
        own_request=booked.flag("own_request"),
        lawyer_noted=booked.flag("lawyer_present"),
        interpreter_noted=booked.flag("interpreter"),
        second_opinion="agrees" if booked.reference("hold") else None,
    )


def unprotected(case: Case, presets: Presets, at: datetime) -> HearingSituation | None:
    """Look at the next hearing (R56)."""
    today = calendar_for(presets).local_day(at)
    ahead = sorted((one for one in hearings(case) if one.is_ahead(today)), key=_on)
    if not ahead:
        return None
    hearing = ahead[0]
    assessed = protection_for(case, hearing.fact)
    lead = timedelta(days=presets.value("protection_assessment_lead", today).number)
    return HearingSituation(
        is_ahead=True,
        is_assessed=assessed is not None,
        is_due=today >= hearing.on - lead,
        needed=frozenset(assessed.texts("measures")) if assessed else frozenset(),
        answered=measures_answered(case, hearing.fact),
    )


def resting_on_her(case: Case, presets: Presets, at: datetime) -> EvidenceSituation | None:
    """Look at what a running proceeding rests on beside what she says (R57)."""
    running = [one for one in proceedings(case) if one.state in BUILT_ON_EVIDENCE]
    if not any(one.capacity != SUSPECT for one in running):
        return None
    checked = case.newest("evidence_recorded")
    lines = frozenset(checked.texts("lines")) if checked else None
    return EvidenceSituation(is_running=True, lines=lines)


def unanswered(case: Case, presets: Presets, at: datetime) -> RoutesSituation | None:
    """Look at the routes to compensation once a trial is over (R58)."""
    if not any(one.state in TRIAL_ENDED for one in proceedings(case)):
        return None
    return RoutesSituation(has_sign(case) is True, frozenset(unanswered_routes(case)))


def unpaid(currency_at: int) -> Callable[[Case, Presets, datetime], MoneySituation | None]:
    """Make a look at the money of one of the currencies something was awarded in (R59)."""

    def look(case: Case, presets: Presets, at: datetime) -> MoneySituation | None:
        kept = money(case)
        awarded = sorted(kept.awarded.items())
        if currency_at >= len(awarded):
            return None
        code, amount = awarded[currency_at]
        return MoneySituation(amount, kept.paid.get(code))

    return look


def _on(hearing: Hearing) -> str:
    return hearing.on.isoformat()


WARNERS = (
    Warner("R24", CRIMINAL | {"D14"}, pressed),
    Warner("R54", CRIMINAL, punished),
    Warner("R55", CRIMINAL, unaccompanied),
    Warner("R56", CRIMINAL, unprotected),
    Warner("R57", CRIMINAL, resting_on_her),
    Warner("R58", CRIMINAL | REDRESS, unanswered),
    *(Warner("R59", REDRESS, unpaid(number)) for number in range(3)),
)
