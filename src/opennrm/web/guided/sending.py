"""Hands a finished draft to the use cases: contact, screening, consent, referral, in one go."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from opennrm.casework import child_guardian, consent, contact, notification, referral, screening
from opennrm.casework.duty import LegalDuty
from opennrm.casework.permissions import readable
from opennrm.casework.ports import Desk, Notification
from opennrm.casework.refusals import Refused
from opennrm.records.drafts import sending
from opennrm.records.sessions import Session
from opennrm.vocabulary.roles import Role
from opennrm.web import people
from opennrm.web.contact import ContactForm, PersonForm
from opennrm.web.forms.act import Place
from opennrm.web.guided import sharing_screens as sharing
from opennrm.web.guided.first_screens import is_child
from opennrm.web.guided.path import BY_NAME, walk
from opennrm.web.guided.screen import Answers, as_sent, first
from opennrm.web.guided.sign_screens import noted

# The screen on which somebody puts right what a use case has refused.
PUT_RIGHT: Mapping[str, str] = {
    "record_contact": "how",
    "record_screening": "view",
    "ask_for_guardian": "beside",
    "describe_person": "names",
    "take_consent": "agreed",
    "refer": "agreed",
    "notify_without_identity": "coarse",
}


class StepRefused(Exception):
    """A use case refused; nothing of the draft has taken effect."""

    def __init__(self, step: str, refused: Refused) -> None:
        super().__init__(step)
        self.finding = refused.finding
        self.screen = PUT_RIGHT[step]


@dataclass
class Sending:
    """One draft on its way: what was answered, by whom, and what has come of it so far."""

    viewer: Session
    at: datetime
    answers: Answers
    desk: Desk
    case_ref: UUID | None = None

    def __post_init__(self) -> None:
        """Note which screens came for these answers; what stands on others is not sent."""
        self.place = Place(viewer=self.viewer, at=self.at)
        self.screens = {screen.name for screen in walk(self.place, self.answers).screens}

    def do(self, step: str, use_case: Any, **given: Any) -> UUID:
        """Call one use case.

        :raises StepRefused: when it refuses.
        """
        if self.case_ref is not None:
            given.setdefault("case_ref", self.case_ref)
        try:
            made: UUID = use_case(**given, actor=self.viewer.actor, at=self.at, desk=self.desk)
        except Refused as refused:
            raise StepRefused(step, refused) from refused
        return made

    def cleaned(self, screen: str) -> dict[str, Any]:
        """Return the checked answers of a screen, or nothing where it did not come."""
        if screen not in self.screens:
            return {}
        form = BY_NAME[screen].filled(self.place, self.answers)
        form.is_valid()
        return form.cleaned_data


def send(viewer: Session, draft_ref: UUID, answers: Answers, *, at: datetime) -> dict[str, Any]:
    """Let a whole draft take effect in one transaction, and return its receipt.

    :raises StepRefused: when a use case refuses; then nothing of it has taken effect.
    :raises AlreadySent: when it took effect before.
    """
    with whole(), sending(viewer, draft_ref, at=at) as (desk, receipt):
        one = Sending(viewer, at, answers, desk)
        receipt.update(_sent(one))
    return receipt


@contextmanager
def whole() -> Iterator[None]:
    """Lead back to where a contact begins when what was sent is refused as a whole, at its end.

    :raises StepRefused: when it is.
    """
    try:
        yield
    except Refused as refused:
        raise StepRefused("record_contact", refused) from refused


def _sent(one: Sending) -> dict[str, Any]:
    one.case_ref = _contact(one)
    receipt: dict[str, Any] = {"case": str(one.case_ref), "answers_sent": len(one.screens)}
    _screened(one)
    _guarded(one)
    _described(one)
    if "agreed" in one.screens:
        receipt["referral"] = str(_referred(one))
        receipt["recipient"] = first(one.answers, "recipient")
    if "coarse" in one.screens:
        receipt["notification"] = str(_notified(one))
    return receipt


def _contact(one: Sending) -> UUID:
    form = ContactForm(_answered(one), place=one.place)
    form.is_valid()
    return one.do("record_contact", contact.record_contact, contact=form.to_input())


def _answered(one: Sending) -> Any:
    """Return what was answered on the screens that came, and nothing that was left behind."""
    asked = {
        name
        for screen in one.screens
        for name in BY_NAME[screen].form(place=one.place, answers=one.answers).fields
    }
    kept = {
        name: values
        for name, values in one.answers.items()
        if name in asked or name.rpartition("-")[0] in asked
    }
    return as_sent(kept)


def _screened(one: Sending) -> None:
    view = one.cleaned("view")
    if not view:
        return
    talk, about = one.cleaned("talk"), one.cleaned("about")
    by = noted(one.answers)
    if not (by["seen"] or by["told"] or view.get("presumed") or view["reason"]):
        return
    made = screening.Screening(
        population="child" if is_child(one.answers) else "adult",
        seen=by["seen"],
        told=by["told"],
        not_asked=by["not_asked"],
        presumed=view["presumed"],
        act_noted=view.get("act_noted"),
        reason=view["reason"],
        notes=view["notes"],
        forms=tuple(about["forms"]),
        scope_of_trafficking=about["scope_of_trafficking"] or None,
        alone=talk["alone"],
        language=talk["language"] or None,
        interpreter=talk["interpreter"],
    )
    one.do("record_screening", screening.record_screening, screening=made)


def _guarded(one: Sending) -> None:
    beside = one.cleaned("beside")
    if beside.get("guardian_missing"):
        request = child_guardian.GuardianRequest(
            asked_on=one.place.today, note=beside["companion"]
        )
        one.do("ask_for_guardian", child_guardian.ask_for_guardian, request=request)


def _described(one: Sending) -> None:
    typed = one.cleaned("names")
    if not any(typed.values()):
        return
    form = PersonForm(_answered(one), place=one.place)
    form.is_valid()
    one.do("describe_person", contact.describe_person, person=form.to_input())


def _referred(one: Sending) -> UUID:
    typed = one.cleaned("agreed")
    to, role = people.chosen(typed["recipient"])
    parts = parts_for(role, typed["scopes"])
    under_duty = first(one.answers, "wish") == sharing.PROTECT
    given = None if under_duty else _consented(one, typed, to, role, parts)
    duty = LegalDuty(duty="child_protection", reason=typed["duty_reason"]) if under_duty else None
    told = typed["summary"] if "D4S" in parts else ""
    made = referral.Referral(
        to=to,
        to_role=role.value,
        purpose="child_protection" if under_duty else "referral",
        until=typed["until"],
        reply_by=one.place.today + sharing.REPLY,
        consent=given,
        duty=duty,
        urgency=typed["urgency"],
        services=tuple(one.cleaned("now")["services"]),
        compartments=parts,
        summaries=(referral.Summary(compartment="D4S", text=told),) if told else (),
    )
    return one.do("refer", referral.refer, referral=made)


def parts_for(role: Role, scopes: list[str]) -> tuple[str, ...]:
    """Spell out what was agreed to as this role may have it: in full, or a summary, or not."""
    held = readable(role)
    spelt = (code if code in held else f"{code}S" for code in scopes)
    return tuple(code for code in spelt if code in held)


def _consented(
    one: Sending, typed: dict[str, Any], to: UUID, role: Role, parts: tuple[str, ...]
) -> UUID:
    talk = one.cleaned("talk")
    made = consent.ConsentGiven(
        purpose="referral",
        until=typed["until"],
        language=talk["language"],
        form=typed["form"],
        given_on=one.place.today,
        recipient=to,
        recipient_role=role.value,
        scopes=parts,
        interpreter=talk["interpreter"],
        explained_by=one.viewer.actor.account,
        guardian=bool(typed.get("guardian")),
        assent=typed.get("assent"),
    )
    return one.do("take_consent", consent.take_consent, consent=made)


def _notified(one: Sending) -> UUID:
    typed = one.cleaned("coarse")
    coarse = {name.removeprefix(sharing.COARSE): value for name, value in typed.items()}
    made = Notification.of(coarse)
    return one.do(
        "notify_without_identity", notification.notify_without_identity, notification=made
    )
