"""Writes a field form as an XLSForm workbook, with a column of words for each language."""

import io
from collections.abc import Callable, Sequence

import xlsxwriter  # type: ignore[import-untyped, unused-ignore]

from opennrm.exchange.field_forms.asking import FORM_VERSION, Asked, FieldForm

Translate = Callable[[str, str], str]


def written(form: FieldForm, languages: Sequence[tuple[str, str]], say: Translate) -> bytes:
    """Return the workbook of a form.

    `languages` are codes with names; `say` puts a text into a language. The first language is the
    one a telephone shows when it knows none of the others.
    """
    kept = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    with xlsxwriter.Workbook(kept, options) as book:
        for name, rows in _sheets(form, languages, say).items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return kept.getvalue()


def _sheets(
    form: FieldForm, languages: Sequence[tuple[str, str]], say: Translate
) -> dict[str, list[list[str]]]:
    def words(text: str) -> list[str]:
        return [say(code, text) if text else "" for code, _name in languages]

    def heads(what: str) -> list[str]:
        return [f"{what}::{name} ({code})" for code, name in languages]

    survey = [["type", "name", *heads("label"), *heads("hint"), "required", "relevant"]]
    survey += [["start", "start"], ["end", "end"]]
    survey += [_question(one, words) for one in form.questions]
    choices = [["list_name", "name", *heads("label")]]
    for name, offered in form.choices.items():
        choices += [[name, code, *words(label)] for code, label in offered]
    default = f"{languages[0][1]} ({languages[0][0]})"
    settings = [
        ["form_title", "form_id", "version", "default_language"],
        [say(languages[0][0], form.title), form.form_id, FORM_VERSION, default],
    ]
    return {"survey": survey, "choices": choices, "settings": settings}


def _question(one: Asked, words: Callable[[str], list[str]]) -> list[str]:
    required = "yes" if one.required else ""
    return [one.kind, one.name, *words(one.label), *words(one.hint), required, one.relevant]
