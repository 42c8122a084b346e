"""The day a person travels: when she is met, what happened, and whether she is looked for."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from opennrm.lifecycle.case import Case
from opennrm.lifecycle.facts import Fact

SET, EVENT = "travel_day_set", "travel_day_event"
NO_SHOW_AFTER = timedelta(minutes=60)
ALARMS = frozenset(
    {"wrong_code_word", "no_show", "flight_diverted", "police_waiting", "turned_back"}
)
WAITS = frozenset({"delayed"})


@dataclass(frozen=True, slots=True)
class TravelDay:
    """A day of travel with what happened on it, oldest first."""

    planned: Fact
    meet_at: datetime
    events: tuple[Fact, ...]

    @property
    def is_awaited(self) -> bool:
        """Tell whether she has not come yet, as far as anybody said."""
        return all(one.text("travel_event") in WAITS for one in self.events)

    @property
    def alarm(self) -> Fact | None:
        """Return the last thing that went wrong, until somebody said that she is safe."""
        last = self.events[-1] if self.events else None
        return last if last is not None and last.text("travel_event") in ALARMS else None

    def is_missed(self, at: datetime) -> bool:
        """Tell whether an hour has passed and nobody said that she came."""
        return self.is_awaited and at >= self.meet_at + NO_SHOW_AFTER


def travel_day(case: Case) -> TravelDay | None:
    """Return the day of travel that was set last; None where its return was given up."""
    planned = case.newest(SET)
    proposal = planned.reference("answers") if planned else None
    if planned is None or (proposal and case.answering(proposal, "return_given_up")):
        return None
    return TravelDay(planned, _moment(planned), case.answering(planned.fact_ref, EVENT))


def _moment(planned: Fact) -> datetime:
    said = datetime.fromisoformat(planned.text("meet_at") or planned.at.isoformat())
    return said if said.tzinfo else said.replace(tzinfo=UTC)
