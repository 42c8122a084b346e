"""Acts of the model about decisions: screening, both decisions, a second look, recovery."""

from collections.abc import Hashable, Iterable
from datetime import date, timedelta
from typing import NamedTuple

from opennrm.casework import decision
from opennrm.casework.decision import AFTER_GROUNDS, Decision
from opennrm.casework.early_end import legal_grounds
from opennrm.casework.exploring import record
from opennrm.casework.exploring.act import Act
from opennrm.casework.exploring.acts_help import always
from opennrm.casework.exploring.houses import POLICE
from opennrm.casework.exploring.law import Law
from opennrm.casework.exploring.model import OVER, Recovery, State
from opennrm.rights.identification import StatusSituation
from opennrm.rights.recovery import RecoverySituation, least_until
from opennrm.rights.second_opinion import EarlyEndSituation
from opennrm.vocabulary.roles import Role


class Verdict(NamedTuple):
    """A decision as it is about to be recorded."""

    is_preliminary: bool
    outcome: str
    standard: str = "reasonable_grounds"
    has_reasons: bool = True
    has_remedy: bool = True
    reader: str = "colleague"

    @property
    def is_no(self) -> bool:
        """Tell whether it says no."""
        return self.outcome in ("negative", "not_identified")


class Period(NamedTuple):
    """A recovery period: how long, and from which day of those it may start on."""

    days: int
    extends: bool = False


class EarlyEnd(NamedTuple):
    """An early end of the recovery period: on which ground, and who else agreed."""

    ground: str
    reader: str = "colleague"
    has_reasons: bool = True


NOS = (Verdict(True, "negative"), Verdict(False, "not_identified"))
VERDICTS = (
    Verdict(True, "positive"),
    Verdict(True, "positive", standard="balance_of_probabilities"),
    Verdict(True, "pending"),
    Verdict(False, "identified"),
    Verdict(False, "pending"),
    *NOS,
    *(no._replace(has_reasons=False) for no in NOS),
    *(no._replace(has_remedy=False) for no in NOS),
    *(no._replace(reader=reader) for no in NOS for reader in ("", "self")),
)
# What counts of an opinion: nothing of nobody, nothing of the one who decides.
OPINIONS = {"": None, "self": None, "colleague": "agrees"}
LONGEST = 45
PERIODS = (Period(20), Period(30), Period(45), Period(15, extends=True))


def screened(law: Law, state: State, choice: bool) -> State | None:
    """Screen her with the indicators; it can never say no (R19)."""
    status = StatusSituation("presumed" if choice else "none", "screening_recorded")
    if not law.allows("R19", status, state.day):
        return None
    return law.moved(state, "screening_recorded", POLICE.role, {"presumed": choice})


def authority(law: Law) -> int:
    """Return the place of the authority."""
    return law.bounds.houses.index("authority")


def may_decide(law: Law, state: State, choice: object) -> bool:
    """Look at an act of the authority once the case is open to it."""
    return "authority" in law.bounds.houses and state.shares[authority(law)].row == "open"


def decided(law: Law, state: State, choice: Verdict) -> State | None:
    """Record a decision, when it is well founded and a no was read by a second person."""
    if "D14" not in state.shares[authority(law)].parts:
        return None
    question = ("decide", choice, state.day)
    if not law.unless_refused(question, lambda: _well_decided(law, state.day, choice)):
        return None
    prefix = "reasonable_grounds" if choice.is_preliminary else "identification"
    return law.moved(state, f"{prefix}_decided", Role.CA, {"outcome": choice.outcome})


def _well_decided(law: Law, day: int, verdict: Verdict) -> bool:
    on = record.date_of(day)
    taken = decision_of(verdict, day)
    said = OPINIONS[verdict.reader] if verdict.is_no else None
    decision.require_well_decided(taken, said, on=on, is_preliminary=verdict.is_preliminary)
    return True


def decision_of(verdict: Verdict, day: int) -> Decision:
    """Return a verdict in the form of the use case."""
    on = record.date_of(day)
    return Decision(
        outcome=verdict.outcome,
        standard=verdict.standard,
        decided_on=on,
        reasons="what was looked at" if verdict.has_reasons else "",
        language="sq" if verdict.is_no else None,
        remedy="reconsideration" if verdict.is_no and verdict.has_remedy else None,
        remedy_until=on + timedelta(days=30) if verdict.is_no and verdict.has_remedy else None,
    )


def may_look_again(law: Law, state: State, choice: object) -> bool:
    """Look at a request for a second look at a no."""
    return state.identification.state in ("reasonable_grounds_negative", "not_identified")


def asked_again(law: Law, state: State, choice: object) -> State | None:
    """Ask that a no be looked at again; late requests are kept too."""
    return law.moved(state, "reconsideration_asked", POLICE.role)


