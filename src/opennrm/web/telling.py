"""Tells facts in words: their codes, days and names the way a person reads them."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from uuid import UUID

from django.utils.translation import gettext

from opennrm.indicators.catalogue import indicators
from opennrm.lifecycle.fields import Field, OpenValue, Shape
from opennrm.lifecycle.kinds import KINDS
from opennrm.vocabulary.countries import country_name
from opennrm.vocabulary.languages import language_name
from opennrm.vocabulary.redress import HeadOfLoss
from opennrm.web import field_labels, held_steps, money, people, words
from opennrm.web.forms import fields as ask

# What opens a file, and what it was before it was cleaned: for the program, not for a page.
UNSAID = frozenset({"content_key", "original"})
QUIET = frozenset({"digest", "not_asked", "signs", "jurisdiction", "population"})
QUIET_NO = frozenset({"assent", "guardian", "interpreter", "left_early", "late"})
SUMMARY = re.compile(r"D[0-9]+S")
AMOUNTS = frozenset({"amount", *HeadOfLoss})
SEALED_WORDS = {
    "own_words": "In the person's own words",
    "words": "In the person's own words",
    "called": "Wants to be called",
    "names": "Names",
    "safe_way": "Safe way to reach the person",
    "whereabouts": "Where the person is",
}


def said(
    kind: str, parts: Mapping[str, OpenValue], names: Mapping[UUID, str]
) -> list[tuple[str, str]]:
    """Return the open part of a fact as pairs of words, in the order of its kind."""
    given = ((name, parts[name]) for name in KINDS[kind].fields if name in parts)
    currency = str(parts.get("currency") or "")
    return [
        pair
        for name, value in given
        for pair in _amount(name, value, currency) or _pair(kind, name, value, names)
    ]


def opened(told: Mapping[str, str] | None) -> list[tuple[str, str]]:
    """Return the sealed part of a fact, where it was opened, as pairs of words."""
    pairs = ((name, text) for name, text in (told or {}).items() if name not in UNSAID)
    return [(gettext(SEALED_WORDS.get(k, ask.spoken(k))), text) for k, text in pairs if text]


def value_said(kind: str, name: str, value: OpenValue | None, names: Mapping[UUID, str]) -> str:
    """Return one field of the open part of a fact in words, or nothing where it says nothing."""
    pairs = () if value is None else _pair(kind, name, value, names)
    return next((told for _label, told in pairs), "")


def _amount(name: str, value: OpenValue, currency: str) -> list[tuple[str, str]]:
    """Say an amount of money in full, with its currency."""
    if name not in AMOUNTS or not currency or not isinstance(value, int):
        return []
    return [(gettext(ask.spoken(name)), money.said(value, currency))]


def _pair(
    kind: str, name: str, value: OpenValue, names: Mapping[UUID, str]
) -> Iterator[tuple[str, str]]:
    goes_without_saying = name in QUIET or (name in QUIET_NO and value is False)
    if goes_without_saying or value in (None, "", []):
        return
    said_by = f"{kind}.{name}" if f"{kind}.{name}" in IN_WORDS else name
    told = _in_words(said_by, KINDS[kind].fields[name], value, names)
    if told:
        yield field_labels.label(kind, name), told


def _in_words(name: str, field: Field, value: OpenValue, names: Mapping[UUID, str]) -> str:
    if isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    if isinstance(value, list | tuple):
        told = (_one(name, field, each, names) for each in value if not _in_full(each, value))
        return "; ".join(filter(None, told))
    return _one(name, field, str(value), names)


def _in_full(code: str, codes: Iterable[str]) -> bool:
    """Tell whether a part is named in full beside its summary."""
    return bool(SUMMARY.fullmatch(code)) and code[:-1] in codes


def _one(name: str, field: Field, value: str, names: Mapping[UUID, str]) -> str:
    if field.shape is Shape.REFERENCE:
        return names.get(UUID(value), "")
    if field.shape in (Shape.DAY, Shape.MOMENT_OR_DAY):
        return words.iso_day(value)
    return IN_WORDS.get(name, words.any_label)(value)


def _country(value: str) -> str:
    known = len(value) == 2
    return country_name(value, _page_language()) if known else words.any_label(value)


def _language(value: str) -> str:
    return language_name(value, _page_language())


def _sign(value: str) -> str:
    return gettext(indicators()[value].text) if value in indicators() else value


def _answer(value: str) -> str:
    return words.label(value, "offer_answer")


def _outcome(value: str) -> str:
    domain, _dot, level = value.partition(".")
    return f"{words.label(domain, 'outcome_domain')}: {words.label(level, 'outcome_level')}"


def _purpose(value: str) -> str:
    labels = dict(ask.codes("consent_given", "purpose", "consent_purpose", "purpose"))
    return str(labels.get(value, value))


def _page_language() -> str:
    return str(words.locale().language)


# Codes that several lists share, each said by the list of its own field.
LISTS = {
    "act": "unlawful_act",
    "agenda_shown": "agenda_shown",
    "conference_topics": "conference_topic",
    "handing_reason": "handing_reason",
    "taking_part": "taking_part",
    "task_end": "task_end",
    "adjourned_because": "adjournment_reason",
    "after_hearing": "after_hearing",
    "aid_answer": "legal_aid_answer",
    "asset_step": "asset_step",
    "arranged": "court_day_item",
    "not_needed": "court_day_item",
    "travel_event": "travel_event",
    "claim_outcome": "claim_outcome",
    "enforcement": "enforcement_step",
    "evidence": "evidence_line",
    "explained": "explained_topic",
    "finding": "compelled_finding",
    "hearing": "hearing_kind",
    "hearing_outcome": "hearing_outcome",
    "liability": "liability_step",
    "lines": "evidence_line",
    "measure_state": "measure_state",
    "payer": "payer",
    "route_answer": "route_answer",
    "route_reason": "route_reason",
    "statement": "statement_kind",
}
IN_WORDS: Mapping[str, Callable[[str], str]] = {
    **{name: partial(words.label, name=listed) for name, listed in LISTS.items()},
    "currency": lambda value: value,
    "act_held.act": partial(words.label, name="held_act"),
    "act_held.step": held_steps.named,
    "answer": _answer,
    "compartments": people.part_name,
    "country": _country,
    "citizenship": _country,
    "language": _language,
    "outcomes": _outcome,
    "provider_role": people.role_name,
    "purpose": _purpose,
    "recipient_role": people.role_name,
    "scope": people.part_name,
    "scopes": people.part_name,
    "seen": _sign,
    "to_role": people.role_name,
    "told": _sign,
}
