"""Rules on watching and telling: data for the Rapporteur, her report, campaigns, conduct."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from opennrm.rights.findings import Finding, broken, holds, not_known
from opennrm.rights.rule import Action, Chapter, Override, Rule
from opennrm.rights.sources import REPORT_2006, REPORT_2009, project, stated

LEAST_CELL = 3
# A report on a year is given before the next one has passed.
WITHIN = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class FeedsSituation:
    """What is delivered to the Rapporteur: feeds named, those overdue, local ones, forms left out.

    `feeds` is None while nobody has named who delivers.
    """

    feeds: int | None
    overdue: int = 0
    local: int = 0
    forms_left_out: int = 0


@dataclass(frozen=True, slots=True)
class YearlyReportSituation:
    """The report on a period: when the period ended, when Parliament and everybody got it."""

    ended_on: date | None
    parliament_on: date | None = None
    public_on: date | None = None
    is_justified: bool = False


@dataclass(frozen=True, slots=True)
class CampaignSituation:
    """A campaign about to be closed: what of it was evaluated; None where nobody has said."""

    has_reach: bool | None
    has_change: bool | None
    names_forms: bool
    names_groups: bool
    is_justified: bool = False


@dataclass(frozen=True, slots=True)
class MessageSituation:
    """The message of a campaign: whether it was read to discourage migration; None if not read."""

    discourages: bool | None


@dataclass(frozen=True, slots=True)
class ConductSituation:
    """A report on conduct about to be closed, or figures on such reports about to be told.

    `smallest_cell` is the smallest figure shown, zero left out; None for no figure.
    """

    is_told: bool | None
    smallest_cell: int | None = None


def feeds_are_there(situation: FeedsSituation, on: date) -> Finding:
    """Find whether the Rapporteur is given data on all forms, national and local (R68)."""
    if not situation.feeds:
        return not_known(
            "R68",
            "feeds_not_named",
            "name_feeds",
            "Nobody has named which bodies deliver which data to the Rapporteur. Name them.",
        )
    if situation.overdue:
        return broken(
            "R68",
            "feeds_overdue",
            "ask_for_data",
            "Data that is due to the Rapporteur was not delivered. Ask for it.",
        )
    if not situation.local:
        return broken(
            "R68",
            "nothing_local",
            "add_local_feed",
            "No body delivers local data to the Rapporteur. Name one that does.",
        )
    if situation.forms_left_out:
        return broken(
            "R68",
            "forms_left_out",
            "add_feed_for_forms",
            "On some forms of exploitation nobody delivers data to the Rapporteur.",
        )
    return holds("R68")


def report_is_given(situation: YearlyReportSituation, on: date) -> Finding:
    """Find whether the report on a period went to Parliament and to everybody in time (R69)."""
    if situation.ended_on is None:
        return not_known(
            "R69",
            "period_not_known",
            "name_period",
            "It is not known which period this is about.",
        )
    if situation.parliament_on is not None and situation.public_on is not None:
        return holds("R69")
    if on < situation.ended_on + WITHIN:
        return holds("R69", "not_due_yet")
    if situation.is_justified:
        return holds("R69", "delay_justified")
    if situation.parliament_on is None:
        return broken(
            "R69",
            "not_with_parliament",
            "give_to_parliament",
            "The report on this period did not go to Parliament within a year. Give it, or "
            "say why it is late.",
        )
    return broken(
        "R69",
        "not_public",
        "publish_report",
        "Parliament has the report on this period and the public does not. Publish it.",
    )


def campaign_is_evaluated(situation: CampaignSituation, on: date) -> Finding:
    """Find whether a campaign was evaluated: reach, change, forms, groups at risk (R73)."""
    if situation.is_justified:
        return holds("R73", "not_evaluated_justified")
    if situation.has_reach is None or situation.has_change is None:
        return not_known(
            "R73",
            "not_looked_at",
            "evaluate",
            "Nobody has said whom this campaign reached and what it changed. Ask some of those it "
            "was made for, or say why that is not possible.",
        )
    if not situation.has_reach or not situation.has_change:
        return broken(
            "R73",
            "not_evaluated",
            "evaluate",
            "It is not known what this campaign changed. Measure it before you close it, or say "
            "why that is not possible.",
        )
    if not situation.names_forms or not situation.names_groups:
        return broken(
            "R73",
            "coverage_not_named",
            "name_forms_and_groups",
            "Name the forms of exploitation it spoke of and the groups at risk it reached.",
        )
    return holds("R73")


def welcomes_migration(situation: MessageSituation, on: date) -> Finding:
    """Find whether a message discourages migration as such (R74)."""
    if situation.discourages is None:
        return not_known(
            "R74",
            "message_not_read",
            "review_message",
            "Nobody has reviewed this message yet. Read it with somebody who has migrated.",
        )
    if situation.discourages:
        return broken(
            "R74",
            "discourages_migration",
            "change_message",
            "This message tells people not to migrate. Tell how to go safely, and whom to ask.",
        )
    return holds("R74")


def conduct_is_told(situation: ConductSituation, on: date) -> Finding:
    """Find whether a report on conduct reached the head, and figures point at nobody (R78)."""
    if situation.smallest_cell is not None and situation.smallest_cell < LEAST_CELL:
        return broken(
            "R78",
            "few_reports",
            "tell_only_total",
            "So few reports could be recognised. Tell the figure together with others, or not.",
        )
    if situation.is_told is None:
        return not_known(
            "R78",
            "not_said",
            "say_whether_told",
            "It is not known whether the head of the organisation was told of this report.",
        )
    if not situation.is_told:
        return broken(
            "R78",
            "head_not_told",
            "tell_head",
            "The head of the organisation was not told of this report. Tell, and enter the day.",
        )
    return holds("R78")


SITUATIONS: Mapping[str, Callable[..., object]] = {
    "feeds": FeedsSituation,
    "yearly_report": YearlyReportSituation,
    "campaign": CampaignSituation,
    "message": MessageSituation,
    "conduct": ConductSituation,
}
RULES = (
    Rule(
        "R68",
        Chapter.SYSTEM,
        "Rapporteur has access to data on all forms, national and local",
        (Action.REPORT,),
        override=(Override.NOT_APPLICABLE,),
        sources=(stated(REPORT_2009),),
        check=feeds_are_there,
        tells_her="Who watches over the mechanism gets numbers on every kind of exploitation and "
        "from every place, so that nobody like you is left out of sight.",
        enforced_at=("check_feeds",),
    ),
    Rule(
        "R69",
        Chapter.SYSTEM,
        "Report goes to Parliament and to the public, yearly",
        (Action.TIMER, Action.DEFAULT, Action.JUSTIFY),
        override=(Override.NOT_APPLICABLE,),
        sources=(stated(REPORT_2009), stated(REPORT_2006)),
        check=report_is_given,
        tells_her="Each year Parliament and everybody can read how people like you were treated, "
        "without a word about you.",
        enforced_at=("check_report",),
    ),
    Rule(
        "R73",
        Chapter.SYSTEM,
        "Awareness work is evaluated",
        (Action.BLOCK, Action.JUSTIFY),
        override=(Override.NOT_APPLICABLE,),
        sources=(stated(REPORT_2006),),
        check=campaign_is_evaluated,
        tells_her="Whoever warns people asks afterwards whether the warning reached them and "
        "helped.",
        enforced_at=("close_campaign",),
        unknown_stops=True,
    ),
    Rule(
        "R74",
        Chapter.SYSTEM,
        "Campaigns do not discourage migration as such",
        (Action.WARN,),
        override=(Override.NOT_APPLICABLE,),
        sources=(project("Rights rules reference, chapter on the whole mechanism"),),
        check=welcomes_migration,
        tells_her="Nobody tells you to stay at home. You are told how to go safely and whom to "
        "ask.",
        enforced_at=("check_message",),
    ),
    Rule(
        "R78",
        Chapter.SYSTEM,
        "International staff conduct",
        (Action.BLOCK, Action.REPORT),
        sources=(stated(REPORT_2006),),
        check=conduct_is_told,
        tells_her="If somebody of a mission harms or uses people, that is written down apart, "
        "told to the head of the organisation, and read by very few.",
        enforced_at=("close_conduct_report", "conduct_figures"),
        unknown_stops=True,
    ),
)
