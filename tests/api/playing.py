"""People of the cast who play a story through the door for programs, each with a program."""

import json
from functools import cache
from typing import Any
from uuid import UUID

from opennrm.api.operations import OPERATIONS
from tests import cast, stories
from tests.api.calling import Program, let_in

BY_NAME = {operation.name: operation for operation in OPERATIONS}


@cache
def program(who: cast.Member) -> Program:
    """Return the program of somebody, which may do whatever she may."""
    return let_in(who)


def sent(who: cast.Member, name: str, case_ref: Any = None, /, **said: Any) -> Any:
    """Send a step and return the answer."""
    operation = BY_NAME[name]
    place = f"/cases/{case_ref}" if case_ref else ""
    return program(who).post(f"{place}/{operation.address}", {operation.noun: said})


def step(who: cast.Member, name: str, case_ref: Any = None, /, **said: Any) -> UUID:
    """Take a step and return the reference of what came of it."""
    answer = sent(who, name, case_ref, **said)
    assert answer.status_code == 201, answer.content
    return UUID(answer.json()["reference"])


def refused(who: cast.Member, name: str, case_ref: Any = None, /, **said: Any) -> dict[str, Any]:
    """Take a step that is refused, and return why: a problem that leaves the case as it was."""
    answer = sent(who, name, case_ref, **said)
    assert 400 <= answer.status_code < 500, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    told: dict[str, Any] = json.loads(answer.content)
    return told


def seen(who: cast.Member, case_ref: Any, *opened: str) -> dict[str, Any]:
    """Return a case as somebody's program sees it."""
    answer = program(who).get(f"/cases/{case_ref}", opened=list(opened))
    assert answer.status_code == 200, answer.content
    found: dict[str, Any] = answer.json()
    return found


def met(who: cast.Member, **said: Any) -> UUID:
    """Record a first contact."""
    known = {"route": "own_detection", "channel": "in_person", "contact_on": stories.TODAY}
    return step(who, "record_contact", **{**known, "majority": "adult", **said})


def agreed(
    who: cast.Member, case_ref: UUID, to: cast.Member, role: str, *scopes: str, **said: Any
) -> UUID:
    """Take her consent to share parts of her case."""
    known: dict[str, Any] = {"purpose": "referral", "until": stories.in_days(60)}
    return step(
        who,
        "take_consent",
        case_ref,
        recipient=to.actor.organisation,
        recipient_role=role,
        scopes=scopes,
        language="sq",
        form="spoken",
        given_on=stories.TODAY,
        **{**known, **said},
    )


def referred(
    who: cast.Member, case_ref: UUID, to: cast.Member, role: str, *scopes: str, **said: Any
) -> UUID:
    """Refer on her consent, or on the ground that is named, to somebody who accepts."""
    ground = said or {"consent": agreed(who, case_ref, to, role, *scopes), "purpose": "referral"}
    made = step(
        who,
        "refer",
        case_ref,
        to=to.actor.organisation,
        to_role=role,
        reply_by=stories.in_days(3),
        compartments=scopes,
        **{"until": stories.in_days(20), **ground},
    )
    step(to, "acknowledge_referral", case_ref, referral=made, answer="accepted")
    return made


def offered(
    who: cast.Member, case_ref: UUID, to: cast.Member, role: str, service: str, **said: Any
) -> UUID:
    """Offer a service on her consent."""
    return step(
        who,
        "offer_service",
        case_ref,
        service=service,
        provider=to.actor.organisation,
        provider_role=role,
        until=stories.in_days(20),
        reply_by=stories.in_days(2),
        consent=agreed(who, case_ref, to, role, "D9", purpose="service"),
        person_agreed=True,
        **{"compartments": ["D9"], **said},
    )


def helped(
    who: cast.Member, case_ref: UUID, to: cast.Member, role: str, service: str, **said: Any
) -> None:
    """Offer a service, which its provider accepts and gives."""
    offer = offered(who, case_ref, to, role, service, **said)
    step(to, "answer_offer", case_ref, offer=offer, by="provider", answer="accepted")
    given = {"service": service, "delivered_from": stories.TODAY, "offer": offer}
    step(to, "record_delivery", case_ref, **given)
