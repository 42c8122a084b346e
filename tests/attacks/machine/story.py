"""What may happen to a case in the attacker machine, done through the use cases."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID, uuid4

from opennrm.casework.closing import Closure, close_case
from opennrm.casework.consent import ConsentGiven, Withdrawal, take_consent, withdraw_consent
from opennrm.casework.contact import (
    AccountNote,
    PersonDescription,
    SafeContactNote,
    describe_person,
    note_account,
    note_safe_contact,
)
from opennrm.casework.duty import LegalDuty
from opennrm.casework.duty_end import DutyEnd, end_legal_duty
from opennrm.casework.emergency import (
    Emergency,
    agree_in_emergency,
    ask_in_emergency,
    open_in_emergency,
)
from opennrm.casework.outcome import Reopening, reopen_case
from opennrm.casework.referral import Referral, ReferralAnswer, acknowledge_referral, refer
from opennrm.casework.refusals import Refused
from opennrm.casework.safety_sheet import SafetySheet, write_safety_sheet
from opennrm.records import queries
from opennrm.records.sessions import SignedOut
from opennrm.vocabulary.roles import Role
from tests import cast, stories
from tests.attacks.machine.shadow import SHEET, Leak, Shadow, may_hold
from tests.database import NOW, signed_in

STARTERS = (cast.POLICE_OFFICER, cast.HELPLINE_WORKER, cast.CASE_MANAGER)
RECIPIENTS = (
    (cast.CASE_MANAGER, Role.CM),
    (cast.CASE_MANAGER, Role.SH),
    (cast.SHELTER_WITHOUT_CONSENT, Role.CM),
    (cast.DECIDING_OFFICER, Role.CA),
    (cast.PANEL_READER, Role.RP),
    (cast.LAWYER, Role.LA),
    (cast.HEALTH_WORKER, Role.HC),
    (cast.GUARDIAN, Role.GU),
    (cast.CHILD_WORKER, Role.CP),
    (cast.DETECTIVE, Role.LE),
    (cast.IMMIGRATION_OFFICER, Role.MI),
    (cast.SHELTER_WITHOUT_CONSENT, Role.SH),
)
PEOPLE = (*dict.fromkeys(member for member, _role in RECIPIENTS), cast.POLICE_OFFICER,
          cast.POLICE_COLLEAGUE, cast.HELPLINE_WORKER, cast.NIGHT_WORKER,
          cast.NIGHT_COLLEAGUE)  # fmt: skip
LEAVER = cast.POLICE_COLLEAGUE
TO_SAVE_A_LIFE = ("D1", "D2", "D3", "D5", "D8", "D9")
END = """
UPDATE nrm.access SET until = CASE WHEN is_kept THEN now() + interval '80 days' ELSE now() END,
    opens_at = CASE WHEN is_kept THEN now() ELSE opens_at END
WHERE offer_fact = %(sent)s AND until > now() AND (NOT is_kept OR opens_at > now())
"""
END_LISTS = """
UPDATE nrm.worklist AS shown SET until = now() WHERE case_ref = %(case)s AND NOT EXISTS (
    SELECT 1 FROM nrm.access WHERE access.case_ref = shown.case_ref AND access.role = shown.role
      AND access.organisation = shown.organisation
      AND shown.state = CASE WHEN is_kept THEN 'kept' ELSE access.state END
      AND closed_at IS NULL AND access.until > now())
