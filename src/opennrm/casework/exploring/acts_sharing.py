"""Acts of the model about who may see what: consent, referral, answers, and time that passes."""

from collections.abc import Hashable, Iterable
from datetime import timedelta
from typing import NamedTuple

from opennrm.casework import consent as consents
from opennrm.casework import sharing
from opennrm.casework.actors import Actor
from opennrm.casework.duty import LegalDuty
from opennrm.casework.exploring import record
from opennrm.casework.exploring.act import Act
from opennrm.casework.exploring.houses import POLICE, Model, ref
from opennrm.casework.exploring.law import Law
from opennrm.casework.exploring.model import (
    NO_PARTS,
    NOTHING,
    OVER,
    Share,
    State,
    is_child,
    seen_from,
    with_share,
)
from opennrm.casework.grounds import Asked

DUTY_DAYS = 7
DUTIES = {
    "child_service": "child_protection",
    "authority": "competent_authority_for_child",
    "shelter": "imminent_danger",
    "shelter2": "imminent_danger",
    "removals": "imminent_danger",
}


class Consented(NamedTuple):
    """To whom she agrees, and whether a guardian speaks with her."""

    place: int
    guardian: bool


class Sent(NamedTuple):
    """A referral: to whom, under a duty or her consent, and whether past the end of it."""

    place: int
    on_duty: bool
    too_long: bool = False


class Answered(NamedTuple):
    """What an organisation answers."""

    place: int
    accepts: bool


def may_be_referred(house: Model) -> bool:
    """Tell whether an organisation is asked by referral; a clinic is asked for a service."""
    return house.name != "clinic"


def consent_choices(law: Law) -> Iterable[Hashable]:
    """List whom she may agree to, with a guardian and alone."""
    return [Consented(i, alone) for i in range(len(law.houses)) for alone in (False, True)]


def may_consent(law: Law, state: State, choice: Consented) -> bool:
    """Look at a consent to an organisation that has none and holds nothing."""
    share = state.shares[choice.place]
    return share.consent_from is None and not share.row and choice.guardian <= is_child(state)


def consented(law: Law, state: State, choice: Consented) -> State | None:
    """Take a consent: specific, limited, with a guardian of a child, to no enforcement."""
    house = law.houses[choice.place]
    until = state.day + law.bounds.term
    question = ("consent", choice, state.age, state.day)
    if not law.unless_refused(question, lambda: _agreed(law, state, house, choice.guardian)):
        return None
    codes = {"purpose": house.purpose, "recipient_role": house.role.value}
    after = law.moved(state, "consent_given", POLICE.role, codes)
    share = NOTHING._replace(consent_from=state.day, consent_until=until)
    return with_share(after, choice.place, share) if after else None


def _agreed(law: Law, state: State, house: Model, guardian: bool) -> frozenset[str]:
    until = state.day + law.bounds.term
    given = record.consent_of(house, state.day, until, guardian=guardian)
    consents.require_specific(given, on=record.date_of(state.day))
    consents.require_guardian(law.case(state), given)
    return consents.agreed_parts(given, desk=law.desk)


def may_withdraw(law: Law, state: State, choice: int) -> bool:
    """Look at taking back a consent that stands."""
    return state.shares[choice].consent_from is not None


def withdrawn(law: Law, state: State, choice: int) -> State | None:
    """Take a consent back: its rows close at once; rows on a duty stay."""
    house, share = law.houses[choice], state.shares[choice]
    codes = {"purpose": house.purpose, "recipient_role": house.role.value}
    after = law.moved(state, "consent_withdrawn", POLICE.role, codes)
    if after is None:
        return None
    left = share._replace(consent_from=None, consent_until=0)
    return with_share(after, choice, NOTHING if share.basis != "duty" else left)


def referral_choices(law: Law) -> Iterable[Hashable]:
    """List referrals on consent, past its end, and on a duty."""
    places = [i for i, house in enumerate(law.houses) if may_be_referred(house)]
    on_consent = [Sent(i, False, too_long) for i in places for too_long in (False, True)]
    return [*on_consent, *(Sent(i, True) for i in places)]


def may_refer(law: Law, state: State, choice: Sent) -> bool:
    """Look at a referral to an organisation that holds nothing yet."""
    return not state.shares[choice.place].row


def referred(law: Law, state: State, choice: Sent) -> State | None:
    """Refer, when a live consent or a duty covers it and the recipient may hold it."""
    house, share = law.houses[choice.place], state.shares[choice.place]
    until = end_of(law, state, choice)
    shares = seen_from(state, choice.place)
    question = ("refer", choice, state.age, shares, state.day)
    seen = state._replace(shares=shares)
    parts = law.unless_refused(question, lambda: _package(law, seen, choice, until))
    if parts is None:
        return None
    codes = {"to_role": house.role.value, "purpose": house.purpose}
    after = law.moved(state, "referral_sent", POLICE.role, codes)
    sent = share._replace(
        row="offered",
        row_until=until,
        parts=parts,
        basis="duty" if choice.on_duty else "consent",
        duty_until=until if choice.on_duty else 0,
    )
    return with_share(after, choice.place, sent) if after else None


