"""Rules on the recovery period: how long, no removal in it, help for all of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from opennrm.rights.findings import Finding, broken, holds, not_known
from opennrm.rights.jurisdictions import Preset, presets
from opennrm.rights.months import months_after
from opennrm.rights.rule import Action, Chapter, Override, Rule
from opennrm.rights.sources import COE, REPORT_2006, read, stated


@dataclass(frozen=True, slots=True)
class RecoverySituation:
    """A recovery period about to open: the day she was told, its days, the least end by law.

    `standing` says how far the minimum is law here, where it is not confirmed as such;
    `is_understood` whether she was told in her language, or with an interpreter.
    """

    told_on: date | None
    from_on: date | None
    until_on: date | None
    least_until_on: date | None
    standing: str = ""
    is_understood: bool | None = True


@dataclass(frozen=True, slots=True)
class RemovalSituation:
    """A removal, detention or transfer about to be authorised, and where the period stands.

    The period is `running`, `paused`, `not_opened` though grounds were found, `over`, or `none`.
    """

    period: str | None


@dataclass(frozen=True, slots=True)
class HelpLengthSituation:
    """How long the recovery period lasts and how long help was promised; ends are excluded."""

    period_until: date | None
    help_until: date | None
    is_closed: bool = False


def least_until(from_on: date, minimum: Preset) -> date:
    """Return the earliest end, excluded, that a minimum allows for a period from a day."""
    if minimum.unit == "months":
        return months_after(from_on, minimum.number)
    return from_on + timedelta(days=minimum.number)


def recovery_by_law(
    *,
    jurisdiction: str,
    told_on: date | None,
    from_on: date,
    until_on: date,
    is_understood: bool | None = True,
) -> RecoverySituation:
    """Make the situation of a period by the law of a place on the day it starts."""
    minimum = presets(jurisdiction).value("recovery_period_min", from_on)
    least = least_until(from_on, minimum)
    return RecoverySituation(
        told_on, from_on, until_on, least, standing_of(minimum), is_understood
    )


def standing_of(minimum: Preset) -> str:
    """Say how far a minimum is law, where it is not confirmed; nothing where it is."""
    return "" if minimum.is_law else minimum.standing


def long_enough(situation: RecoverySituation, on: date) -> Finding:
    """Find whether the period lasts as long as the law asks, from the day she was told (R25)."""
    told, begins, ends = situation.told_on, situation.from_on, situation.until_on
    if told is None or begins is None or ends is None or situation.least_until_on is None:
        return not_known(
            "R25",
            "day_not_known",
            "tell_person",
            "The period starts when she is told of it in her language. Record that day.",
        )
    if not situation.is_understood:
        return not_known(
            "R25",
            "language_not_known",
            "tell_person",
            "The period starts when she is told of it in her language, or with an interpreter. "
            "Tell her so, and record that day and language.",
        )
    if begins < told:
        return broken(
            "R25",
            "starts_before_told",
            "move_start",
            "The period cannot start before the day she was told of it. Start it that day.",
        )
    if ends < situation.least_until_on:
        return broken(
            "R25",
            "period_too_short",
            "lengthen_period",
            f"The recovery and reflection period lasts at least until "
            f"{situation.least_until_on.isoformat()}{_in_brackets(situation.standing)}. Make it "
            f"longer.",
        )
    return holds("R25")


def _in_brackets(standing: str) -> str:
    return f" ({standing})" if standing else ""


def no_removal(situation: RemovalSituation, on: date) -> Finding:
    """Find whether the recovery period stands in the way of a removal (R26)."""
    if situation.period in PROTECTS:
        return broken(
            "R26",
            f"period_{situation.period}",
            "stop_removal",
            "She has the time of the recovery and reflection period, so nobody may remove, detain "
            "or transfer her. Stop the task, and tell her lawyer and the competent authority.",
        )
    if situation.period in ("over", "none"):
        return holds("R26")
    return not_known(
        "R26",
        "period_not_known",
        "ask_authority",
        "It is not known whether a recovery period runs. Ask the competent authority first.",
    )


def help_lasts(situation: HelpLengthSituation, on: date) -> Finding:
    """Find whether help was promised for the whole recovery period (R28)."""
    until = situation.period_until
    if until is None or until <= on:
        return holds("R28")
    if situation.is_closed:
        return broken(
            "R28",
            "closed_in_period",
            "reopen_case",
            "Support ended while the recovery period still runs. Open the case again and offer "
            "help; if she wants none, record that.",
        )
    if situation.help_until is None:
        return not_known(
            "R28",
            "no_help_on_record",
            "offer_service",
            "No help is on record for the recovery period. Ask her what she needs, and offer it.",
        )
    if situation.help_until < until:
        return broken(
            "R28",
            "help_ends_before_period",
            "extend_help",
            "The help on record ends before the recovery period does. Renew it now, so that she "
            "is not left alone in the middle of it.",
        )
    return holds("R28")


PROTECTS = frozenset({"running", "paused", "not_opened"})
SITUATIONS: Mapping[str, Callable[..., object]] = {
    "recovery": recovery_by_law,
    "removal_in_recovery": RemovalSituation,
    "help_in_recovery": HelpLengthSituation,
}
RULES = (
    Rule(
        "R25",
        Chapter.RECOVERY,
        "The recovery and reflection period is at least 30 days",
        (Action.BLOCK,),
        sources=(read(COE + "13(1)"), read("Hansard, written statement 13 December 2022")),
        check=long_enough,
        tells_her="You have at least 30 days to rest and to think, from the day you were told of "
        "it in your language. You decide nothing about the police in that time.",
        enforced_at=("open_recovery_period",),
        unknown_stops=True,
    ),
    Rule(
        "R26",
        Chapter.RECOVERY,
        "No removal during the recovery and reflection period",
        (Action.BLOCK,),
        sources=(read(COE + "13(1)"),),
        check=no_removal,
        tells_her="While you rest and think, nobody may send you out of the country, lock you up "
        "for your papers or move you to another country.",
        enforced_at=("authorise_removal_task", "authorise_return", "warnings"),
        unknown_stops=True,
    ),
    Rule(
        "R28",
        Chapter.RECOVERY,
        "Help in the recovery period is enough for its whole length",
        (Action.WARN, Action.REPORT),
        (Override.NOT_APPLICABLE,),
        sources=(stated(REPORT_2006),),
        check=help_lasts,
        tells_her="You get help for the whole time of rest, not only for the first days.",
        enforced_at=("warnings", "T06H"),
    ),
)
