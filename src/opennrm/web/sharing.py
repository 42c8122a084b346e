"""Works out what a referral or an offer stands on: a consent, or a legal duty and a recipient."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from opennrm.casework.duty import DUTIES, DutyTerms, LegalDuty
from opennrm.lifecycle.facts import Fact
from opennrm.records.queries.casepage import Offer
from opennrm.records.reference import reference
from opennrm.vocabulary.roles import Role
from opennrm.web import people, words
from opennrm.web.forms import fields as ask
from opennrm.web.forms.act import Choice, Place

DUTY = "duty:"
DUTY_DAYS = 30


@dataclass(frozen=True, slots=True)
class Basis:
    """What sharing stands on, and how far it goes."""

    recipient: UUID
    role: Role
    items: list[tuple[str, str]]
    until: date
    consent: UUID | None = None
    purpose: str = ""
    account: UUID | None = None
    beyond: tuple[str, ...] = ()


def choose_basis(place: Place) -> Iterator[Choice]:
    """Ask for the basis first, then, under a legal duty, for the recipient."""
    yield _consent_or_duty(place)
    if place.asked["basis"].startswith(DUTY):
        yield Choice(
            "recipient",
            _("Who must receive it?"),
            people.recipients(place),
            nothing=_("No organisation is in the directory yet."),
        )


def basis_of(place: Place) -> Basis:
    """Read back the basis that was chosen."""
    basis = place.asked["basis"]
    if basis.startswith(DUTY):
        return _of_duty(DUTIES[basis.removeprefix(DUTY)], place)
    return _of_consent(place.case.fact(basis), place)


def duty_of(place: Place, reason: str) -> LegalDuty | None:
    """Return the legal duty that was chosen, if one was."""
    basis = place.asked["basis"]
    if not basis.startswith(DUTY):
        return None
    return LegalDuty(duty=basis.removeprefix(DUTY), reason=reason)


def what_goes_out(place: Place) -> dict[str, Any]:
    """Say to whom something goes and on which ground."""
    basis = basis_of(place)
    name = place.case.organisation_name(basis.recipient)
    role = people.role_name(basis.role)
    return {
        "recipient": f"{name}: {role}",
        "under_duty": basis.consent is None,
        "beyond": basis.beyond,
    }


def live_consents(place: Place) -> list[tuple[str, str]]:
    """Return the consents that stand now, each said in a line."""
    standing = place.case.live_consents
    return [(str(fact.fact_ref), consent_line(fact, place)) for fact in standing]


def standing_consents(place: Place) -> list[tuple[str, str]]:
    """Return every consent that was not taken back, each said in a line."""
    standing = place.case.standing_consents
    return [(str(fact.fact_ref), consent_line(fact, place)) for fact in standing]


def consent_line(fact: Fact, place: Place) -> str:
    """Say a consent in a line: to whom, what for, until when."""
    recipient = fact.reference("recipient")
    name = place.case.organisation_name(recipient) if recipient else gettext("Nobody")
    return line(fact.fact_ref, name, fact.text("purpose") or "", fact.text("until"))


def line(ref: UUID, recipient: str, purpose: str, until: str | None) -> str:
    """Say in a line to whom something may go, what for, until when."""
    parts = {
        "recipient": words.apart(recipient),
        "purpose": purpose_words(purpose),
        "day": words.iso_day(until),
        "number": words.apart(reference(ref)),
    }
    return gettext("%(recipient)s, for: %(purpose)s, until %(day)s (%(number)s)") % parts


def offer_line(offer: Offer) -> str:
    """Say in a line what an organisation is asked for, before it has accepted."""
    services = [words.label(code, "service_kind") for code in offer.services]
    asked = ", ".join(services) or gettext("to take part in the case")
    parts = {"role": people.role_name(offer.role), "asked": asked}
    return gettext("As %(role)s: %(asked)s") % parts


def purpose_words(code: str) -> str:
    """Say a purpose in words."""
    labels = dict(ask.codes("consent_given", "purpose", "consent_purpose", "purpose"))
    return str(labels.get(code, code))


def _consent_or_duty(place: Place) -> Choice:
    duties = [
        (f"{DUTY}{code}", gettext("No consent. Legal duty: %(duty)s") % {"duty": label})
        for code, label in ask.codes("legal_duty_relied_on", "duty", "legal_duty")
    ]
    return Choice(
        "basis",
        _("What does it stand on?"),
        [*live_consents(place), *duties],
        hint=_("If the consent is not listed, record it first."),
    )


def _of_duty(terms: DutyTerms, place: Place) -> Basis:
    """Offer at most what the duty opens, for at most as long as it lasts."""
    recipient, role = people.chosen(place.asked["recipient"])
    within = people.items_for(role, place.case)
    items = [(code, name) for code, name in within if code.rstrip("S") in terms.scopes]
    return Basis(recipient, role, items, terms.latest_end(place.today))


def _held_by_others(agreed: Iterable[str], ours: Iterable[str]) -> tuple[str, ...]:
    """Name what the person agreed to and only others can send, each class once."""
    reached = {code.rstrip("S") for code in ours}
    missing = dict.fromkeys(code.rstrip("S") for code in agreed)
    return tuple(people.part_name(scope) for scope in missing if scope not in reached)


def _of_consent(fact: Fact, place: Place) -> Basis:
    role = Role(fact.text("recipient_role") or "")
    until = fact.text("until")
    agreed = fact.texts("scopes")
    ours = [code for code in agreed if people.within_reach(code, role, place.case)]
    return Basis(
        recipient=fact.reference("recipient") or place.viewer.actor.organisation,
        role=role,
        items=people.items_among(ours),
        until=date.fromisoformat(until) if until else place.today + timedelta(days=DUTY_DAYS),
        consent=fact.fact_ref,
        purpose=fact.text("purpose") or "",
        account=fact.reference("recipient_account"),
        beyond=_held_by_others(agreed, ours),
    )
