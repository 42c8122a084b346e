"""A random path through the use cases, beside which the pure model walks and must agree."""

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from opennrm.casework.exploring.act import Step, steps_of
from opennrm.casework.exploring.acts import ACTS
from opennrm.casework.exploring.bounds import Bounds
from opennrm.casework.exploring.law import Law
from opennrm.casework.exploring.model import State, first
from opennrm.casework.refusals import CaseNotFound, EntryMalformed, Refused
from tests.exploring.world import CAST, AtDesk, World, expected, seen

HANDED_OVER = ("consent", "refer", "answer")
CHAPTERS = ("time", "sharing", "help", "service", "decisions")
# What every path begins with most often, so that short paths come to decisions and services too.
EARLY = frozenset({"consent", "refer", "answer", "offer", "decide", "recovery", "plan"})


class Agreement(RuleBasedStateMachine):
    """One case in both worlds: what one permits the other does, and both look the same after."""

    bounds: Bounds
    begin: Any
    taken: dict[str, int]

    def at_desk(self) -> AtDesk:
        """Return how somebody sits down in the real world of this machine."""
        raise LookupError("a machine says where its people sit")

    @initialize(
        age=st.sampled_from(["adult", "child", "presumed_child"]),
        known_to=st.sampled_from(["authority", "shelter", "nobody", "authority"]),
    )
    def meet(self, age: str, known_to: str) -> None:
        """Meet her in both worlds, and bring her case to somebody, so that paths come far."""
        self.law = Law(self.bounds)
        self.steps = steps_of(ACTS, self.law)
        self.world = World(self.law, self.at_desk(), self.begin)
        self.world.meet(age)
        self.state: State = first(age, self.bounds)
        for wanted in HANDED_OVER if known_to != "nobody" else ():
            place = self.bounds.houses.index(known_to)
            open_steps = (s for s in self.open_steps(early=True) if s.act.name == wanted)
            self.take(next(s for s in open_steps if s.choice.place == place and self.after(s)))

    def open_steps(self, early: bool) -> list[Step]:
        """List the steps the model looks at from here."""
        state = self.state
        found = [s for s in self.steps if s.act.lies_open(self.law, state, s.choice)]
        return [s for s in found if s.act.name in EARLY] if early else found

    @rule(data=st.data())
    def take_any_step(self, data: Any) -> None:
        """Take any step the model looks at."""
        self.take(data.draw(st.sampled_from(self.open_steps(early=False))))

    @precondition(lambda self: bool(self.open_steps(early=True)))
    @rule(data=st.data())
    def take_a_step_of_the_way(self, data: Any) -> None:
        """Take a step that leads on to services and decisions."""
        self.take(data.draw(st.sampled_from(self.open_steps(early=True))))

    @precondition(lambda self: any(self.permitted()))
    @rule(data=st.data())
    def take_a_permitted_step(self, data: Any) -> None:
        """Take a step the model permits."""
        self.take(data.draw(st.sampled_from(self.permitted())))

    def permitted(self) -> list[Step]:
        """List the steps the model permits from here, time that passes left out."""
        return [step for step in self.open_steps(early=True) if self.after(step) is not None]

    def after(self, step: Step) -> State | None:
        """Return where the model says a step leads."""
        return step.act.after(self.law, self.state, step.choice)

    def take(self, step: Step) -> None:
        """Take a step in both worlds and compare."""
        after = self.after(step)
        try:
            self.world.play(self.state, step)
        except EntryMalformed as fault:
            raise LookupError(f"{fault.field} of {step.told(self.law)}") from fault
        except Refused as no:
            assert after is None, f"only the use case refuses: {step.told(self.law)} {no}"
        else:
            assert after is not None, f"only the model refuses: {step.told(self.law)}"
            self.state = after
        self.taken[step.act.name] = self.taken.get(step.act.name, 0) + 1
        self.compare(step)

    def compare(self, step: Step) -> None:
        """Compare the tracks, the rows, and who may load the case at all."""
        assert seen(self.world.whole(), self.law) == expected(self.state, self.law), step
        for name, share in zip(self.bounds.houses, self.state.shares, strict=True):
            assert self.may_load(name) == (bool(share.row) or self.keeps_sheet(name)), (name, step)

    def keeps_sheet(self, name: str) -> bool:
        """Tell whether an organisation kept the safety sheet when its ground ended."""
        rows = self.world.whole().access
        house = CAST[name].organisation.organisation
        kept = (row for row in rows if row.is_kept and row.is_live(self.world.at))
        return any(row.organisation == house for row in kept)

    def may_load(self, name: str) -> bool:
        """Tell whether somebody of an organisation may load the case."""
        with self.world.at_desk(CAST[name], self.world.at) as desk:
            try:
                desk.cases.load(self.world.case_ref)  # type: ignore[arg-type]
            except CaseNotFound:
                return False
        return True
