"""Short ways through the mechanism for tests on a real database, through the use cases only."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connections

from opennrm.casework.consent import ConsentGiven, Withdrawal, take_consent, withdraw_consent
from opennrm.casework.contact import (
    Contact,
    PersonDescription,
    describe_person,
    record_contact,
)
from opennrm.casework.referral import (
    Referral,
    ReferralAnswer,
    Summary,
    acknowledge_referral,
    refer,
)
from opennrm.casework.service import ServiceOffer, offer_service
from opennrm.coordination.models import RegisterEntry, ServiceProvided
from opennrm.lifecycle.case import Case
from opennrm.records.desk import at_work
from tests import cast
from tests.database import NOW, signed_in

TODAY = NOW.date()


def do(use_case: Callable[..., Any], who: cast.Member, **given: Any) -> Any:
    """Let a person of the cast do one use case, as pages do it."""
    return do_at(NOW, use_case, who, **given)


def do_at(at: datetime, use_case: Callable[..., Any], who: cast.Member, **given: Any) -> Any:
    """Let a person of the cast do one use case at another moment."""
    session = signed_in(who)
    with at_work(session, at=at) as desk:
        return use_case(**given, actor=session.actor, at=at, desk=desk)


def contact(who: cast.Member, **more: Any) -> UUID:
    """Record a first contact and return the case."""
    told = {"route": "own_detection", "channel": "in_person", "contact_on": TODAY, **more}
    case_ref = do(record_contact, who, contact=Contact(**told))
    assert isinstance(case_ref, UUID)
    return case_ref


def described(who: cast.Member, case_ref: UUID, **more: Any) -> None:
    """Write down who she is."""
    do(describe_person, who, case_ref=case_ref, person=PersonDescription(**more))


def consent(
    who: cast.Member,
    case_ref: UUID,
    to: cast.Member,
    role: str,
    scopes: tuple[str, ...],
    *,
    purpose: str = "referral",
    **more: Any,
) -> UUID:
    """Take her consent to share parts of the case; return its reference."""
    do(
        take_consent,
        who,
        case_ref=case_ref,
        consent=ConsentGiven(
            purpose=purpose,
            recipient=to.actor.organisation,
            recipient_role=role,
            recipient_account=to.account if "D3" in scopes or "D3S" in scopes else None,
            scopes=scopes,
            until=TODAY + timedelta(days=200),
            language="sq",
            form="spoken",
            given_on=TODAY,
            **more,
        ),
    )
    return newest(who, case_ref, "consent_given")


def withdrawn(who: cast.Member, case_ref: UUID, given: UUID) -> None:
    """Take a consent back."""
    taken_back = Withdrawal(consent=given, withdrawn_on=TODAY)
    do(withdraw_consent, who, case_ref=case_ref, withdrawal=taken_back)


def referred(
    who: cast.Member,
    case_ref: UUID,
    to: cast.Member,
    role: str,
    scopes: tuple[str, ...],
    **more: Any,
) -> UUID:
    """Take consent and refer; return the reference of the referral."""
    given = consent(who, case_ref, to, role, scopes, **more)
    do(
        refer,
        who,
        case_ref=case_ref,
        referral=Referral(
            to=to.actor.organisation,
            to_role=role,
            purpose="referral",
            until=TODAY + timedelta(days=180),
            reply_by=TODAY + timedelta(days=3),
            consent=given,
            compartments=scopes,
            account=to.account if "D3" in scopes or "D3S" in scopes else None,
            summaries=tuple(
                Summary(compartment=code, text=f"summary for {code}")
                for code in scopes
                if code.endswith("S")
            ),
        ),
    )
    return newest(who, case_ref, "referral_sent")


def answered(to: cast.Member, case_ref: UUID, referral: UUID, answer: str = "accepted") -> None:
    """Answer a referral."""
    reason = None if answer == "accepted" else "no_place"
    given = ReferralAnswer(referral=referral, answer=answer, reason=reason)
    do(acknowledge_referral, to, case_ref=case_ref, answer=given)


def newest(who: cast.Member, case_ref: UUID, kind: str) -> UUID:
    """Return the newest fact of a kind."""
    fact = folded(who, case_ref).newest(kind)
    assert fact is not None
    return fact.fact_ref


def folded(who: cast.Member, case_ref: UUID) -> Case:
    """Fold a case as the use cases do."""
    with at_work(signed_in(who), at=NOW) as desk:
        return desk.cases.load(case_ref)


def in_days(days: int) -> date:
    """Return a day from today."""
    return TODAY + timedelta(days=days)


def listed(house: cast.Member, *, places: int | None, **more: Any) -> UUID:
    """List a shelter of a house in the directory, its places given one by one; return it."""
    entry, _made = RegisterEntry.objects.using("owner").get_or_create(
        member_id=house.actor.organisation,
        defaults={"name": house.organisation.name, "kind": "ngo", "jurisdiction": "MK"},
    )
    told = {"service": "shelter", "places": places, "is_given_here": places is not None, **more}
    made = ServiceProvided.objects.using("owner").create(entry=entry, **told)
    connections["owner"].close()
    return made.ref


def offered(who: cast.Member, case_ref: UUID, to: cast.Member, service: UUID) -> UUID:
    """Take consent and offer her a shelter of the directory."""
    given = consent(who, case_ref, to, "SH", ("D9",), purpose="service")
    offer = ServiceOffer(
        service="shelter",
        provider=to.actor.organisation,
        provider_role="SH",
        until=TODAY + timedelta(days=180),
        reply_by=TODAY + timedelta(days=3),
        consent=given,
        person_agreed=True,
        compartments=("D9",),
        listed=service,
    )
    offer_ref = do(offer_service, who, case_ref=case_ref, offer=offer)
    assert isinstance(offer_ref, UUID)
    return offer_ref
