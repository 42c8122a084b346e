"""What was said about the person, as a decider reads it before deciding."""

from typing import Any

from opennrm.casework.reading_order import in_reading_order
from opennrm.lifecycle.facts import Fact
from opennrm.records import queries
from opennrm.web import telling, words
from opennrm.web.forms.act import Place


def what_was_heard(place: Place) -> dict[str, Any]:
    """List what was said about the person, by those who know her first."""
    houses = {one.organisation: one for one in queries.organisations(place.viewer)}
    kinds = {ref: house.kind for ref, house in houses.items()}
    names = {ref: house.name for ref, house in houses.items()}
    said = in_reading_order(place.case.case.standing, kinds)
    return {"heard": [_line(fact, place) | {"by": names.get(fact.organisation)} for fact in said]}


def _line(fact: Fact, place: Place) -> dict[str, Any]:
    return {
        "title": words.kind(fact.kind),
        "at": fact.at,
        "said": telling.said(fact.kind, fact.open, place.case.names),
    }
