"""Asks the questions of one section of a reply, and reads the answers back as they were meant."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from opennrm.exchange.questionnaires.answer import Answer, Given, problems_with
from opennrm.exchange.questionnaires.question import NUMERIC, Kind, Question
from opennrm.web import words
from opennrm.web.forms import fields as ask

REASONS = (
    ("", _("There is an answer, or not yet")),
    (Given.NOT_AVAILABLE.value, _("Not available")),
    (Given.NOT_RELEVANT.value, _("Not relevant")),
)
ONE_DAY = timedelta(days=1)
EMPTY: tuple[Any, ...] = (None, "", [])


class AnswersForm(forms.Form):
    """The questions somebody may answer here, with what stands beside a value."""

    def __init__(
        self, questions: Iterable[Question], answers: Mapping[str, Answer], typed: Any = None
    ) -> None:
        self.questions = tuple(questions)
        initial = {
            name: value
            for one in self.questions
            if one.code in answers
            for name, value in _typed(one, answers[one.code]).items()
        }
        super().__init__(typed, initial=initial, auto_id="op-%s")
        for one in self.questions:
            self.fields.update(_fields(one))

    def names_of(self, question: Question) -> list[str]:
        """Name the fields that ask one question, in their order."""
        return list(_fields(question))

    def given(self) -> tuple[list[Answer], list[str]]:
        """Return the answers that are in order, and the codes of questions left empty.

        What is not in order stays on the form with what to write instead.
        """
        answers, emptied = [], []
        for one in self.questions:
            if any(name in self.errors for name in self.names_of(one)):
                continue
            answer = _read(one, self.cleaned_data)
            if answer is None:
                emptied.append(one.code)
                continue
            problems = problems_with(answer, one)
            for says in problems:
                self.add_error(one.code, words.said(says))
            if not problems:
                answers.append(answer)
        return answers, emptied


def _fields(question: Question) -> dict[str, forms.Field]:
    """Return the fields of one question by name; its own has the code as its name."""
    code = question.code
    made: dict[str, forms.Field] = {code: _value_field(question)}
    if question.kind in NUMERIC:
        made[f"{code}-least"] = ask.yes(_("It is at least this number"))
    if question.kind is Kind.PERCENT:
        made[f"{code}-base"] = ask.number(_("Of how many (the base)"))
    if question.dated:
        made[f"{code}-from"] = ask.day(_("From"), required=False)
        made[f"{code}-until"] = ask.day(_("Last day"), required=False)
    if question.sourced:
        made[f"{code}-source"] = ask.word(_("Where the answer comes from"))
    made[f"{code}-none"] = ask.one_from(_("If there is no answer"), REASONS[1:], required=False)
    made[f"{code}-comment"] = ask.word(_("Comment"), longest=2000)
    return made


def _value_field(question: Question) -> forms.Field:
    label = f"{question.code} {question.text}"
    hint = question.hint
    choices = [(one.code, one.label) for one in question.options]
    if question.kind is Kind.CHOICE:
        return ask.one_of(label, choices, hint=hint, required=False)
    if question.kind is Kind.CHOICES:
        return ask.several(label, choices, hint=hint)
    if question.kind in NUMERIC:
        unit = gettext("In %(unit)s. Zero is an answer.") % {"unit": question.unit}
        return forms.DecimalField(
            label=label,
            help_text=f"{hint} {unit}".strip(),
            required=False,
            max_digits=20,
            decimal_places=4,
            widget=forms.TextInput,
        )
    if question.kind is Kind.DAY:
        return ask.day(label, hint=hint, required=False)
    return ask.text(label, hint=hint)


def _typed(question: Question, answer: Answer) -> dict[str, Any]:
    """Write an answer into the fields of its question."""
    code = question.code
    until = answer.period_until - ONE_DAY if answer.period_until else None
    return {
        code: _shown(question, answer),
        f"{code}-least": answer.at_least,
        f"{code}-base": answer.base,
        f"{code}-from": answer.period_from,
        f"{code}-until": until,
        f"{code}-source": answer.source,
        f"{code}-none": "" if answer.has_value else answer.given.value,
        f"{code}-comment": answer.comment,
    }


def _shown(question: Question, answer: Answer) -> Any:
    if question.kind is Kind.CHOICE:
        return answer.choices[0] if answer.choices else ""
    if question.kind is Kind.CHOICES:
        return list(answer.choices)
    if question.kind in NUMERIC:
        return None if answer.number is None else f"{answer.number.normalize():f}"
    return answer.on if question.kind is Kind.DAY else answer.text


def _read(question: Question, typed: Mapping[str, Any]) -> Answer | None:
    """Read one answer, or nothing where all its fields were left empty."""
    code = question.code
    value, reason = typed.get(code), typed.get(f"{code}-none") or ""
    if value in EMPTY and not reason:
        return None
    until = typed.get(f"{code}-until")
    is_number = question.kind in NUMERIC and value not in EMPTY
    return Answer(
        code,
        Given(reason) if reason else Given.VALUE,
        choices=_chosen(question, value),
        number=value if is_number else None,
        text=value if question.kind is Kind.TEXT and value else "",
        on=value if question.kind is Kind.DAY else None,
        unit=question.unit if is_number else "",
        base=typed.get(f"{code}-base"),
        at_least=bool(typed.get(f"{code}-least")),
        period_from=typed.get(f"{code}-from"),
        period_until=until + ONE_DAY if until else None,
        definition=question.definition if is_number else "",
        source=typed.get(f"{code}-source") or "",
        comment=typed.get(f"{code}-comment") or "",
    )


def _chosen(question: Question, value: Any) -> tuple[str, ...]:
    if question.kind is Kind.CHOICE:
        return (value,) if value else ()
    return tuple(value) if question.kind is Kind.CHOICES and value else ()
