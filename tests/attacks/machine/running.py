"""Runs the attacker machine: so many stories of so many steps, drawn by hypothesis."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from random import Random

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from tests.attacks.machine.doors import Knocker
from tests.attacks.machine.probes import Counts, Prober, prober
from tests.attacks.machine.shadow import Leak
from tests.attacks.machine.story import (
    OFTEN,
    PEOPLE,
    RECIPIENTS,
    STARTERS,
    STEPS,
    Story,
    begun,
    take,
)
from tests.attacks.machine.story import ended as story_ended
from tests.cast import Member
from tests.database import signed_in, stay_awake

SCOPES = ("D1", "D2", "D3", "D4", "D8", "D9", "D10", "D14", "D2S", "D4S", "D8S", "D14S")
# After each step that was done those whose rights it changed ask the database, and one drawn from
# all; after one step in so many, refused ones too, and at the end of each story, everybody and
# strangers do. What is dearer, opening the case and trying a page, is done by one person after
# one step in so many that was done.
EVERYBODY_ONE_IN, READ_ONE_IN, PAGE_ONE_IN = 20, 2, 4
STEP = st.tuples(
    st.sampled_from((*STEPS, *OFTEN)),
    st.integers(0, 4 * len(PEOPLE)),
    st.integers(0, len(RECIPIENTS) - 1),
    st.frozensets(st.sampled_from(SCOPES), min_size=1, max_size=4),
)


Taken = Sequence[tuple[str, int, int, frozenset[str]]]


def attack(stories: int, steps: int, *, number: int, shrinks: bool = True) -> Counts:
    """Play so many stories of so many steps, with outsiders trying after each of them.

    With `shrinks` hypothesis draws them and tells the shortest that leaks; without, a plain draw
    does, which costs a tenth of it, and the story that leaks is told as it is.

    :raises Leak: when somebody saw or did what the story gives her no right to.
    """
    with _machine() as machine:
        if shrinks:
            drawn = st.lists(STEP, min_size=steps // 2, max_size=steps)
            chosen = given(st.sampled_from(STARTERS), st.integers(0, 9_999), drawn)
            _hypothesis(stories, number)(chosen(machine.play))()
            return machine.counts
        for story in range(stories):
            draw = Random(f"{number} {story}")  # noqa: S311 - repeatable, no secret
            taken = [_step(draw) for _ in range(steps)]
            machine.play(draw.choice(STARTERS), draw.randrange(10_000), taken)
    return machine.counts


def attack_one(starter: Member, taken: Taken) -> Counts:
    """Play one story that is written down, with outsiders trying after each step.

    :raises Leak: when somebody saw or did what the story gives her no right to.
    """
    with _machine() as machine:
        machine.play(starter, 0, taken)
    return machine.counts


@dataclass
class Machine:
    """Plays stories, and lets people try what is not theirs."""

    asks: Prober
    knocks: Knocker
    counts: Counts

    def play(self, starter: Member, turn: int, taken: Taken) -> None:
        """Play one story to its end.

        :raises Leak: when somebody saw or did what it gives her no right to.
        """
        stay_awake()
        draw = Random(turn)  # noqa: S311 - a repeatable choice, no secret
        story = begun(starter, self.asks.administrator.execute)
        self.counts.stories += 1
        try:
            for number, step in enumerate(taken, 1):
                self._take(story, step, draw, is_last=number == len(taken))
        except Leak as leak:
            leak.add_note(f"attack_one({starter.account}, turn {turn}, {taken!r})")
            raise
        finally:
            story_ended(story)

    def _take(
        self,
        story: Story,
        step: tuple[str, int, int, frozenset[str]],
        draw: Random,
        *,
        is_last: bool,
    ) -> None:
        name, *given_to = step
        before = {member: _standing(story, member) for member in PEOPLE}
        self.counts.steps += 1
        is_done = take(story, name, *given_to)
        self.counts.count(name, is_done=is_done)
        changed = [one for one in PEOPLE if before[one] != _standing(story, one)]
        drawn = draw.choice(PEOPLE)
        if is_last or draw.randrange(EVERYBODY_ONE_IN) == 0:
            self._sweep(story)
        elif is_done:
            trying = list(dict.fromkeys((*changed, drawn)))
            self.asks.compare(story.case_ref, story.shadow, trying)
        if is_done:
            self._open(story, draw.choice(changed or [drawn]), drawn, draw)
        if is_last:
            for member in PEOPLE:
                self.knocks.read(story, member)

    def _open(self, story: Story, reader: Member, knocker: Member, draw: Random) -> None:
        if draw.randrange(READ_ONE_IN) == 0:
            self.knocks.read(story, reader)
        if draw.randrange(PAGE_ONE_IN) == 0:
            self.knocks.knock(story, knocker, draw)

    def _sweep(self, story: Story) -> None:
        self.counts.by_everybody += 1
        self.asks.compare(story.case_ref, story.shadow, PEOPLE)
        self.asks.compare_strangers(story.case_ref)


def _standing(story: Story, member: Member) -> tuple[bool, frozenset[str]]:
    return story.shadow.knows(member), story.shadow.parts_of(member)


def _step(draw: Random) -> tuple[str, int, int, frozenset[str]]:
    scopes = draw.sample(SCOPES, draw.randint(1, 4))
    who, to = draw.randint(0, 4 * len(PEOPLE)), draw.randrange(len(RECIPIENTS))
    return draw.choice((*STEPS, *OFTEN)), who, to, frozenset(scopes)


@contextmanager
def _machine() -> Iterator[Machine]:
    counts = Counts()
    # Somebody who is away when she is first needed could not sign in.
    for member in PEOPLE:
        signed_in(member)
    with prober(counts) as asks:
        yield Machine(asks, Knocker(counts), counts)


def _hypothesis(stories: int, number: int) -> Callable[..., Callable[[], None]]:
    chosen = settings(
        max_examples=stories,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.generate, Phase.shrink),
    )
    return lambda test: seed(number)(chosen(test))
