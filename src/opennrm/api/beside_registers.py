"""Acts beside the registers: parts and reports, the rights seen in a hearing, the matrix."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from opennrm.api.acting import KEY_HEADER, PROBLEMS, Done
from opennrm.api.problems import NotReadable
from opennrm.api.register_shapes import Why
from opennrm.api.seated import done_here, open_row, seated
from opennrm.coordination import trials
from opennrm.coordination.desk import at_coordination
from opennrm.coordination.matrix import matrix_of, matrix_of_region
from opennrm.coordination.models import Hearing, Report, ReportPart, State
from opennrm.coordination.registers import EntryClosed
from opennrm.coordination.reports import reporting
from opennrm.records.shapes import NO_NUL, Exact
from opennrm.vocabulary.programs import ProgramStep
from opennrm.vocabulary.trials import RightStands, TrialRight

router = Router(tags=[ProgramStep.REGISTER_ENTRIES.value])
WRITING = ProgramStep.REGISTER_ENTRIES
DONE: Any = {201: Done, 200: Done, **PROBLEMS}


class Returned(Exact):
    """What is to be looked at again."""

    why: Why


class Seen(Exact):
    """How a right stood in a hearing; nothing takes an answer out again."""

    right: TrialRight
    stands: RightStands | None = None
    says: str = Field("", max_length=300, pattern=NO_NUL)


class Rights(Exact):
    """What was seen of the rights of the list."""

    seen: list[Seen] = Field(max_length=len(TrialRight))


class MatrixLine(Schema):
    """One commitment of a State: what serves it, how it is kept, what is missing."""

    commitment: UUID
    number: str
    actions: list[UUID]
    fulfilment: str
    evidence: str
    gap: str
    is_gap: bool


class RegionLine(Schema):
    """One commitment of the region: in how many States it stands how."""

    commitment: UUID
    number: str
    states: dict[str, int]
    not_looked_at: int


@router.post("/reports/{ref}/approve", response=DONE, operation_id="approve_report")
def approve_report(request: HttpRequest, ref: UUID, key: UUID | None = KEY_HEADER) -> Status[Done]:
    """Approve a report; after that nothing in it is changed."""

    def act(actor: Any, at: Any) -> UUID:
        reporting.approve(report=open_row(Report, ref), actor=actor, at=at)
        return ref

    return done_here(request, WRITING, key, act)


@router.post("/report-parts/{ref}/send", response=DONE, operation_id="send_report_part")
def send_report_part(
    request: HttpRequest, ref: UUID, key: UUID | None = KEY_HEADER
) -> Status[Done]:
    """Send a part to who puts the report together."""

    def act(actor: Any, at: Any) -> UUID:
        reporting.send_part(part=open_row(ReportPart, ref, "report"), actor=actor, at=at)
        return ref

    return done_here(request, WRITING, key, act)


@router.post("/report-parts/{ref}/return", response=DONE, operation_id="return_report_part")
def return_report_part(
    request: HttpRequest, ref: UUID, sent: Returned, key: UUID | None = KEY_HEADER
) -> Status[Done]:
    """Return a part with what is to be looked at again."""

    def act(actor: Any, _at: Any) -> UUID:
        part = open_row(ReportPart, ref, "report")
        reporting.return_part(part=part, note=sent.why, actor=actor)
        return ref

    return done_here(request, WRITING, key, act)


@router.post("/hearings/{ref}/rights", response=DONE, operation_id="note_rights_seen")
def note_rights_seen(
    request: HttpRequest, ref: UUID, sent: Rights, key: UUID | None = KEY_HEADER
) -> Status[Done]:
    """Keep how rights stood in a hearing that was observed."""
    seen = {
        one.right.value: (one.stands.value if one.stands else "", one.says) for one in sent.seen
    }
    if len(seen) != len(sent.seen):
        raise NotReadable([("sent.seen", "A right stands here twice.")])

    def act(actor: Any, _at: Any) -> UUID:
        hearing = open_row(Hearing, ref)
        trials.fill_in(hearing, seen, house=actor.organisation, why="By a program")
        return ref

    return done_here(request, WRITING, key, act)


@router.get(
    "/matrix", response={200: list[RegionLine], **PROBLEMS}, operation_id="matrix_of_the_region"
)
def matrix_of_the_region(request: HttpRequest) -> list[RegionLine]:
    """Count for each commitment in how many participating States it is kept."""
    with at_coordination(seated(request, ProgramStep.REGISTERS)):
        return [
            RegionLine(
                commitment=one.commitment.pk,
                number=one.commitment.number,
                states=dict(one.states),
                not_looked_at=one.not_looked_at,
            )
            for one in matrix_of_region()
        ]


@router.get(
    "/matrix/{state}", response={200: list[MatrixLine], **PROBLEMS}, operation_id="matrix_of_state"
)
def matrix_of_state(request: HttpRequest, state: str) -> list[MatrixLine]:
    """Lay commitments, actions, evidence and gaps of a State side by side."""
    with at_coordination(seated(request, ProgramStep.REGISTERS)):
        found = State.objects.filter(code=state.replace("\x00", "")).first()
        if found is None:
            raise EntryClosed
        return [_line(one) for one in matrix_of(found)]


def _line(line: Any) -> MatrixLine:
    newest = line.evidence[0] if line.evidence else None
    return MatrixLine(
        commitment=line.commitment.pk,
        number=line.commitment.number,
        actions=[one.pk for one in line.actions],
        fulfilment=newest.fulfilment if newest else "",
        evidence=newest.says if newest else "",
        gap=newest.gap if newest else "",
        is_gap=line.is_gap,
    )
