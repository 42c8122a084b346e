"""Runs the attacker machine: so many stories of so many steps, drawn by hypothesis."""

from collections.abc import Callable, Sequence

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from tests.attacks.machine.doors import Knocker
from tests.attacks.machine.probes import Counts, prober
from tests.attacks.machine.story import OFTEN, PEOPLE, RECIPIENTS, STARTERS, STEPS, begun, take
from tests.attacks.machine.story import ended as story_ended
from tests.cast import Member
from tests.database import stay_awake

SCOPES = ("D1", "D2", "D3", "D4", "D8", "D9", "D10", "D14", "D2S", "D4S", "D8S", "D14S")
STEP = st.tuples(
    st.sampled_from((*STEPS, *OFTEN)),
    st.integers(0, 4 * len(PEOPLE)),
    st.integers(0, len(RECIPIENTS) - 1),
    st.frozensets(st.sampled_from(SCOPES), min_size=1, max_size=4),
)


def attack(stories: int, steps: int, *, number: int, shrinks: bool = True) -> Counts:
    """Play so many stories of so many steps, with outsiders trying everything after each.

    :raises Leak: when somebody saw or did what the story gives her no right to; the shortest
        story found that shows it is told.
    """
    counts = Counts()
    with prober(counts) as asks:
        knocks = Knocker(counts)

        def play(starter, turn, taken) -> None:  # type: ignore[no-untyped-def]
            stay_awake()
            asks.begin(turn)
            knocks.begin(turn)
            story = begun(starter)
            counts.stories += 1
            try:
                for name, who, to, scopes in taken:
                    counts.steps += 1
                    is_done = take(story, name, who, to, scopes)
                    counts.count(name, is_done=is_done)
                    asks.compare(story.case_ref, story.shadow, PEOPLE)
                    knocks.knock(story)
            finally:
                story_ended(story)

        drawn = st.lists(STEP, min_size=steps // 2 if shrinks else steps, max_size=steps)
        chosen = given(st.sampled_from(STARTERS), st.integers(0, 9_999), drawn)
        _hypothesis(stories, number, shrinks=shrinks)(chosen(play))()
    return counts


def attack_one(starter: Member, taken: Sequence[tuple[str, int, int, frozenset[str]]]) -> Counts:
    """Play one story that is written down, with outsiders trying everything after each step.

    :raises Leak: when somebody saw or did what the story gives her no right to.
    """
    counts = Counts()
    with prober(counts) as asks:
        knocks = Knocker(counts)
        story = begun(starter)
        for turn, (name, who, to, scopes) in enumerate(taken):
            asks.begin(turn)
            knocks.begin(turn)
            counts.count(name, is_done=take(story, name, who, to, scopes))
            asks.compare(story.case_ref, story.shadow, PEOPLE)
            knocks.knock(story)
    return counts


def _hypothesis(stories: int, number: int, *, shrinks: bool) -> Callable[..., Callable[[], None]]:
    phases = (Phase.generate, Phase.shrink) if shrinks else (Phase.generate,)
    chosen = settings(
        max_examples=stories,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=phases,
    )
    return lambda test: seed(number)(chosen(test))
