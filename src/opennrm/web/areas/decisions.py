"""Decisions: what is decided and due, who signed, how she was told, what is looked at again."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from opennrm.lifecycle.case import Case
from opennrm.lifecycle.facts import Fact
from opennrm.lifecycle.recovery import period
from opennrm.web import decision_letter, words
from opennrm.web.areas.area import Area, Section, pairs, told
from opennrm.web.open_case import OpenCase

PRELIMINARY, FORMAL, AGAIN = (
    "reasonable_grounds_decided",
    "identification_decided",
    "reconsideration_asked",
)
OUTCOMES = {PRELIMINARY: "preliminary_outcome", FORMAL: "formal_outcome"}


def cells(case: Case, today: date) -> tuple[str, ...]:
    """Say the last decision, until when she has time to reflect, and what is looked at again."""
    decided = case.newest(PRELIMINARY, FORMAL)
    rests = period(case)
    again = [one for one in case.of_kind(AGAIN) if decided and one.position > decided.position]
    return (
        _outcome(decided) if decided else "",
        words.last_day(rests.until_on) if rests else "",
        words.iso_day(again[-1].text("asked_on")) if again else "",
    )


def sections(case: OpenCase) -> Iterator[Section]:
    """Say each decision with who signed and how she was told, the period, and what was asked."""
    for fact in case.decisions:
        yield _decision(fact, case)
    rests = period(case.case)
    if rests is not None:
        until = gettext("It rests") if rests.is_paused else words.last_day(rests.until_on)
        yield Section(
            gettext("Time to recover and reflect"),
            pairs(
                (gettext("The person was told on"), words.day(rests.told_on)),
                (gettext("Until"), until),
            ),
        )
    again = tuple(told(fact, case) for fact in case.case.of_kind(AGAIN))
    if again:
        yield Section(gettext("Asked to look again"), lines=again)


def _decision(fact: Fact, case: OpenCase) -> Section:
    given = case.case.naming("decision", fact.fact_ref, decision_letter.KIND)
    second = gettext("Yes") if fact.reference("second_reader") else ""
    letter = reverse("decision_letter", args=[case.case.case_ref, fact.fact_ref])
    return Section(
        decision_letter.decision_line(fact.kind, fact.text("decided_on")),
        pairs(
            (gettext("Decided"), _outcome(fact)),
            (gettext("By which standard"), words.any_label(fact.text("standard") or "")),
            (gettext("Signed by a second reader"), second),
            (gettext("What can be done against it until"), _day(fact, "remedy_until")),
            (gettext("How the person was told"), _given(given)),
        ),
        steps=((gettext("Letter for the person"), letter),),
    )


def _outcome(fact: Fact) -> str:
    return words.label(fact.text("outcome") or "", OUTCOMES[fact.kind])


def _day(fact: Fact, field: str) -> str:
    said = fact.text(field)
    return words.iso_day(said) if said else ""


def _given(letters: tuple[Fact, ...]) -> str:
    if not letters:
        return gettext("Not noted yet")
    return words.label(letters[-1].text("handed_over") or "", "letter_handover")


AREA = Area(
    slug="decisions",
    title=_("Decisions"),
    empty=_("No case with a decision is open to you."),
    parts=frozenset({"D14"}),
    timers=frozenset({"T05", "T06", "T06W", "T06P", "T09", "T10", "T20", "T20E", "T22"}),
    kinds=(PRELIMINARY, FORMAL, AGAIN, "recovery_period_opened", decision_letter.KIND),
    group="decide",
    columns=(_("Last decision"), _("Time to reflect until"), _("Asked to look again")),
    cells=cells,
    sections=sections,
)
