"""The published results of the survey of 2005/06, and how each is found again from replies."""

import csv
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from io import StringIO

from opennrm.coordination.surveys import coded
from opennrm.coordination.surveys.coded import Coding, references
from opennrm.coordination.surveys.counting import Table, Unit, by_state, table_of
from opennrm.coordination.surveys.totals import part_of, total_of
from opennrm.exchange.questionnaires.answer import Reply
from opennrm.exchange.questionnaires.question import Group, Questionnaire
from opennrm.exchange.questionnaires.replies_file import codings_from, replies_from, shipped_text
from opennrm.exchange.questionnaires.yaml_file import shipped

RESULTS = "survey-2006-results.csv"
INVITED = 55
ON = date(2006, 6, 1)
CAVEAT = "Some States gave one year only, others five years: the sum is not comparable."
STATED = frozenset({"prevention", "awareness", "research", "social_economic"})
# The numbers of the other headings were never stated, so nothing is counted under them.
CHALLENGES = tuple(replace(one, is_open=one.code not in STATED) for one in coded.CHALLENGES)


@dataclass(frozen=True, slots=True)
class Published:
    """One published result; ``count`` is None where the source states no number."""

    number: str
    question: str
    answer: str
    count: Decimal | None
    unit: str
    base: int | None
    source: str
    note: str

    @property
    def is_bound(self) -> bool:
        """Tell whether the source says more than this number."""
        return "more than" in self.unit


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of the analysis: its value, its base, and what must be printed with it.

    Where the source states no base, ours is the units that answered in the invented replies.
    """

    value: Decimal
    base: int | None = None
    caveat: str = ""


class Survey:
    """The rebuilt survey: its questionnaire, and its replies, which are all invented."""

    def __init__(self, replies: tuple[Reply, ...], questionnaire: Questionnaire) -> None:
        self.questionnaire = questionnaire
        self.every = replies

    @cached_property
    def official(self) -> list[Reply]:
        """List the replies of States, those not relevant included."""
        return [one for one in self.every if one.group is Group.STATE]

    def table(self, code: str, unit: Unit, group: Group = Group.STATE) -> Table:
        """Count the answers of one group to a question."""
        replies = [one for one in self.every if one.group is group]
        return table_of(self.questionnaire.question(code), replies, unit=unit)


Found = Callable[[Survey], Figure]


def published() -> tuple[Published, ...]:
    """Read the results as they were published."""
    return tuple(
        Published(
            number=row["id"],
            question=row["question"],
            answer=row["answer"],
            count=Decimal(row["count"]) if row["count"] else None,
            unit=row["unit"],
            base=int(row["of_n"]) if row["of_n"] else None,
            source=row["source_paragraph"],
            note=row["note"],
        )
        for row in csv.DictReader(StringIO(shipped_text(RESULTS)))
    )


def rebuilt() -> Survey:
    """Read the invented replies that come with the software."""
    questionnaire = shipped("survey-2006")
    return Survey(
        replies_from(shipped_text("survey-2006-replies.csv"), questionnaire), questionnaire
    )


def codings() -> Mapping[str, tuple[Coding, ...]]:
    """Read what two invented coders saw in the open answers, and what they settled on."""
    return {
        coder: tuple(Coding(one.reply, one.coder, one.codes) for one in seen)
        for coder, seen in codings_from(shipped_text("survey-2006-codings.csv")).items()
    }


def _chosen(code: str, option: str, unit: Unit, group: Group = Group.STATE) -> Found:
    def found(survey: Survey) -> Figure:
        table = survey.table(code, unit, group)
        count = table.row(option).count
        return Figure(Decimal(count or 0), table.base)

    return found


def _percent(code: str, option: str, unit: Unit) -> Found:
    def found(survey: Survey) -> Figure:
        table = survey.table(code, unit)
        share = table.row(option).share
        value = share.value if share else None
        return Figure(value or Decimal(0), table.base)

    return found


def _not_chosen(code: str, option: str, unit: Unit) -> Found:
    def found(survey: Survey) -> Figure:
        table = survey.table(code, unit)
        return Figure(Decimal(table.base - (table.row(option).count or 0)), table.base)

    return found


def _replies_received(survey: Survey) -> Figure:
    return Figure(Decimal(len(survey.official)))


def _several_of_one_state(survey: Survey) -> Figure:
    several = [len(of_one) for of_one in by_state(survey.official).values() if len(of_one) > 1]
    return Figure(Decimal(sum(several)), len(survey.official))


def _not_relevant(survey: Survey) -> Figure:
    count = sum(not one.is_relevant for one in survey.official)
    return Figure(Decimal(count), len(survey.official))


def _without_case(survey: Survey) -> Figure:
    count = survey.table("A1", Unit.STATES).row("none").count
    return Figure(Decimal(count or 0), len(survey.official))


def _silent(survey: Survey) -> Figure:
    return Figure(Decimal(INVITED - len(by_state(survey.official))), INVITED)


def _of_ngos(survey: Survey) -> Figure:
    return Figure(Decimal(sum(one.group is Group.NGO for one in survey.every)))


def _all_three(survey: Survey) -> Figure:
    wanted = {"source", "transit", "destination"}
    answering = {
        one.state for one in survey.official if (told := one.answers.get("B1")) and told.has_value
    }
    whole = {
        one.state
        for one in survey.official
        if (told := one.answers.get("B1")) and set(told.choices) == wanted
    }
    return Figure(Decimal(len(whole)), len(answering))


def _victims(survey: Survey) -> Figure:
    question = survey.questionnaire.question("F1")
    total = total_of(question, survey.official, on=ON, caveat=CAVEAT)
    return Figure(total.value, total.replies, total.caveat)


def _by_police(survey: Survey) -> Figure:
    police, other = (survey.questionnaire.question(code) for code in ("G1", "G2"))
    share = part_of(police, (police, other), survey.official, on=ON, caveat="")
    return Figure(share.value or Decimal(0), share.base)


def _prevention(survey: Survey) -> Figure:
    counts = references(CHALLENGES, codings()["settled"])
    return Figure(Decimal(counts["prevention"] or 0), len(codings()["settled"]))


def _parties(survey: Survey) -> Figure:
    table = survey.table("O1", Unit.STATES, Group.REGISTER)
    return Figure(Decimal(table.row("party").count or 0), table.base)


def _participating_parties(survey: Survey) -> Figure:
    listed = [
        one
        for one in survey.every
        if one.group is Group.REGISTER and one.answers["O2"].choices == ("yes",)
    ]
    parties = [one for one in listed if one.answers["O1"].choices == ("party",)]
    return Figure(Decimal(len(parties)), len(listed))


FOUND: Mapping[str, Found] = {
    "S01": _replies_received,
    "S02": _several_of_one_state,
    "S03": _not_relevant,
    "S04": _without_case,
    "S05": _silent,
    "S06": _of_ngos,
    "S07": _all_three,
    "S08": _victims,
    "S09": _chosen("F2", "no", Unit.STATES),
    "S10": _chosen("C1", "organised_crime", Unit.REPLIES),
    "S11": _chosen("C1", "human_rights", Unit.REPLIES),
    "S12": _chosen("C1", "poverty", Unit.REPLIES),
    "S13": _chosen("C1", "gender", Unit.STATES),
    "S16": _percent("D1", "sexual", Unit.REPLIES),
    "S17": _not_chosen("D1", "labour", Unit.REPLIES),
    "S19": _chosen("E1", "sexual", Unit.REPLIES),
    "S20": _chosen("E1", "labour", Unit.REPLIES),
    "S21": _by_police,
    "S22": _percent("H1", "yes", Unit.REPLIES),
    "S23": _percent("I1", "yes", Unit.STATES),
    "S24": _percent("I2", "yes", Unit.STATES),
    "S25": _percent("J1", "yes", Unit.STATES),
    "S26": _chosen("K1", "developed", Unit.STATES),
    "S27": _chosen("K1", "drafting", Unit.STATES),
    "S28": _chosen("M1", "yes", Unit.STATES),
    "S29": _prevention,
    "S33": _parties,
    "S34": _participating_parties,
    "S35": _chosen("Q1", "yes", Unit.REPLIES, Group.BODY),
}
