"""Compares a question between rounds, only where somebody judged that they match (R80)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from opennrm.coordination.surveys.counting import Table, Unit, table_of
from opennrm.exchange.questionnaires.answer import Reply
from opennrm.exchange.questionnaires.concordance import Asked, NotComparable, Pair, matched
from opennrm.exchange.questionnaires.question import Group, Question, Questionnaire


@dataclass(frozen=True, slots=True)
class Round:
    """One round of a survey as the analysis sees it."""

    name: str
    questionnaire: Questionnaire
    replies: tuple[Reply, ...]


@dataclass(frozen=True, slots=True)
class InRound:
    """A question in one round: its table, or the reason why it does not compare."""

    round: str
    asked_as: str
    table: Table | None
    reason: str


def through_rounds(
    question: Question,
    of_round: Round,
    rounds: Iterable[Round],
    pairs: tuple[Pair, ...],
    *,
    unit: Unit = Unit.STATES,
    group: Group = Group.STATE,
) -> tuple[InRound, ...]:
    """Show a question of one round through all rounds, in the order given."""
    here = of_round.questionnaire
    wanted = Asked(here.key, here.version, question.code)
    return tuple(
        _in_round(wanted, question, one, pairs, unit=unit, group=group)
        if (one.questionnaire.key, one.questionnaire.version) != (here.key, here.version)
        else _counted(one, question, question, unit=unit, group=group)
        for one in rounds
    )


def _in_round(
    wanted: Asked,
    question: Question,
    one: Round,
    pairs: tuple[Pair, ...],
    *,
    unit: Unit,
    group: Group,
) -> InRound:
    try:
        there, options = matched(wanted, one.questionnaire, pairs, question)
    except NotComparable as refused:
        return InRound(one.name, "", None, str(refused))
    renamed = replace(
        question,
        code=there.code,
        asked_if=there.asked_if,
        groups=there.groups,
        options=tuple(
            replace(option, code=_theirs(option.code, options)) for option in question.options
        ),
    )
    return _counted(one, renamed, question, unit=unit, group=group)


def _counted(one: Round, there: Question, shown: Question, *, unit: Unit, group: Group) -> InRound:
    replies = [reply for reply in one.replies if reply.group is group]
    found = table_of(there, replies, unit=unit)
    rows = tuple(
        replace(row, code=option.code)
        for row, option in zip(found.rows, shown.options, strict=True)
    )
    return InRound(one.name, there.code, replace(found, question=shown, rows=rows), "")


def _theirs(code: str, options: Mapping[str, str]) -> str:
    """Return what an option is called in the other round, given the way from theirs to ours."""
    return next((theirs for theirs, ours in options.items() if ours == code), code)