"""
ACTIVE = "UPDATE public.accounts_account SET is_active = %s WHERE ref = %s"
Chosen = frozenset[str]


@dataclass
class Story:
    """A case, its shadow, and what was sent, agreed to and typed so far.

    `passes` executes a statement as the administrator: time that passes, people who leave.
    """

    starter: cast.Member
    case_ref: UUID
    shadow: Shadow
    passes: Callable[..., object]
    offers: list[tuple[cast.Member, UUID]] = field(default_factory=list)
    consents: list[UUID] = field(default_factory=list)
    duties: list[UUID] = field(default_factory=list)
    asked: list[tuple[cast.Member, UUID]] = field(default_factory=list)
    planted: dict[str, str] = field(default_factory=dict)
    did: list[str] = field(default_factory=list)

    def holder(self, number: int) -> cast.Member:
        """Choose somebody to whom something is open; the starter while nobody is."""
        holders = [one for one in PEOPLE if self.shadow.parts_of(one)]
        return holders[number % len(holders)] if holders else self.starter

    def anyone(self, number: int) -> cast.Member:
        """Choose anybody at all."""
        return PEOPLE[number % len(PEOPLE)]

    def offer(self, number: int) -> tuple[cast.Member, UUID]:
        """Choose an offer, one that waits if there is any; an invented one while there is none."""
        waiting = {one.offer for one in self.shadow.given if one.parts and not one.is_open}
        choice = [one for one in self.offers if one[1] in waiting] if number % 4 else []
        choice = choice or self.offers or [(self.anyone(number), uuid4())]
        return choice[number % len(choice)]

    def plant(self, part: str) -> str:
        """Make up a text to be typed into one part, by which it is known again."""
        text = f"zq{part}x{len(self.planted)}x{self.case_ref.hex[:8]}"
        self.planted[text] = f"{part}@{self.shadow.epoch}" if part == SHEET else part
        return text


def begun(starter: cast.Member, passes: Callable[..., object]) -> Story:
    """Begin a story: somebody meets her, she is in danger, and tells who and where she is."""
    case_ref = stories.contact(starter, danger="imminent")
    story = Story(starter, case_ref, Shadow(), passes)
    story.shadow.begin(starter)
    for name in ("describe", "tell where she is", "note", "write the sheet"):
        take(story, name, 0, 0, frozenset())
    return story


def _refer(story: Story, who: int, to: int, scopes: Chosen) -> None:
    worker = story.holder(who)
    member, role = RECIPIENTS[to % len(RECIPIENTS)]
    chosen = tuple(sorted(scopes & may_hold(role) | {"D1"}))
    named = member.account if {"D3", "D3S"} & set(chosen) else None
    agreed = ConsentGiven(
        purpose="referral",
        recipient=member.actor.organisation,
        recipient_role=role.value,
        recipient_account=named,
        scopes=chosen,
        until=stories.in_days(200),
        language="sq",
        form="spoken",
        given_on=stories.TODAY,
    )
    consent = stories.do(take_consent, worker, case_ref=story.case_ref, consent=agreed)
    story.consents.append(consent)
    story.shadow.agree(consent, member, role, chosen)
    _send(story, worker, member, role, chosen, consent=consent, account=named)


def _refer_again(story: Story, who: int, to: int, scopes: Chosen) -> None:
    """Try to send once more on a consent that may have been taken back, or was for another."""
    if not story.consents:
        return
    member, role = RECIPIENTS[to % len(RECIPIENTS)]
    consent = story.consents[who % len(story.consents)]
    chosen = tuple(sorted(scopes & may_hold(role) | {"D1"}))
    _send(story, story.holder(who), member, role, chosen, consent=consent, account=None)


def _refer_on_duty(story: Story, who: int, to: int, scopes: Chosen) -> None:
    worker = story.holder(who)
    member, role = RECIPIENTS[to % len(RECIPIENTS)]
    chosen = tuple(sorted(scopes & may_hold(role) & set(TO_SAVE_A_LIFE) | {"D1"}))
    named = member.account if "D3" in chosen else None
    duty = LegalDuty(duty="imminent_danger", reason="seen today")
    sent = _send(story, worker, member, role, chosen, duty=duty, account=named, days=5)
    relied = stories.newest(worker, story.case_ref, "legal_duty_relied_on")
    story.duties.append(relied)
    story.shadow.rest_on(sent, relied)


def _send(
    story: Story,
    worker: cast.Member,
    to: cast.Member,
    role: Role,
    chosen: Iterable[str],
    *,
    account: UUID | None,
    consent: UUID | None = None,
    duty: LegalDuty | None = None,
    days: int = 100,
) -> UUID:
    referral = Referral(
        to=to.actor.organisation,
        to_role=role.value,
        purpose="referral",
        until=stories.TODAY + timedelta(days=days),
        reply_by=stories.in_days(3),
        consent=consent,
        duty=duty,
        compartments=tuple(chosen),
        account=account,
    )
    sent: UUID = stories.do(refer, worker, case_ref=story.case_ref, referral=referral)
    story.shadow.require_holder(worker, "refer")
    story.offers.append((to, sent))
    story.shadow.offer(sent, to, role, chosen, consent=consent)
    return sent


def _answer(story: Story, member: cast.Member, sent: UUID, answer: str) -> None:
    reason = None if answer == "accepted" else "no_place"
    given = ReferralAnswer(referral=sent, answer=answer, reason=reason)
    stories.do(acknowledge_referral, member, case_ref=story.case_ref, answer=given)
    if answer == "accepted":
        story.shadow.accept(member, sent)
    else:
        story.shadow.decline(member, sent)


def _accept(story: Story, who: int, to: int, scopes: Chosen) -> None:
    _answer(story, *story.offer(who), "accepted")


def _accept_anothers(story: Story, who: int, to: int, scopes: Chosen) -> None:
    _answer(story, story.anyone(who), story.offer(to)[1], "accepted")


def _decline(story: Story, who: int, to: int, scopes: Chosen) -> None:
    _answer(story, *story.offer(who), "declined")


def _withdraw(story: Story, who: int, to: int, scopes: Chosen) -> None:
    if story.consents:
        consent = story.consents[to % len(story.consents)]
        worker = story.anyone(who) if who % 4 == 3 else story.holder(who)
        back = Withdrawal(consent=consent, withdrawn_on=stories.TODAY)
        stories.do(withdraw_consent, worker, case_ref=story.case_ref, withdrawal=back)
        story.shadow.require_holder(worker, "withdraw")
        story.shadow.take_back(consent)


def _end_duty(story: Story, who: int, to: int, scopes: Chosen) -> None:
    if story.duties:
        duty = story.duties[to % len(story.duties)]
        end = DutyEnd(duty=duty, ended_on=stories.TODAY)
        stories.do(end_legal_duty, story.holder(who), case_ref=story.case_ref, end=end)
        story.shadow.take_back(duty)


def _expire(story: Story, who: int, to: int, scopes: Chosen) -> None:
    sent = story.offer(to)[1]
    story.passes(END, {"sent": sent})
    story.passes(END_LISTS, {"case": story.case_ref})
    story.shadow.lapse(sent)


def _describe(story: Story, who: int, to: int, scopes: Chosen) -> None:
    worker = story.holder(who)
    person = PersonDescription(names=story.plant("D2"))
    stories.do(describe_person, worker, case_ref=story.case_ref, person=person)
    story.shadow.require_holder(worker, "describe")


def _tell_where(story: Story, who: int, to: int, scopes: Chosen) -> None:
    note = SafeContactNote(
        safe_channel="phone_call", safe_way=story.plant("D3"), whereabouts=story.plant("D3")
    )
    stories.do(note_safe_contact, story.holder(who), case_ref=story.case_ref, note=note)


def _note(story: Story, who: int, to: int, scopes: Chosen) -> None:
    account = AccountNote(words=story.plant("D4"))
    stories.do(note_account, story.holder(who), case_ref=story.case_ref, account=account)


def _write_sheet(story: Story, who: int, to: int, scopes: Chosen) -> None:
    sheet = SafetySheet(called=story.plant(SHEET), allergies=story.plant(SHEET))
    worker = story.anyone(who) if who % 4 == 3 else story.holder(who)
    stories.do(write_safety_sheet, worker, case_ref=story.case_ref, sheet=sheet)
    story.shadow.require_holder(worker, "write the sheet")


def _open_at_night(story: Story, who: int, to: int, scopes: Chosen) -> None:
    worker = cast.NIGHT_WORKER if who % 2 else story.anyone(who)
    need = Emergency(reason="medical")
    stories.do(open_in_emergency, worker, case_ref=story.case_ref, emergency=need)
    story.shadow.open_at_night(worker)


def _night(story: Story, who: int) -> cast.Member:
    return (cast.NIGHT_WORKER, cast.NIGHT_COLLEAGUE, story.anyone(who))[who % 3]


def _open_a_part(story: Story, who: int, to: int, scopes: Chosen) -> None:
    worker, parts = _night(story, who), sorted(scopes | {"D2", "D8"})
    part = parts[to % len(parts)]
    need = Emergency(reason="threat", part=part, why="now")
    stories.do(open_in_emergency, worker, case_ref=story.case_ref, emergency=need)
    story.shadow.open_part_at_night(worker, part)


def _ask_for_whereabouts(story: Story, who: int, to: int, scopes: Chosen) -> None:
    worker = _night(story, who)
    need = Emergency(reason="missing", part="D3", why="now")
    asked = stories.do(ask_in_emergency, worker, case_ref=story.case_ref, emergency=need)
    story.asked.append((worker, asked))
    story.shadow.ask_at_night(worker)


def _agree_to_whereabouts(story: Story, who: int, to: int, scopes: Chosen) -> None:
    worker, asked = story.asked[to % len(story.asked)] if story.asked else (LEAVER, uuid4())
    second = _night(story, who)
    stories.do(agree_in_emergency, second, case_ref=story.case_ref, asked=asked)
    story.shadow.open_part_at_night(worker, "D3", second=second)


def _close(story: Story, who: int, to: int, scopes: Chosen) -> None:
    closure = Closure(
        exit_kind="moved",
        retention_until=stories.in_days(365),
        plan_reviewed=True,
        claims_listed=True,
        safety_plan=True,
        return_contact=True,
    )
    stories.do(close_case, story.holder(who), case_ref=story.case_ref, closure=closure)


def _reopen(story: Story, who: int, to: int, scopes: Chosen) -> None:
    again = Reopening(reason="person_came_back")
    stories.do(reopen_case, story.holder(who), case_ref=story.case_ref, reopening=again)


def _intrude(story: Story, who: int, to: int, scopes: Chosen) -> None:
    """Let anybody write: it must fail wherever nothing is open to her."""
    worker = story.anyone(who)
    person = PersonDescription(names=story.plant("D2"))
    stories.do(describe_person, worker, case_ref=story.case_ref, person=person)
    story.shadow.require_holder(worker, "describe")


def _search(story: Story, who: int, to: int, scopes: Chosen) -> None:
    """Look for every name that was typed, in somebody's own entries."""
    member = story.anyone(who)
    names = [text for text, part in story.planted.items() if part == "D2"][-2:]
    for name in names:
        hits = queries.find_people(signed_in(member), name, at=NOW)
        is_found = any(hit.case_ref == story.case_ref for hit in hits)
        if is_found and not {"D2", "D2S"} & story.shadow.parts_of(member):
            raise Leak(f"{member.organisation.name} found her by name.")


