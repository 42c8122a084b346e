"""Names every way a use case says no; each refusal tells the worker what to do next."""

from uuid import UUID

from opennrm.lifecycle.facts import Fact
from opennrm.rights.findings import Finding, broken


class Refused(Exception):
    """A use case was refused; nothing was recorded."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.says)
        self.finding = finding


class EntryMalformed(Refused):
    """An entry is no choice from its list, no day, or no reference; the field is named."""

    def __init__(self, finding: Finding, field: str) -> None:
        super().__init__(finding)
        self.field = field


class MoveRefused(Refused):
    """The table of moves does not allow this step from where the case stands."""


class ConsentMissing(Refused):
    """No live consent or legal duty covers this sharing."""


class PermissionMissing(Refused):
    """The actor's role, training or agreement does not allow this act."""


class AccessMissing(Refused):
    """No live access row lets the actor's organisation write or read this."""


class RuleBroken(Refused):
    """A rights rule forbids this, whoever asks."""


class HoldStands(RuleBroken):
    """An act waits until a second person of another office agrees."""


class SecondPersonNeeded(HoldStands):
    """A negative decision needs a second reader who is not the first."""


class CaseNotFound(Refused):
    """There is no such case for this reader."""

    def __init__(self, finding: Finding | None = None) -> None:
        super().__init__(
            finding
            or broken(
                rule="",
                reason="case_not_found",
                remedy="check_reference",
                says="There is no case with this reference open to you. Check the reference.",
            )
        )


class ChangedMeanwhile(Refused):
    """Someone else wrote to this compartment since the worker last looked."""

    def __init__(
        self, compartment: str, facts: tuple[Fact, ...] = (), case_ref: UUID | None = None
    ) -> None:
        super().__init__(
            broken(
                rule="",
                reason="changed_meanwhile",
                remedy="look_again",
                says="Someone else added to this case while you were writing. "
                "Look at what is new, then save again; what you typed is kept.",
            )
        )
        self.compartment = compartment
        self.facts = facts
        self.case_ref = case_ref
