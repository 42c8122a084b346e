"""Says who saw a case and who received it, by organisation and role, for those it is open to."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from opennrm.casework.asking import require_rule
from opennrm.casework.refusals import AccessMissing
from opennrm.lifecycle.case import Case
from opennrm.lifecycle.facts import Fact
from opennrm.lifecycle.grounds import day
from opennrm.rights import registry
from opennrm.rights.keeping import LogSituation
from opennrm.vocabulary.roles import Role

SENT = ("referral_sent", "service_offered")
CONSENTS = frozenset({"D10"})


@dataclass(frozen=True, slots=True)
class Seen:
    """That an organisation opened a sealed part: in which role, when, how often, what for."""

    organisation: UUID
    role: str | None
    compartment: str
    first_at: datetime
    last_at: datetime
    times: int
    purposes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Received:
    """That something was sent to an organisation: when, in which role, what, until when."""

    organisation: UUID
    role: str
    at: datetime
    compartments: tuple[str, ...]
    until: date | None


def require_log_open(case: Case, compartments: frozenset[str], *, on: date) -> None:
    """Refuse the log to whoever neither keeps her consents nor is her lawyer.

    :raises AccessMissing: when the log is not open to the viewer (R51).
    """
    situation = LogSituation(holds_log=holds_log(case, compartments))
    require_rule("R51", situation, on, refusal=AccessMissing)


def may_read_log(case: Case, compartments: frozenset[str]) -> bool:
    """Tell whether the log is offered at all: by its rule, to who may read it (R51)."""
    return registry.is_active("R51") and holds_log(case, compartments)


def holds_log(case: Case, compartments: frozenset[str]) -> bool:
    """Tell whether a viewer keeps her consents, or holds the case as her lawyer."""
    as_lawyer = any(row.role is Role.LA and row.state == "open" for row in case.access)
    return bool(compartments & CONSENTS) or as_lawyer


def received(case: Case) -> tuple[Received, ...]:
    """List to whom something of the case was sent, newest first, answered or not."""
    sent = (received_by(case, fact) for fact in case.of_kind(*SENT))
    return tuple(sorted((one for one in sent if one), key=lambda one: one.at, reverse=True))


def received_by(case: Case, sent: Fact) -> Received | None:
    """Say what went with one referral or offer, on the consent or duty it rests on."""
    to = sent.reference("to") or sent.reference("provider")
    basis = case.fact(sent.reference("basis_fact"))
    if to is None:
        return None
    return Received(
        organisation=to,
        role=sent.text("to_role") or sent.text("provider_role") or "",
        at=sent.at,
        compartments=basis.texts("scopes") if basis else (),
        until=day(sent, "until"),
    )
