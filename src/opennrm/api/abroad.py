"""The addresses of a focal point: its hand-overs, its partners, and messages carried as files."""

from typing import Any, cast
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from opennrm.api.acting import KEY_HEADER, PROBLEMS, Done
from opennrm.api.admission import calling
from opennrm.api.problems import NotThere
from opennrm.api.told import told
from opennrm.casework.hand_over_received import take_over_hand_over
from opennrm.casework.ports import Desk
from opennrm.casework.reasons import found
from opennrm.casework.refusals import PermissionMissing, Refused
from opennrm.exchange.crossborder.content import Preview
from opennrm.records.abroad import carrying, partners, reading
from opennrm.records.programs import done_once
from opennrm.records.sessions import Session
from opennrm.records.shapes import Exact
from opennrm.vocabulary.hand_over import HandOverState, PartnerStatus
from opennrm.vocabulary.programs import ProgramStep
from opennrm.vocabulary.roles import Role

WAITING = frozenset({HandOverState.OFFERED, HandOverState.ACCEPTED, HandOverState.HANDED_OVER})
LONGEST = 2 * 1024 * 1024
TAG = ProgramStep.HAND_OVER.value
router = Router(tags=[TAG])
HandOver = told(reading.HandOverPage, ("story",))


class OneHandOver(Schema):
    """A hand-over and, while an answer or the taking over waits, the preview that came."""

    hand_over: HandOver  # type: ignore[valid-type]
    preview: told(Preview) | None  # type: ignore[valid-type]


class KnownPartner(Schema):
    """A focal point of another State as it is known here."""

    organisation: UUID
    name: str
    state: str
    fingerprint: str
    status: str


class OwnCard(Schema):
    """The text of the own card, to be given to partners, and its fingerprint to be read out."""

    card: str
    fingerprint: str


class MessagesFile(Exact):
    """The text of a file with messages or receipts, one a line."""

    file: str = Field(max_length=LONGEST)


class Carried(Schema):
    """How many receipts were known, and the text of the receipts that its messages get."""

    heard: int
    receipts: str


@router.get("/hand-overs", response={200: list[HandOver], **PROBLEMS}, operation_id="hand_overs")  # type: ignore[valid-type]
def hand_overs(request: HttpRequest) -> Any:
    """List the hand-overs of the focal point, the newest first."""
    return reading.own_hand_overs(_at_work(request))


@router.get(
    "/hand-overs/{hand_over}", response={200: OneHandOver, **PROBLEMS}, operation_id="hand_over"
)
def hand_over(request: HttpRequest, hand_over: UUID) -> Any:
    """Show one hand-over, its story, and the preview that waits for an answer."""
    session = _at_work(request)
    kept = reading.hand_over(session, hand_over)
    return {"hand_over": kept, "preview": _preview(session, kept)}


@router.post(
    "/hand-overs/{hand_over}/take-over",
    response={201: Done, 200: Done, **PROBLEMS},
    operation_id="take_over_hand_over",
)
def take_over(request: HttpRequest, hand_over: UUID, key: UUID | None = KEY_HEADER) -> Any:
    """Take a person over whom another State has handed over, into a case of one's own."""
    session, at = _at_work(request), cast(Any, request).at
    reading.hand_over(session, hand_over)

    def taken(desk: Desk) -> UUID:
        came = reading.opened_content(session, hand_over)
        return take_over_hand_over(received_=came, actor=session.actor, at=at, desk=desk)

    said = f"take_over_hand_over {hand_over}".encode()
    reference, again = done_once(session, key, said, taken, at=at)
    return Status(200 if again else 201, Done(reference=reference))


@router.post(
    "/hand-overs/{hand_over}/words/{message}/again",
    response={200: Done, **PROBLEMS},
    operation_id="send_word_again",
)
def send_word_again(request: HttpRequest, hand_over: UUID, message: UUID) -> Any:
    """Send a word that was not taken once more."""
    session = _at_work(request)
    reading.hand_over(session, hand_over)
    reading.send_again(session, hand_over, message, at=cast(Any, request).at)
    return Done(reference=hand_over)


@router.get("/partners", response={200: list[KnownPartner], **PROBLEMS}, operation_id="partners")
def known_partners(request: HttpRequest) -> Any:
    """List the focal points of other States that are known here, and how each stands."""
    session = _at_work(request, Role.TF, Role.NCO)
    return [_partner(one) for one in partners.partners(session)]


@router.get("/partners/own-card", response={200: OwnCard, **PROBLEMS}, operation_id="own_card")
def own_card(request: HttpRequest) -> Any:
    """Give the card of the own focal point."""
    own = partners.own_card(_at_work(request))
    if own is None:
        raise NotThere
    return OwnCard(card=own.text(), fingerprint=own.fingerprint)


@router.get(
    "/partners/{partner}/messages", response={200: MessagesFile, **PROBLEMS},
    operation_id="messages_as_file",
)  # fmt: skip
def messages_as_file(request: HttpRequest, partner: UUID) -> Any:
    """Give what waits for a partner as the text of a file, sealed as over the line."""
    _at_work(request)
    return {"file": carrying.written(partner, at=cast(Any, request).at)}


@router.post("/carried-file", response={200: Carried, **PROBLEMS}, operation_id="carried_file")
def carried_file(request: HttpRequest, sent: MessagesFile) -> Any:
    """Take in a file that was carried here from a partner, and answer with its receipts."""
    _at_work(request)
    return carrying.taken_in(sent.file.encode(), at=cast(Any, request).at)


def _at_work(request: HttpRequest, *roles: Role) -> Session:
    """Return the session of somebody of a focal point whose program reads what was disclosed.

    :raises PermissionMissing: when she is none, or the program was not given that part.
    """
    program = calling(request, ProgramStep.HAND_OVER)
    if not program.session.actor.holds_any(roles or (Role.TF,)) or "D10" not in program.parts:
        raise PermissionMissing(found("role_not_allowed"))
    return program.session


def _preview(session: Session, kept: reading.HandOverPage) -> Preview | None:
    is_compromised = kept.partner_status == PartnerStatus.COMPROMISED
    if kept.is_sender or kept.stands not in WAITING or is_compromised:
        return None
    try:
        return reading.opened_preview(session, kept.hand_over)
    except Refused:
        return None


def _partner(one: partners.Partner) -> KnownPartner:
    card = one.card
    return KnownPartner(
        organisation=one.organisation,
        name=card.name,
        state=card.state,
        fingerprint=card.fingerprint,
        status=one.status,
    )
