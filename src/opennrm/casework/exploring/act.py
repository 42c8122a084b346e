"""What an act of the model is: what may be chosen, what it asks the law, where it leads."""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from opennrm.casework.exploring.law import Law
from opennrm.casework.exploring.model import State

Choices = Callable[[Law], Iterable[Hashable]]
After = Callable[[Law, State, Any], State | None]
Says = Callable[[Law, Any], str]


@dataclass(frozen=True, slots=True)
class Act:
    """One act of the model.

    `lies_open` says whether the walk looks at it at all from a state (a bound of the model, not
    the law); `after` asks the law and answers with the next state, or nothing when it is refused.
    """

    name: str
    chapter: str
    choices: Choices
    lies_open: Callable[[Law, State, Any], bool]
    after: After
    says: Says
    helps: bool = False
    is_fact: bool = False


class Step(NamedTuple):
    """One act with what was chosen."""

    act: Act
    choice: Hashable

    def told(self, law: Law) -> str:
        """Return the step as a plain sentence."""
        return self.act.says(law, self.choice)


def steps_of(acts: Iterable[Act], law: Law) -> tuple[Step, ...]:
    """List every step a walk tries, in a fixed order."""
    chapters = law.bounds.chapters
    return tuple(
        Step(act, choice)
        for act in acts
        if act.chapter in chapters and act.name not in law.bounds.leaves_out
        for choice in act.choices(law)
    )
