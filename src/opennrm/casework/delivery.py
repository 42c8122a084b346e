"""Use cases for systems of first responders: a whole referral in one step, whole or not at all."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from opennrm.casework.actors import Actor
from opennrm.casework.coarse import Notification
from opennrm.casework.consent import ConsentGiven, take_consent
from opennrm.casework.contact import AccountNote, Contact, PersonDescription
from opennrm.casework.notification import notify_without_identity
from opennrm.casework.permissions import require
from opennrm.casework.ports import Desk
from opennrm.casework.reasons import found
from opennrm.casework.referral import Referral, refer
from opennrm.casework.refusals import EntryMalformed
from opennrm.casework.taking_in import BroughtAlong, take_in
from opennrm.exchange.digital_referral.answers import (
    Answers,
    AnswersRefused,
    coarse,
    read_answers,
)
from opennrm.lifecycle.calendars import local_day
from opennrm.vocabulary.countries import citizenship_group


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """What the sender's system knows of a person, her consent as it was given, and to whom."""

    brought: BroughtAlong
    referral: Referral
    consent: ConsentGiven | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveredAnswers:
    """The answers of a digital referral form, field by field, with consent and addressee."""

    answers: Mapping[str, str]
    referral: Referral
    consent: ConsentGiven | None = None
    reporting_entity: str = "other"
    place_region: str = "unknown"


def deliver_referral(*, delivery: Delivery, actor: Actor, at: datetime, desk: Desk) -> UUID:
    """Take a person's case in and refer it, by the same checks as step by step on the pages.

    :raises RuleBroken: when a rule refuses one of the steps; nothing of it is recorded then.
    :raises ConsentMissing: when neither a consent nor a legal duty covers what would go (R41).
    """
    require("deliver_referral", actor=actor, at=at)
    case_ref = take_in(brought=delivery.brought, actor=actor, at=at, desk=desk)
    referral = delivery.referral
    if delivery.consent is not None:
        given = take_consent(
            case_ref=case_ref, consent=delivery.consent, actor=actor, at=at, desk=desk
        )
        referral = replace(referral, consent=given)
    refer(case_ref=case_ref, referral=referral, actor=actor, at=at, desk=desk)
    return case_ref


def deliver_answers(
    *, delivered: DeliveredAnswers, actor: Actor, at: datetime, desk: Desk
) -> UUID:
    """Deliver the answers of a digital referral form; without her consent, a notification only.

    The notification is built from four answers and this month; nothing else is looked at.

    :raises EntryMalformed: when the answers are not those of the form; it names the field.
    """
    require("deliver_answers", actor=actor, at=at)
    on = local_day(actor.jurisdiction, at)
    try:
        answers = read_answers(delivered.answers, on=on)
    except AnswersRefused as fault:
        raise EntryMalformed(found("malformed"), f"answers: {fault}") from None
    if answers.consent is False:
        told = _notification(answers, delivered, on=on, jurisdiction=actor.jurisdiction)
        return notify_without_identity(
            case_ref=None, notification=told, actor=actor, at=at, desk=desk
        )
    delivery = Delivery(
        brought=brought_by_answers(answers, delivered.reporting_entity, on=on),
        referral=delivered.referral,
        consent=delivered.consent,
    )
    return deliver_referral(delivery=delivery, actor=actor, at=at, desk=desk)


def brought_by_answers(answers: Answers, reporting_entity: str, *, on: date) -> BroughtAlong:
    """Put the answers of the form where the pages put them."""
    return BroughtAlong(
        contact=Contact(
            route="own_detection",
            channel="other",
            contact_on=on,
            reporting_entity=reporting_entity,
            majority=answers.majority,
            safe_channel="not_asked" if answers.safe_way else None,
            safe_way=answers.safe_way,
            whereabouts=answers.whereabouts,
        ),
        person=PersonDescription(
            sex=answers.sex,
            citizenship=answers.citizenship,
            names=answers.names,
            called=answers.called,
            birthdate=answers.birthdate,
            documents=answers.documents,
            nationality_note=answers.nationality_note,
        ),
        account=AccountNote(forms=answers.forms, notes=answers.notes),
    )


def _notification(
    answers: Answers, delivered: DeliveredAnswers, *, on: date, jurisdiction: str
) -> Notification:
    majority, sex, form, countries = coarse(answers)
    return Notification(
        age_group=majority,
        sex=sex,
        main_form=form,
        citizenship_group=citizenship_group(countries, jurisdiction),
        place_region=delivered.place_region,
        month=on.isoformat()[:7],
        reporting_entity=delivered.reporting_entity,
    )