def _leave(story: Story, who: int, to: int, scopes: Chosen) -> None:
    _set_active(story, active=False)


def _come_back(story: Story, who: int, to: int, scopes: Chosen) -> None:
    _set_active(story, active=True)


def _set_active(story: Story, *, active: bool) -> None:
    story.passes(ACTIVE, [active, LEAVER.account])
    (story.shadow.away.discard if active else story.shadow.away.add)(LEAVER.account)


Step = Callable[[Story, int, int, Chosen], None]
STEPS: dict[str, Step] = {
    "refer": _refer,
    "refer again": _refer_again,
    "refer on a duty": _refer_on_duty,
    "accept": _accept,
    "accept another's": _accept_anothers,
    "decline": _decline,
    "withdraw": _withdraw,
    "end a duty": _end_duty,
    "expire": _expire,
    "describe": _describe,
    "tell where she is": _tell_where,
    "note": _note,
    "write the sheet": _write_sheet,
    "open at night": _open_at_night,
    "open a part at night": _open_a_part,
    "ask for whereabouts at night": _ask_for_whereabouts,
    "agree to whereabouts at night": _agree_to_whereabouts,
    "close": _close,
    "reopen": _reopen,
    "intrude": _intrude,
    "search": _search,
    "leave": _leave,
    "come back": _come_back,
}
OFTEN = ("refer", "accept", "withdraw", "refer", "accept")


def take(story: Story, name: str, who: int, to: int, scopes: Chosen) -> bool:
    """Take one step; say whether it was done or refused.

    :raises Leak: when it was done and the shadow knows that nobody had the right to.
    """
    planted = dict(story.planted)
    try:
        STEPS[name](story, who, to, scopes)
    except (Refused, SignedOut):
        story.planted = planted
        return False
    story.did.append(name)
    return True


def ended(story: Story) -> None:
    """Let whoever was away come back, so that the next story begins with everyone."""
    if story.shadow.away:
        _set_active(story, active=True)
