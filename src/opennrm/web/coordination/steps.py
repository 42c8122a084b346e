"""Steps of a row beside plain changes: opened, signed, activated, adopted, published."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from opennrm.web.forms import fields as ask
from opennrm.web.work import WorkRequest


class StepForm(forms.Form):
    """Asks why a step is taken, and for its day where it has one."""

    day = ask.day(_("On which day?"))
    why = ask.word(_("Why?"), hint=_("Kept in the history."), required=True)

    def __init__(self, *args: Any, asks_day: bool, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "op-%s")
        super().__init__(*args, **kwargs)
        if not asks_day:
            del self.fields["day"]


@dataclass(frozen=True, slots=True)
class Taken:
    """A step as it was asked for: the row, who asks, why, and the day where one was asked."""

    row: Any
    request: WorkRequest
    why: str
    day: Any = None


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its address and words, when it is offered to whom, and what does it."""

    name: str
    title: Any
    explains: Any
    is_offered: Callable[[Any, WorkRequest], bool]
    take: Callable[[Taken], Any]
    done: Any
    asks_day: bool = False
