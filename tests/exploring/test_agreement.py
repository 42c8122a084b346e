"""The real use cases, on random paths, permit and show exactly what the pure model does."""

import os
from collections import Counter

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from opennrm.casework.exploring.act import Step
from opennrm.casework.exploring.bounds import Bounds
from opennrm.casework.exploring.model import State
from opennrm.rights.jurisdictions import presets
from tests import cast
from tests.cast import NOON
from tests.exploring.machine import CHAPTERS, Agreement
from tests.exploring.world import AtDesk
from tests.fakes import Office
from tests.rights.removing import without

FEW = 25
PATHS = int(os.environ.get("OPENNRM_PATHS", FEW))
BOUNDS = Bounds(
    name="random paths",
    chapters=CHAPTERS,
    houses=("shelter", "shelter2", "authority", "clinic", "child_service", "removals"),
    days=(0, 10, 31, 45, 80),
    place=cast.JURISDICTION,
)


class InMemory(Agreement):
    """The use cases with the record kept in memory."""

    bounds = BOUNDS
    begin = NOON
    taken: Counter[str] = Counter()

    def at_desk(self) -> AtDesk:
        """Sit down in an office of this machine alone."""
        office = Office(
            organisations={one.organisation: one for one in cast.ORGANISATIONS},
            members=tuple(one.actor for one in cast.MEMBERS),
            presets=presets,
        )
        return office.at_work


class WithAGap(InMemory):
    """The same, beside a model that lacks one rule."""

    def after(self, step: Step) -> State | None:
        """Ask the model without the rule on immigration enforcement."""
        with without("R43"):
            return super().after(step)


SHORTEN = (Phase.generate, Phase.shrink)


def walk(
    machine: type[Agreement], paths: int, steps: int = 30, phases: tuple[Phase, ...] = SHORTEN
) -> None:
    """Walk random paths; the same ones in every run where they are few."""
    chosen = settings(
        max_examples=paths,
        stateful_step_count=steps,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        derandomize=paths <= FEW,
        database=None,
        phases=phases,
        report_multiple_bugs=False,
    )
    machine.taken.clear()
    run_state_machine_as_test(machine, settings=chosen)


class TestUseCases:
    def test_agree_with_the_model_on_every_path(self) -> None:
        walk(InMemory, PATHS)

        taken = InMemory.taken
        print(f"{PATHS} paths, {sum(taken.values())} steps: {dict(taken)}")
        assert sum(taken.values()) > 10 * PATHS
        assert {"consent", "refer", "answer", "decide", "wait", "plan", "offer"} <= set(taken)

    def test_are_found_to_disagree_with_a_model_that_lacks_a_rule(self) -> None:
        with pytest.raises(AssertionError, match="only the use case refuses"):
            walk(WithAGap, FEW, phases=(Phase.generate,))
