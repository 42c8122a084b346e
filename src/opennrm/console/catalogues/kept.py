"""Keeps one catalogue for each language: renews it from the code, counts and checks it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.core import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

from opennrm.console.catalogues.found import PACKAGE, Text, texts

PLACE = PACKAGE / "locale"
LANGUAGES = ("ar", "de", "es", "fr", "it", "ru")
# No time of writing stands in a catalogue, so that the same texts give the same file.
NO_TIME = datetime(2026, 1, 1, tzinfo=UTC)
HOLDER = re.compile(r"%\((\w+)\)[sd]|%%|\{\w*\}|<[^<>]+>")


def file_of(language: str) -> Path:
    """Return where the catalogue of a language is kept."""
    return PLACE / language / "LC_MESSAGES" / "django.po"


def kept(language: str) -> Catalog:
    """Read the catalogue of a language; one that is not there yet is empty."""
    path = file_of(language)
    if not path.exists():
        return _empty(language)
    with path.open("rb") as held:
        return read_po(held, locale=language)


def renewed(language: str, wanted: dict[str, Text] | None = None) -> Catalog:
    """Return the catalogue with every text of the code and no other; translations stay."""
    before, after = kept(language), _empty(language)
    for text, forms in (texts() if wanted is None else wanted).items():
        old = before.get(text)
        same = old is not None and isinstance(old.id, str) == isinstance(forms, str)
        after.add(forms, string=old.string if same and old is not None else None)
    return after


def written(catalog: Catalog) -> bytes:
    """Write a catalogue as it is kept."""
    out = BytesIO()
    write_po(out, catalog, width=0, no_location=True, omit_header=False)
    return out.getvalue()


def missing(catalog: Catalog) -> list[Message]:
    """Return the messages without a translation."""
    return [one for one in catalog if one.id and not all(_forms(one.string))]


def faults(catalog: Catalog) -> Iterator[str]:
    """Name each translation whose values, marks or forms are not those of the English text."""
    for one in catalog:
        english, forms = _forms(one.id), _forms(one.string)
        if not one.id or not all(forms):
            continue
        for form in forms:
            if _holders(form) != _holders(english[-1]) and not _may_leave_out(english, form):
                wanted, held = _holders(english[-1]), _holders(form)
                yield f"{english[-1]!r} holds {wanted}, {form!r} holds {held}"
        if len(english) > 1 and len(forms) != catalog.num_plurals:
            yield f"{english[0]!r} needs {catalog.num_plurals} forms"


def _holders(text: str) -> list[str]:
    return sorted(found.group() for found in HOLDER.finditer(text))


def _may_leave_out(english: list[str], form: str) -> bool:
    """A form for one, or for two, may say the number in words."""
    return len(english) > 1 and set(_holders(form)) < set(_holders(english[-1]))


def _forms(said: str | Sequence[str] | None) -> list[str]:
    return [said] if isinstance(said, str) else list(said or ("",))


def _empty(language: str) -> Catalog:
    return Catalog(
        locale=Locale.parse(language),
        domain="django",
        project="OpenNRM",
        version="0.1",
        msgid_bugs_address="",
        last_translator="",
        language_team="",
        header_comment="# Texts of OpenNRM. Renewed by `./run languages`; translations are kept.",
        creation_date=NO_TIME,
        revision_date=NO_TIME,
        fuzzy=False,
    )
