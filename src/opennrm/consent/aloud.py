"""The words that are read aloud before somebody is asked for consent, in many languages."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

SOURCE = Path(__file__).parent / "aloud.yaml"
USUAL = "en"


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence and the picture that stands beside it."""

    picture: str
    words: str


@dataclass(frozen=True, slots=True)
class Aloud:
    """The whole text in one language, and whether somebody who speaks it at home has read it."""

    language: str
    sentences: tuple[Sentence, ...]
    is_reviewed: bool


def languages() -> tuple[str, ...]:
    """Return the languages there is a text in, by their codes."""
    return tuple(_source()["languages"])


def language_for(spoken: str | None) -> str:
    """Return the language of the text for somebody who speaks another: English.

    >>> language_for("ar-SY"), language_for("my")
    ('ar', 'en')
    """
    code = (spoken or "").split("-")[0]
    return code if code in languages() else USUAL


def text_in(language: str) -> Aloud:
    """Return the text in one of its languages.

    :raises KeyError: when there is none in this language.
    """
    source = _source()
    words: Mapping[str, Any] = source["languages"][language]
    spoken = tuple(Sentence(picture, str(words[picture])) for picture in source["pictures"])
    return Aloud(language, spoken, bool(words["reviewed"]))


@cache
def _source() -> Mapping[str, Any]:
    found: Mapping[str, Any] = yaml.safe_load(SOURCE.read_text(encoding="utf-8"))
    return found
