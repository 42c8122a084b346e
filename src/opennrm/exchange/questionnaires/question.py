"""What a questionnaire asks: questions with kinds, units and options, in sections and versions."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What an answer to a question is made of."""

    CHOICE = "choice"
    CHOICES = "choices"
    COUNT = "count"
    NUMBER = "number"
    PERCENT = "percent"
    DAY = "day"
    TEXT = "text"


CHOOSING = frozenset({Kind.CHOICE, Kind.CHOICES})
NUMERIC = frozenset({Kind.COUNT, Kind.NUMBER, Kind.PERCENT})


class Side(StrEnum):
    """Whether a question is about what is promised or about what is done."""

    NEITHER = ""
    POLICY = "policy"
    PRACTICE = "practice"


class Group(StrEnum):
    """Who replies to a questionnaire."""

    STATE = "state"
    NGO = "ngo"
    BODY = "body"
    REGISTER = "register"


@dataclass(frozen=True, slots=True)
class Option:
    """One answer that may be chosen; ``is_open`` when its number was never stated."""

    code: str
    label: str
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Condition:
    """A question is asked only of those who chose one of these answers to another."""

    question: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """One question.

    ``concept`` is what it asks in the same way in every round; ``definition`` is what its words
    mean; ``dated`` and ``sourced`` say that an answer needs its period and its source.
    """

    code: str
    text: str
    kind: Kind
    section: str
    options: tuple[Option, ...] = ()
    unit: str = ""
    hint: str = ""
    concept: str = ""
    definition: str = ""
    side: Side = Side.NEITHER
    practice_of: str = ""
    asked_if: Condition | None = None
    groups: tuple[Group, ...] = (Group.STATE, Group.NGO)
    articles: tuple[str, ...] = ()
    coded: bool = False
    dated: bool = False
    sourced: bool = False
    required: bool = False

    def option(self, code: str) -> Option | None:
        """Find an option by its code."""
        return next((one for one in self.options if one.code == code), None)

    def label(self, code: str) -> str:
        """Say an option in words, or its code where the option is gone."""
        found = self.option(code)
        return found.label if found else code


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """One version of a questionnaire: numbered questions in the order in which they are asked."""

    key: str
    version: int
    title: str
    language: str
    source: str
    sections: Mapping[str, str]
    questions: tuple[Question, ...]

    def question(self, code: str) -> Question:
        """Find a question by its code.

        :raises NoSuchQuestion: when this version does not ask it.
        """
        for one in self.questions:
            if one.code == code:
                return one
        raise NoSuchQuestion(f"No question {code} in {self.key} {self.version}.")

    def asks(self, code: str) -> bool:
        """Tell whether this version asks a question."""
        return any(one.code == code for one in self.questions)

    def of(self, group: Group) -> tuple[Question, ...]:
        """List the questions that one group of respondents is asked."""
        return tuple(one for one in self.questions if group in one.groups)

    def named(self) -> str:
        """Name the version in a line."""
        return f"{self.title} ({self.key}, version {self.version})"


class NoSuchQuestion(LookupError):
    """This version of the questionnaire does not ask that."""


class QuestionnaireRefused(ValueError):
    """A questionnaire is not in order; each problem names its place and what to write instead."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def problems_of(wanted: Questionnaire) -> tuple[str, ...]:
    """List what is wrong with a questionnaire, question by question; nothing when in order."""
    seen: set[str] = set()
    found: list[str] = [] if wanted.questions else ["It asks nothing: add at least one question."]
    for one in wanted.questions:
        found += [f"Question {one.code}: {says}" for says in _problems(one, wanted, seen)]
        seen.add(one.code)
    return tuple(found)


def _problems(one: Question, within: Questionnaire, seen: set[str]) -> list[str]:
    said = []
    if one.code in seen:
        said.append("its code is used twice. Give each question a code of its own.")
    if one.section not in within.sections:
        said.append(f"section {one.section} is not in the list of sections.")
    if (one.kind in CHOOSING) is not bool(one.options):
        said.append("give options where one chooses, and none elsewhere.")
    if len({option.code for option in one.options}) < len(one.options):
        said.append("two options have the same code.")
    if one.kind in NUMERIC and not one.unit:
        said.append("a number needs its unit.")
    return said + _dangling(one, within, seen)


def _dangling(one: Question, within: Questionnaire, seen: set[str]) -> list[str]:
    said = []
    if one.asked_if is not None and one.asked_if.question not in seen:
        said.append(f"it hangs on {one.asked_if.question}, which is not asked before it.")
    elif one.asked_if is not None:
        earlier = within.question(one.asked_if.question)
        gone = [code for code in one.asked_if.codes if earlier.option(code) is None]
        said += [
            f"it hangs on answer {code}, which {earlier.code} does not offer." for code in gone
        ]
    if one.practice_of and not within.asks(one.practice_of):
        said.append(f"it is the practice of {one.practice_of}, which is not asked.")
    return said
