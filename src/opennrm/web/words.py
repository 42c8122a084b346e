"""Says days, moments and codes the way a person reads them, in the language of the page."""

import re
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any

from babel.core import Locale, UnknownLocaleError
from babel.dates import format_date, format_datetime, format_time
from babel.messages.mofile import read_mo
from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language, get_language_bidi, gettext, to_locale
from django.utils.translation import gettext_lazy as _
from markupsafe import Markup

from opennrm.lifecycle.deadline import TIMERS
from opennrm.lifecycle.kinds import KINDS
from opennrm.vocabulary import registry
from opennrm.vocabulary.revealing import revealing_words

APART, JOINED = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"
UNBROKEN = "\N{WORD JOINER}"
PLACE = re.compile(r"\{(\w+)\}")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")

NOTICES = {
    "referral_received": _("You are asked to take part"),
    "referral_accepted": _("Your request was accepted"),
    "offer_accepted": _("Your request was accepted"),
    "referral_declined": _("Your request was declined"),
    "offer_declined": _("Your request was declined"),
    "referral_asks": _("There is a question about your request"),
    "offer_asks": _("There is a question about your request"),
    "offer_accepted_by_person": _("The person accepted the offer"),
    "offer_declined_by_person": _("The person declined the offer"),
    "opinion_asked": _("You were asked for an opinion"),
    "possible_non_punishment": _("The person is a suspect, was fined or charged"),
    "removal_not_allowed": _("A removal is not allowed now"),
}
ALSO_DUE = {"support_after_hearing": "T56D", "travel_alarm": "T15S"}


def locale() -> Locale:
    """Return the locale of the page, English when the language is not known to CLDR."""
    wanted = to_locale(get_language() or "en")
    if wanted == "en":
        wanted = "en_GB"
    try:
        return Locale.parse(wanted)
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en_GB")


def day(value: date | None) -> str:
    """Write a day in words, such as 4 March 2026."""
    if value is None:
        return ""
    shown = _here(value).date() if isinstance(value, datetime) else value
    return format_date(shown, format="long", locale=locale())


def last_day(value: date | None) -> str:
    """Write the last day that still counts of something whose end is excluded."""
    if value is None:
        return ""
    step = timedelta(microseconds=1) if isinstance(value, datetime) else timedelta(days=1)
    return day(value - step)


def moment(value: datetime | None) -> str:
    """Write a moment as day and time on the clock of the place where the reader works."""
    if value is None:
        return ""
    return format_datetime(_here(value), format="d MMM y, HH:mm", locale=locale())


def clock(value: datetime) -> str:
    """Write the time of day of a moment."""
    return format_time(_here(value), format="short", locale=locale())


def said(sentence: object) -> str:
    """Say a sentence of the law or a refusal, with its values where the other language has them.

    The rooms of law join values into English sentences; a catalogue holds such a sentence with the
    names of its values in braces.
    """
    english = str(sentence)
    translated = gettext(english)
    if translated != english or get_language() in ("en", None):
        return translated
    for shape, template in _templates(str(get_language())):
        found = shape.fullmatch(english)
        if found:
            values = {name: _value(one or "") for name, one in found.groupdict().items()}
            return template.format(**values)
    return english


@cache
def _templates(language: str) -> list[tuple[re.Pattern[str], str]]:
    """Return the sentences with places for values, those that say most by themselves first."""
    path = settings.LOCALE_PATHS[0] / to_locale(language) / "LC_MESSAGES" / "django.mo"
    if not path.exists():
        return []
    with path.open("rb") as made:
        pairs = [
            (one.id, one.string)
            for one in read_mo(made)
            if isinstance(one.id, str) and isinstance(one.string, str) and PLACE.search(one.id)
        ]
    pairs.sort(key=lambda pair: len(PLACE.sub("", pair[0])), reverse=True)
    return [(_shape(english), translated) for english, translated in pairs]


def _shape(english: str) -> re.Pattern[str]:
    parts = PLACE.split(english)
    named = [f"(?P<{part}>.*)" if at % 2 else re.escape(part) for at, part in enumerate(parts)]
    return re.compile("".join(named), re.DOTALL)


def _value(value: str) -> str:
    """Say a value: a day in words, every other one as the catalogue has it."""
    if DAY.fullmatch(value):
        return day(date.fromisoformat(value))
    mark = "; " if "; " in value or gettext(value) != value else ", "
    return mark.join(gettext(part) if part else "" for part in value.split(mark))


def label(value: str, name: str) -> str:
    """Say a code of a list in words."""
    return gettext(registry.label(name, value)) if value else ""


def kind(name: str) -> str:
    """Say in words what kind of fact this is."""
    return gettext(KINDS[name].label) if name in KINDS else name


def timer(name: str) -> str:
    """Say in words what is due."""
    return gettext(TIMERS.get(name, name))


@cache
def _every_label() -> dict[str, str]:
    found: dict[str, str] = {}
    for entry in registry.code_lists():
        for each, text in entry.labels().items():
            found.setdefault(each, text)
    return found


def any_label(value: str) -> str:
    """Say a code in words, whichever list it comes from."""
    return gettext(_every_label().get(value) or value.replace("_", " ").capitalize())


def notice(name: str) -> str:
    """Say in words what a notice tells: most tell of a fact, and are called like it."""
    if name in NOTICES:
        return str(NOTICES[name])
    if name in ALSO_DUE:
        return timer(ALSO_DUE[name])
    return kind(name) if name in KINDS else any_label(name)


def code(value: object) -> Markup:
    """Mark a reference so that it keeps its direction in every script."""
    return Markup('<span class="op-code">{}</span>').format(value)


def apart(text: str) -> str:
    """Keep a name or a reference in its own direction within a line that runs from the right.

    For text that may hold no markup, such as the label of a choice. One word stays on one line.
    """
    if not get_language_bidi():
        return text
    whole = text if " " in text else text.replace("-", f"-{UNBROKEN}")
    return f"{APART}{whole}{JOINED}"


def iso_day(value: str | None) -> str:
    """Write a day kept as a code, such as 2026-03-04, in words."""
    return day(date.fromisoformat(value[:10])) if value else gettext("no set day")


def _here(value: datetime) -> datetime:
    aware = value if value.tzinfo else value.replace(tzinfo=UTC)
    return timezone.localtime(aware)


def on_tab(heading: Any) -> str:
    """Say a heading where others see it: in the list of windows, and in the history of a browser.

    One that holds a word of R48 gives way to one that says nothing.
    """
    text = str(heading)
    return gettext("A step on the case") if revealing_words(text) else text
