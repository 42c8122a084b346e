"""Sets answers against each other: policy against practice, and a State against its NGOs."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from opennrm.coordination.surveys.counting import asked_of, by_state
from opennrm.exchange.questionnaires.answer import Reply
from opennrm.exchange.questionnaires.question import Group, Question, Questionnaire


@dataclass(frozen=True, slots=True)
class Contrast:
    """Two answers crossed: how often each pair of answers was given together, and by whom."""

    first: Question
    second: Question
    base: int
    cells: Mapping[tuple[str, str], int]
    states: Mapping[tuple[str, str], tuple[str, ...]]

    def count(self, first: str, second: str) -> int:
        """Return how often two answers stand together."""
        return self.cells.get((first, second), 0)


@dataclass(frozen=True, slots=True)
class SideBySide:
    """What a State and its NGOs answered to one question, State by State."""

    question: Question
    agreeing: tuple[str, ...]
    differing: tuple[tuple[str, frozenset[str], frozenset[str]], ...]
    only_state: int
    only_ngos: int

    @property
    def base(self) -> int:
        """Count the States in which both answered."""
        return len(self.agreeing) + len(self.differing)


def pairs_of(questionnaire: Questionnaire) -> tuple[tuple[Question, Question], ...]:
    """List the questions on policy with the question on their practice."""
    return tuple(
        (questionnaire.question(one.practice_of), one)
        for one in questionnaire.questions
        if one.practice_of
    )


def policy_against_practice(
    policy: Question, practice: Question, replies: Iterable[Reply]
) -> Contrast:
    """Cross what is promised with what is done, over the replies that answered both."""
    cells: Counter[tuple[str, str]] = Counter()
    states: dict[tuple[str, str], list[str]] = {}
    base = 0
    for reply in asked_of(policy, replies):
        promised, done = _codes(reply, policy), _codes(reply, practice)
        if not promised or not done:
            continue
        base += 1
        for pair in sorted((one, other) for one in promised for other in done):
            cells[pair] += 1
            states.setdefault(pair, []).append(reply.state)
    return Contrast(policy, practice, base, cells, {p: tuple(s) for p, s in states.items()})


def state_against_ngos(question: Question, replies: Iterable[Reply]) -> SideBySide:
    """Compare what governments and NGOs of the same State say."""
    agreeing: list[str] = []
    differing: list[tuple[str, frozenset[str], frozenset[str]]] = []
    alone: Counter[Group] = Counter()
    for state, of_one in sorted(by_state(asked_of(question, replies)).items()):
        official = _of_group(question, of_one, Group.STATE)
        civil = _of_group(question, of_one, Group.NGO)
        if official and civil:
            if official == civil:
                agreeing.append(state)
            else:
                differing.append((state, official, civil))
        elif official or civil:
            alone[Group.STATE if official else Group.NGO] += 1
    return SideBySide(
        question, tuple(agreeing), tuple(differing), alone[Group.STATE], alone[Group.NGO]
    )


def _of_group(question: Question, replies: Iterable[Reply], group: Group) -> frozenset[str]:
    """Gather what the replies of one group chose; several replies of one State are joined."""
    return frozenset().union(*(_codes(one, question) for one in replies if one.group is group))


def _codes(reply: Reply, question: Question) -> frozenset[str]:
    answer = reply.answers.get(question.code)
    return frozenset(answer.choices) if answer is not None else frozenset()
