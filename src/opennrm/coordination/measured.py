"""Finds the actions of plans whose effect shows in an indicator of the Rapporteur."""

from __future__ import annotations

import re
from collections.abc import Mapping

from opennrm.coordination.models import Action, Indicator

KEY = re.compile(r"\bNR\d\d\b")


def actions_by_key() -> Mapping[str, list[Action]]:
    """The actions under each key that stands in the words of one of their indicators."""
    found: dict[str, list[Action]] = {}
    rows = Indicator.objects.select_related("action").filter(text__contains="NR")
    for one in rows.order_by("action__number"):
        for key in dict.fromkeys(KEY.findall(one.text)):
            found.setdefault(key, []).append(one.action)
    return found