def end_of(law: Law, state: State, sent: Sent) -> int:
    """Return the day a sharing would end: with the consent, or past it, or with the duty."""
    if sent.on_duty:
        return state.day + DUTY_DAYS
    share = state.shares[sent.place]
    until = share.consent_until if share.consent_from is not None else state.day + 1
    return until + law.bounds.term if sent.too_long else until


def _package(law: Law, state: State, sent: Sent, until: int) -> frozenset[str]:
    house = law.houses[sent.place]
    has_consent = state.shares[sent.place].consent_from is not None
    duty = LegalDuty(duty=DUTIES.get(house.name, "imminent_danger"), reason="seen today")
    asked = Asked(
        to=house.ref,
        role=house.role,
        purpose=house.purpose,
        until=record.date_of(until),
        consent=ref(f"consent to {house.name}") if has_consent else None,
        duty=duty if sent.on_duty else None,
    )
    package = sharing.share(
        law.case(state),
        asked,
        actor=police(law),
        at=record.moment(state.day) + timedelta(minutes=1),
        desk=law.desk,
    )
    return package.compartments


def police(law: Law) -> Actor:
    """Return the police officer who met her."""
    return law.by(POLICE)


def may_answer(law: Law, state: State, choice: Answered) -> bool:
    """Look at an answer of an organisation that was asked."""
    return state.shares[choice.place].row == "offered"


def answered(law: Law, state: State, choice: Answered) -> State | None:
    """Answer a referral: accepting opens the rows, declining closes them."""
    share = state.shares[choice.place]
    if choice.accepts:
        return with_share(state, choice.place, share._replace(row="open"))
    return with_share(state, choice.place, shut(share))


def shut(share: Share) -> Share:
    """Return the share without its rows; the consent stands."""
    return share._replace(row="", row_until=0, basis="", duty_until=0, parts=NO_PARTS, said="")


def may_wait(law: Law, state: State, choice: object) -> bool:
    """Look no further than the last point in time."""
    return state.day != law.bounds.days[-1]


def waited(law: Law, state: State, choice: object) -> State | None:
    """Let time pass to the next point; what has ended by then is no longer there."""
    days = law.bounds.days
    day = days[days.index(state.day) + 1]
    shares = tuple(_later(law, i, share, day) for i, share in enumerate(state.shares))
    recovery = state.recovery
    if recovery is not None and day >= recovery.ends:
        recovery = OVER
    return state._replace(day=day, shares=shares, recovery=recovery)


def _later(law: Law, place: int, share: Share, day: int) -> Share:
    return law.once(("later", place, share, day), lambda: _ended(law.houses[place], share, day))


def _ended(house: Model, share: Share, day: int) -> Share:
    rows = [row for row in record.rows_of(house, share) if record.live(row, day)]
    left = share if rows else shut(share)
    if left.consent_from is None or day < left.consent_until:
        return left
    return left._replace(consent_from=None, consent_until=0)


def place_choices(law: Law) -> Iterable[Hashable]:
    """List the organisations."""
    return range(len(law.houses))


def answer_choices(law: Law) -> Iterable[Hashable]:
    """List the answers of those who are asked by referral."""
    places = [i for i, house in enumerate(law.houses) if may_be_referred(house)]
    return [Answered(i, accepts) for i in places for accepts in (True, False)]


def once_only(law: Law) -> Iterable[Hashable]:
    """List the one way of an act without choices."""
    return (None,)


def _says_consent(law: Law, choice: Consented) -> str:
    who = "She and her guardian agree" if choice.guardian else "She agrees"
    return f"{who} that {law.houses[choice.place].says} may have her data."


def _says_sent(law: Law, choice: Sent) -> str:
    house = law.houses[choice.place].says
    if choice.on_duty:
        return f"The police officer refers her to {house} on a legal duty."
    past = ", past the end of her consent" if choice.too_long else " with her consent"
    return f"The police officer refers her to {house}{past}."


def _says_answer(law: Law, choice: Answered) -> str:
    word = "accepts" if choice.accepts else "declines"
    return f"{law.houses[choice.place].says.capitalize()} {word} the referral."


def _says_withdrawn(law: Law, choice: int) -> str:
    return f"She takes back her consent to {law.houses[choice].says}."


SHARING = (
    Act("wait", "time", once_only, may_wait, waited, lambda law, choice: "Time passes."),
    Act("consent", "sharing", consent_choices, may_consent, consented, _says_consent),
    Act("withdraw", "sharing", place_choices, may_withdraw, withdrawn, _says_withdrawn),
    Act("refer", "sharing", referral_choices, may_refer, referred, _says_sent),
    Act("answer", "sharing", answer_choices, may_answer, answered, _says_answer),
)
