"""What a code and a list of codes are: a word for machines, a label and a meaning for people."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

SHAPE = re.compile(r"[A-Za-z0-9_.:+-]{1,64}")


class Code(StrEnum):
    """A value of a closed list; it is its own code, and carries a label and a definition."""

    label: str
    definition: str
    _value_: str

    def __new__(cls, value: str, label: str = "", definition: str = "") -> Self:
        """Build the member from its code, English label and optional definition."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        member.definition = definition
        return member

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        """Find a member whatever the case it was written in."""
        wanted = str(value).casefold()
        return next((member for member in cls if member.value.casefold() == wanted), None)


class Verification(Code):
    """How far a source was checked; only confirmed values may be shown as law or scored."""

    STATED = "stated", "Stated in a source text", "Found at its line in a source text."
    PUBLIC_TEXT = "public_text", "Read in a public text", "Read in a public page or copy."
    SECONDARY = "secondary", "Read in a second-hand copy", "Read in a copy by someone else."
    KNOWLEDGE = "knowledge", "Known, not re-read", "To be confirmed before it is shown as law."
    PROJECT = "project", "Proposed by this project", "Not law; a State may change it."


@dataclass(frozen=True)
class CodeList:
    """A closed list of codes with what it means, where it comes from and how sure that is."""

    name: str
    title: str
    definition: str
    source: str
    verification: Verification
    codes: type[Code]

    def labels(self) -> dict[str, str]:
        """Return the English label of every code, in the order of the list."""
        return {member.value: member.label for member in self.codes}


def well_formed(value: str) -> bool:
    """Tell whether a text has the shape of a code, so that it may stand in an open part."""
    return SHAPE.fullmatch(value) is not None
