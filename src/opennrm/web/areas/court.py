"""The court: proceedings, how often she was asked, each hearing with its day, the day after."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from opennrm.lifecycle.case import Case
from opennrm.lifecycle.facts import Fact
from opennrm.lifecycle.proceedings import (
    Hearing,
    hearings,
    measures_answered,
    proceedings,
    protection_for,
    statements,
)
from opennrm.vocabulary.justice import CourtDayItem
from opennrm.web import words
from opennrm.web.areas.area import Area, Section, labels, pairs
from opennrm.web.justice import standing
from opennrm.web.justice_court import hearing_line
from opennrm.web.open_case import OpenCase

DAY = "court_day_planned"
WITH_HEARING = (
    ("plan_court_day", _("Plan the day in court")),
    ("assess_protection", _("Protection the person needs")),
    ("answer_measures", _("Protection asked for, granted, refused")),
    ("end_hearing", _("What became of it, or a new day")),
    ("check_on_witness", _("Ask on the day after")),
)
HOW_ASKED = (
    ("own_request", _("the person asked for it"), _("the person did not ask for it")),
    ("lawyer_present", _("with a lawyer"), _("without a lawyer")),
    ("interpreter", _("with an interpreter, or none needed"), _("without an interpreter")),
    ("recorded", _("recorded"), _("not recorded")),
)


def cells(case: Case, today: date) -> tuple[str, ...]:
    """Say the next hearing, what is not arranged for it, and how often she was asked."""
    ahead = sorted((one for one in hearings(case) if not one.is_over), key=lambda one: one.on)
    coming = ahead[0] if ahead else None
    return (
        hearing_line(coming) if coming else "",
        _how_many(case, coming.fact) if coming else "",
        str(len(statements(case))),
    )


def sections(case: OpenCase) -> Iterator[Section]:
    """Say where the proceedings stand, how often she was asked, and each hearing."""
    yield Section(gettext("Proceedings"), tuple(standing(proceedings(case.case))))
    asked = statements(case.case)
    times = _times(len(asked))

    once = gettext("A recording and what was written spare the person from saying it again.")
    lines = tuple(_asked(fact, case) for fact in asked)
    yield Section(gettext("Heard once"), lines=(times, *lines, *((once,) if asked else ())))
    for one in sorted(hearings(case.case), key=lambda one: (one.is_over, one.on)):
        yield _hearing(one, case)


def still_open(case: Case, hearing: Fact) -> tuple[str, ...]:
    """Return what is neither arranged for the day of a hearing nor said to be not needed."""
    plans = case.naming("hearing_ref", hearing.fact_ref, DAY)
    done = {code for plan in plans for code in settled(plan)}
    return tuple(code.value for code in CourtDayItem if code not in done)


def settled(plan: Fact) -> tuple[str, ...]:
    """Return what a plan arranges or finds not needed."""
    return (*plan.texts("arranged"), *plan.texts("not_needed"))


def _times(count: int) -> str:
    """Say how often she was asked."""
    if not count:
        return gettext("Nobody has asked the person for a statement yet.")
    return ngettext(
        "The person was asked for a statement %(num)s time.",
        "The person was asked for a statement %(num)s times.",
        count,
    ) % {"num": count}


def _how_many(case: Case, hearing: Fact) -> str:
    every, still = len(CourtDayItem), len(still_open(case, hearing))
    return gettext("%(done)s of %(all)s") % {"done": every - still, "all": every}


def _hearing(one: Hearing, case: OpenCase) -> Section:
    fact, known = one.fact, case.case
    needed = protection_for(known, fact)
    plans = known.naming("hearing_ref", fact.fact_ref, DAY)
    checked = known.answering(fact.fact_ref, "witness_checked")
    outcome = one.ended.text("hearing_outcome") if one.ended else ""
    because = one.ended.texts("adjourned_because") if one.ended else ()
    said = pairs(
        (gettext("The person is called"), _yes(fact.flag("person_called"))),
        (gettext("Protection needed"), _needed(needed)),
        (gettext("Protection answered"), _answers(known, fact)),
        (gettext("Arranged for the day"), labels(_arranged(plans), "court_day_item")),
        (gettext("Still to arrange"), "" if one.is_over else _open(known, fact)),
        (gettext("What became of it"), words.label(outcome or "", "hearing_outcome")),
        (gettext("Why another day"), labels(because, "adjournment_reason")),
        (gettext("On the day after"), _after(checked)),
    )
    return Section(hearing_line(one), said, steps=_steps(case, fact.fact_ref))


def _open(case: Case, hearing: Fact) -> str:
    return labels(still_open(case, hearing), "court_day_item")


def _yes(flag: bool | None) -> str:
    return gettext("Yes") if flag else ""


def _arranged(plans: tuple[Fact, ...]) -> tuple[str, ...]:
    return tuple(code for plan in plans for code in plan.texts("arranged"))


def _needed(assessment: Fact | None) -> str:
    if assessment is None:
        return gettext("Nobody has assessed it yet")
    measures = labels(assessment.texts("measures"), "protection_measure")
    return measures or gettext("None, says the assessment")


def _answers(case: Case, hearing: Fact) -> str:
    """Say of each measure that was asked for what became of it last."""
    last: dict[str, str] = {}
    for fact in case.of_kind("protection_measures_answered"):
        for measure in fact.texts("measures"):
            last[measure] = fact.text("measure_state") or ""
    named = (one for one in last if one in measures_answered(case, hearing))
    said = (
        f"{words.label(one, 'protection_measure')}: {words.label(last[one], 'measure_state')}"
        for one in named
    )
    return "; ".join(said)


def _after(checked: tuple[Fact, ...]) -> str:
    return words.label(checked[-1].text("after_hearing") or "", "after_hearing") if checked else ""


def _asked(fact: Fact, case: OpenCase) -> str:
    kind = words.label(fact.text("statement") or "", "statement_kind")
    how = (
        str(yes if fact.flag(name) else no)
        for name, yes, no in HOW_ASKED
        if fact.flag(name) is not None
    )
    by, on = case.organisation_name(fact.organisation), words.iso_day(fact.text("taken_on"))
    return ", ".join((kind, on, by, *how))


def _steps(case: OpenCase, hearing: UUID) -> tuple[tuple[str, str], ...]:
    return tuple(
        (str(title), f"{reverse(name, args=[case.case.case_ref])}?about={hearing}")
        for name, title in WITH_HEARING
    )


AREA = Area(
    slug="court",
    title=_("Court"),
    empty=_("No case with a proceeding or a hearing is open to you."),
    parts=frozenset({"D6", "D6S"}),
    timers=frozenset({"T54", "T56", "T57", "T56D"}),
    kinds=(
        "criminal_step_recorded",
        "liability_recorded",
        "statement_booked",
        "statement_taken",
        "hearing_set",
        "hearing_ended",
        "protection_assessed",
        "protection_measures_answered",
        "court_day_planned",
        "witness_checked",
        "trial_observed",
    ),
    group="justice",
    columns=(_("Next hearing"), _("Arranged for the day"), _("Times asked")),
    cells=cells,
    sections=sections,
)
