"""Use case of travel documents: what a consulate is told is built from a closed list (R46)."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from uuid import UUID

from opennrm.casework.actors import Actor
from opennrm.casework.asking import require_rule
from opennrm.casework.outgoing import require_plain
from opennrm.casework.own_part import own_part, require_past
from opennrm.casework.permissions import require
from opennrm.casework.ports import Change, Desk, Entry
from opennrm.casework.recipients import recipient
from opennrm.casework.telling import tell_holders
from opennrm.casework.writing import new_fact
from opennrm.lifecycle.calendars import local_day
from opennrm.lifecycle.returning import consent_for
from opennrm.rights.return_situations import ConsularSituation
from opennrm.vocabulary.returns import ConsularItem
from opennrm.vocabulary.roles import Role

IDENTITY = "D2"
HEAR_OF_IT = (Role.CM, Role.LA, Role.GU)


@dataclass(frozen=True, slots=True, kw_only=True)
class Particulars:
    """All that can be written to a consulate; there is no place for anything else."""

    family_name: str = ""
    given_names: str = ""
    birth_date: str = ""
    birth_place: str = ""
    sex: str = ""
    citizenship: str = ""
    lost_document: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRequest:
    """A request for a travel document; `asked` is what the form of the consulate asks besides."""

    consulate: UUID
    asked_on: date
    particulars: Particulars
    asked: tuple[str, ...] = ()
    consent: UUID | None = None


def request_document(
    *,
    case_ref: UUID,
    request: DocumentRequest,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Ask a consulate for a travel document; it learns who she is and nothing that happened.

    :raises RuleBroken: when more would go than who she is, or she has not agreed that exactly
        this consulate hears of her (R46), a word would reveal what happened (R48) or where she
        lives (R47), or the recipient enforces immigration law (R43).
    """
    require("request_document", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    on = local_day(case.jurisdiction, at)
    require_past(request.asked_on, "asked_on", on=on)
    recipient(request.consulate, Role.CO, purpose="safe_return", on=on, desk=desk)
    consent = consent_for(
        case, on, recipient=request.consulate, role=Role.CO, consent=request.consent
    )
    items = items_of(request)
    require_rule("R46", ConsularSituation(items, consent is not None), on)
    require_plain((text(request),), on=on)
    within = own_part(case, IDENTITY, actor=actor, at=at)
    also = {"items": items, "consent": consent}
    kept = Package(consulate=request.consulate, asked_on=request.asked_on, package=text(request))
    fact = new_fact("document_requested", kept, within=within, also=also)
    told = tell_holders(case, fact.kind, roles=HEAR_OF_IT, actor=actor, at=at)
    change = Change(facts=(fact,), notices=told, expected=expected)
    desk.cases.append(case_ref, change, audit=Entry("request_document", actor.account, at))
    return fact.fact_ref


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """What went to the consulate, as it was written."""

    consulate: UUID
    asked_on: date
    package: str


def items_of(request: DocumentRequest) -> frozenset[str]:
    """Name what would go: every particular that was filled in, and what else the form asks."""
    filled = {one.name for one in fields(Particulars) if getattr(request.particulars, one.name)}
    return frozenset({*filled, *request.asked})


def text(request: DocumentRequest) -> str:
    """Write the package: one line for each particular, and no other word."""
    lines = (
        f"{ConsularItem(one.name).label}: {getattr(request.particulars, one.name)}"
        for one in fields(Particulars)
        if getattr(request.particulars, one.name)
    )
    return "\n".join(lines)