def may_open_period(law: Law, state: State, choice: Period) -> bool:
    """Look at a recovery period of an authority that has the case; at most one extension of it."""
    running = running_period(state)
    if choice.extends and (running is None or running.ends - running.begins > LONGEST):
        return False
    return may_decide(law, state, choice)


def running_period(state: State) -> Recovery | None:
    """Return the recovery period that runs."""
    return None if state.recovery == OVER else state.recovery


def opened_period(law: Law, state: State, choice: Period) -> State | None:
    """Open a recovery period, when grounds were found and it is long enough (R25)."""
    running = running_period(state)
    if state.identification.state not in AFTER_GROUNDS or (running and not choice.extends):
        return None
    begins = running.begins if running else state.day
    ends = (running.ends if running else state.day) + choice.days
    told = record.date_of(begins)
    least = law.once(("least", told), lambda: _least(law, begins))
    situation = RecoverySituation(told, told, record.date_of(ends), least)
    if not law.allows("R25", situation, state.day):
        return None
    return state._replace(recovery=Recovery(begins, ends))


def _least(law: Law, begins: int) -> date:
    told = record.date_of(begins)
    return least_until(told, law.desk.presets(law.bounds.place).value("recovery_period_min", told))


def may_end_early(law: Law, state: State, choice: object) -> bool:
    """Look at an early end of a recovery period that runs."""
    return may_decide(law, state, choice) and running_period(state) is not None


def ended_early(law: Law, state: State, choice: EarlyEnd) -> State | None:
    """End the recovery period early, on a legal ground and with a second person (R27)."""
    on = record.date_of(state.day)
    presets = law.desk.presets(law.bounds.place)
    situation = EarlyEndSituation(
        ground=choice.ground,
        grounds_allowed=law.once(("grounds", on), lambda: legal_grounds(presets, on=on)),
        has_reasons=choice.has_reasons,
        language="sq",
        remedy="appeal",
        remedy_until=on + timedelta(days=30),
        second_opinion=OPINIONS[choice.reader],
    )
    return state._replace(recovery=OVER) if law.allows("R27", situation, state.day) else None


def early_ends(law: Law) -> Iterable[Hashable]:
    """List the early ends that are tried: each ground, and each fault."""
    legal = ("public_order", "status_claimed_improperly")
    return (
        *(EarlyEnd(ground) for ground in (*legal, "no_co-operation")),
        *(EarlyEnd(legal[0], reader=reader) for reader in ("", "self")),
        EarlyEnd(legal[0], has_reasons=False),
    )


def screenings(law: Law) -> Iterable[Hashable]:
    """List what a screening may show."""
    return (True, False)


def verdicts(law: Law) -> Iterable[Hashable]:
    """List the decisions that are tried, with every fault."""
    return VERDICTS


def periods(law: Law) -> Iterable[Hashable]:
    """List the recovery periods that are tried."""
    return PERIODS


def _says_screened(law: Law, choice: bool) -> str:
    return f"A screening shows {'signs' if choice else 'no signs'}."


def _says_decided(law: Law, choice: Verdict) -> str:
    which = "first" if choice.is_preliminary else "formal"
    lacks = [
        word
        for word, is_there in (
            ("without reasons", choice.has_reasons),
            ("without a remedy", choice.has_remedy),
            ("without a second reader", choice.reader == "colleague"),
            ("by a higher standard", choice.standard == "reasonable_grounds"),
        )
        if not is_there
    ]
    outcome = choice.outcome.replace("_", " ")
    return " ".join([f"The authority takes the {which} decision: {outcome}", *lacks]) + "."


def _says_early_end(law: Law, choice: EarlyEnd) -> str:
    alone = "" if choice.reader == "colleague" else ", with nobody else agreeing"
    bare = "" if choice.has_reasons else ", without reasons"
    ground = choice.ground.replace("_", " ")
    return f"The authority ends the recovery period early: {ground}{alone}{bare}."


def _says_period(law: Law, choice: Period) -> str:
    if choice.extends:
        return f"The authority makes the recovery period {choice.days} days longer."
    return f"The authority opens a recovery period of {choice.days} days."


DECISIONS = (
    Act("screen", "decisions", screenings, always, screened, _says_screened),
    Act("decide", "decisions", verdicts, may_decide, decided, _says_decided),
    Act(
        "ask_again",
        "decisions",
        lambda law: (None,),
        may_look_again,
        asked_again,
        lambda law, choice: "She asks that the decision be looked at again.",
    ),
    Act("recovery", "decisions", periods, may_open_period, opened_period, _says_period),
    Act("end_early", "decisions", early_ends, may_end_early, ended_early, _says_early_end),
)
