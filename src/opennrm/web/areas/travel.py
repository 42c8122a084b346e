"""Travel: how far a return has come, and the day itself with one button for what happens."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import uuid4

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from opennrm.lifecycle.case import Case
from opennrm.lifecycle.returning import Return, departed, open_return, valid_until
from opennrm.lifecycle.travel import ALARMS, travel_day
from opennrm.vocabulary.countries import country_name
from opennrm.vocabulary.returns import TravelEvent
from opennrm.web import telling, words
from opennrm.web.areas.area import Area, Section, pairs
from opennrm.web.open_case import OpenCase

DESCRIBED = "travel_day_described"
# What to do at once, beside the button that tells everybody.
WHAT_TO_DO = {
    TravelEvent.MET: _("Ask for the code word first. Whoever does not know it is not followed."),
    TravelEvent.WRONG_CODE_WORD: _(
        "Stay with the person among other people. Do not go along. Call the number for trouble."
    ),
    TravelEvent.NO_SHOW: _(
        "Call the safe number once. Then call the case manager; tell the police only as agreed."
    ),
    TravelEvent.DELAYED: _("Tell who meets the person. The hour counts again from the new time."),
    TravelEvent.FLIGHT_DIVERTED: _(
        "Tell the person not to leave the airport. Find a service at the new place."
    ),
    TravelEvent.POLICE_WAITING: _(
        "The person is not handed over. Call the lawyer and the focal point before anybody talks."
    ),
    TravelEvent.TURNED_BACK: _(
        "The person goes back to the house here. Nothing is lost, and nobody asks for reasons."
    ),
    TravelEvent.LEFT: _("Tell who meets the person at the other end."),
    TravelEvent.RECEIVED: _("Ask when the person wants to be called, and by whom."),
    TravelEvent.SAFE_AGAIN: _("Tell everybody who was looking."),
}
ORDER = (*WHAT_TO_DO,)


def cells(case: Case, today: date) -> tuple[str, ...]:
    """Say where the return stands, until when its assessment holds, and when she travels."""
    opened = open_return(case)
    until = valid_until(opened.assessment) if opened else None
    day = travel_day(case)
    return (_stage(opened), words.day(until), words.moment(day.meet_at) if day else "")


def sections(case: OpenCase) -> Iterator[Section]:
    """Say each step of the return, and what happened on the day."""
    opened, left = open_return(case.case), departed(case.case)
    if opened is not None:
        yield Section(gettext("The return"), _steps(opened))
    day = travel_day(case.case)
    if day is not None and day.events:
        lines = tuple(
            f"{words.moment(one.at)}: {words.label(one.text('travel_event') or '', LISTED)}"
            for one in day.events
        )
        yield Section(gettext("What happened on the day"), lines=lines)
    if left is not None:
        yield Section(
            gettext("Gone"), pairs((gettext("Left on"), words.iso_day(left.text("departed_on"))))
        )


LISTED = "travel_event"


def beside(case: OpenCase) -> dict[str, Any]:
    """Prepare the day of travel: the hour, what is sealed where it is open, one button each."""
    day = travel_day(case.case)
    if day is None:
        return {"travel": None}
    return {
        "travel": {
            "meet_at": day.meet_at,
            "is_missed": day.is_missed(case.at),
            "alarm": words.label(day.alarm.text("travel_event") or "", LISTED)
            if day.alarm
            else "",
            "told": _told(case),
            "is_sealed": case.case.newest(DESCRIBED) is not None,
            "buttons": [_button(one) for one in ORDER],
        }
    }


def _told(case: OpenCase) -> list[tuple[str, str]]:
    for entry in case.page.timeline:
        if entry.fact.kind == DESCRIBED and entry.told is not None:
            return telling.opened(entry.told)
    return []


def _button(event: TravelEvent) -> dict[str, Any]:
    return {
        "code": event.value,
        "label": gettext(event.label),
        "do": WHAT_TO_DO[event],
        "is_alarm": event.value in ALARMS,
        "key": uuid4(),
    }


def _stage(opened: Return | None) -> str:
    if opened is None:
        return ""
    done = (
        (opened.authorisation, gettext("Authorised")),
        (opened.arrangement, gettext("Arranged")),
        (opened.choice, gettext("The person chose")),
        (opened.assessment, gettext("Risks assessed")),
    )
    return next((said for fact, said in done if fact is not None), gettext("Proposed"))


def _steps(opened: Return) -> tuple[tuple[str, str], ...]:
    proposal, choice, assessed = opened.proposal, opened.choice, opened.assessment
    country = proposal.text("country") or ""
    here = str(words.locale().language)
    taken_back = gettext("Taken back") if opened.taken_back else ""
    return pairs(
        (gettext("How it comes about"), words.label(opened.comes_about, "return_kind")),
        (gettext("Where to"), country_name(country, here) if len(country) == 2 else ""),
        (
            gettext("Risks"),
            words.label(assessed.text("outcome") or "", "return_outcome")
            if assessed
            else gettext("Not assessed: nobody travels"),
        ),
        (gettext("Can be relied on before"), words.day(valid_until(assessed))),
        (
            gettext("What the person wants"),
            taken_back
            or (words.label(choice.text("wish") or "", "return_wish") if choice else ""),
        ),
        (gettext("Arranged on"), _day(opened.arrangement, "arranged_on")),
        (gettext("Authorised on"), _day(opened.authorisation, "authorised_on")),
    )


def _day(fact: Any, field: str) -> str:
    return words.iso_day(fact.text(field)) if fact else ""


AREA = Area(
    slug="travel",
    title=_("Travel"),
    empty=_("No case with a return is open to you."),
    parts=frozenset({"D8", "D8S"}),
    timers=frozenset({"T15", "T15D", "T15N", "T15S", "T16"}),
    kinds=(
        "return_proposed",
        "return_assessed",
        "return_choice_recorded",
        "return_choice_taken_back",
        "return_arranged",
        "return_authorised",
        "return_given_up",
        "travel_day_set",
        "travel_day_event",
        "departure_recorded",
        "arrival_recorded",
    ),
    group="return",
    columns=(_("Where it stands"), _("Assessment holds before"), _("Day of travel")),
    cells=cells,
    sections=sections,
    panel="areas/travel_day.html",
    beside=beside,
)
