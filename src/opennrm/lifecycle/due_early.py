"""Deadlines of the first days: immediate needs, child protection, referral, and its answer."""

from collections.abc import Iterator
from datetime import datetime

from opennrm.lifecycle.answers import awaits_answer
from opennrm.lifecycle.calendars import Calendar
from opennrm.lifecycle.deadline import Clock, Deadline
from opennrm.lifecycle.facts import Fact
from opennrm.lifecycle.told import says_child

DANGEROUS = frozenset({"high", "imminent"})
TO_AUTHORITY = frozenset({"identification", "referral"})


def immediate_needs(clock: Clock) -> Iterator[Deadline]:
    """Find whether immediate needs wait: at once in danger, else the same day (T01)."""
    case = clock.case
    met = case.of_kind("needs_assessed", "service_offered", "plan_agreed")
    contact = case.newest("contact_recorded")
    if contact and not met and not contact.flag("left_early"):
        in_danger = contact.text("danger") in DANGEROUS
        due = contact.at if in_danger else _end_of_its_day(clock, contact)
        yield Deadline("T01", "D9", due, contact.organisation, contact.fact_ref)


def child_protection(clock: Clock) -> Iterator[Deadline]:
    """Find whether the child-protection service must still be told of a child (T02)."""
    case = clock.case
    told = [f for f in case.of_kind("referral_sent") if f.text("to_role") == "CP"]
    duties = case.of_kind("legal_duty_relied_on")
    told += [fact for fact in duties if fact.text("duty") == "child_protection"]
    first = next((fact for fact in case.standing if says_child(fact.open)), None)
    if first and case.is_child and not told:
        due = clock.due(first, "child_protection_notice")
        yield Deadline("T02", "D1", due, first.organisation, first.fact_ref)


def referral(clock: Clock) -> Iterator[Deadline]:
    """Find the consents to a referral that was not sent yet (T04)."""
    case = clock.case
    for consent in case.of_kind("consent_given"):
        sent = case.naming("basis_fact", consent.fact_ref, "referral_sent")
        taken_back = case.naming("consent", consent.fact_ref, "consent_withdrawn")
        if consent.text("purpose") in TO_AUTHORITY and not sent and not taken_back:
            due = clock.due(consent, "referral_send")
            yield Deadline("T04", "D1", due, consent.organisation, consent.fact_ref)


def answer(clock: Clock) -> Iterator[Deadline]:
    """Find the referrals and offers whose addressee has not answered (T04A)."""
    case = clock.case
    for sent in case.of_kind("referral_sent"):
        if awaits_answer(case, sent):
            due = _reply_by(clock, sent) or clock.due(sent, "acknowledge_referral")
            yield Deadline("T04A", "D1", due, sent.reference("to"), sent.fact_ref)
    for offer in case.of_kind("service_offered"):
        if awaits_answer(case, offer):
            due = _reply_by(clock, offer) or clock.due(offer, "acknowledge_referral")
            yield Deadline("T04A", "D9", due, offer.reference("provider"), offer.fact_ref)


def _reply_by(clock: Clock, sent: Fact) -> datetime | None:
    text = sent.text("reply_by")
    if text is None:
        return None
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else clock.end_of(moment.date())


def _end_of_its_day(clock: Clock, fact: Fact) -> datetime:
    calendar: Calendar = clock.calendar
    return calendar.end_of(calendar.local_day(fact.at))
