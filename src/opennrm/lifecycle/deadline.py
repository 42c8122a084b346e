"""What a deadline is, and the timers it can come from."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from opennrm.lifecycle.calendars import Calendar
from opennrm.lifecycle.case import Case
from opennrm.lifecycle.facts import Fact
from opennrm.rights.jurisdictions import Presets

TIMERS = {
    "T01": "Meet immediate needs",
    "T02": "Tell the child-protection service",
    "T03": "Have a guardian named, a temporary one at least",
    "T03W": "Ask again for a guardian",
    "T03F": "Have a full guardian named",
    "T04": "Send the referral",
    "T04A": "Answer the referral or the offer",
    "T05": "Decide on reasonable grounds",
    "T06": "End of the recovery and reflection period; help goes on",
    "T06W": "The recovery and reflection period ends soon; talk about what comes next",
    "T06P": "Look at the pause of the recovery and reflection period again",
    "T06H": "Help ends before the recovery and reflection period does; renew it",
    "T07": "Agree the plan",
    "T07R": "Look at the plan again",
    "T07T": "Do the task",
    "T07C": "Hold the case conference",
    "T08": "Look at the risks again",
    "T09": "Take the formal decision",
    "T10": "Last day to ask for reconsideration; a late request is kept too",
    "T11": "The permit ends; ask for a new one before",
    "T11A": "The permit ends; first reminder to ask for a new one with her",
    "T11B": "The permit ends; second reminder to ask for a new one with her",
    "T11C": "The permit ends; last reminder to ask for a new one with her",
    "T13": "Ask about the consent again; sharing stops on this day",
    "T13R": "Ask the person whether the consent still stands",
    "T14": "Assess the child's best interests after the emergency",
    "T14P": "Close the determination of the child's best interests",
    "T15": "The risk assessment of the return can no longer be relied on after this",
    "T15D": "The person travels; be at the meeting point",
    "T15N": "Nobody has said that the person came; look for the person now",
    "T15S": "Something went wrong on the way; find out that the person is safe",
    "T15P": "Ask for a permit on her personal situation, because return is not safe",
    "T16": "Follow up, as she agreed",
    "T18": "Tell police and guardian that the child is missing",
    "T18R": "Have the child who came back heard by an independent person",
    "T17": "End of the time for keeping the record; propose to erase it",
    "T18B": "Report the data breach to the supervisory authority",
    "T18P": "Tell the person of the data breach",
    "T19": "Tell the person of it",
    "T22": "Help goes on at least until this day, after a no",
    "T20": "Give a second opinion",
    "T20E": "The second opinion is late; ask again or ask somebody else",
    "T23": "Look at why a sealed part was opened in an emergency",
    "T21": "Agree the plan for turning 18",
    "T12": "Last day to claim compensation",
    "T12A": "Look at the time left to claim compensation",
    "T12B": "Last day to appeal a decision on a claim",
    "T54": "Assess the trafficking link before any charging decision",
    "T56": "Assess what protection is needed before the hearing",
    "T57": "A hearing; say afterwards what became of it",
    "T56D": "Ask how the person is on the day after the hearing",
}
WAITED_FOR = frozenset(
    {
        *("T01", "T02", "T03", "T04", "T04A", "T05", "T07", "T09"),
        *("T14", "T14P", "T15P", "T18", "T18R", "T20"),
    }
)


@dataclass(frozen=True, slots=True)
class Deadline:
    """Something due: which timer, in which compartment, when, who must act, from which fact."""

    kind: str
    compartment: str
    due_at: datetime
    organisation: UUID | None
    fact_ref: UUID


@dataclass(frozen=True, slots=True)
class Clock:
    """The case with the presets and the calendar its deadlines are counted by."""

    case: Case
    presets: Presets
    calendar: Calendar

    def due(self, since: Fact, preset: str) -> datetime:
        """Return when something is due that starts with a fact and lasts as a preset says."""
        on = self.calendar.local_day(since.at)
        return self.calendar.due(since.at, self.presets.value(preset, on))

    def end_of(self, day: date) -> datetime:
        """Return the end of a local day, excluded."""
        return self.calendar.end_of(day)
