"""What must be refused on the way of one case, each tried for real."""

from __future__ import annotations

from datetime import timedelta

from opennrm.casework.closing import Closure, close_case
from opennrm.casework.consent import ConsentGiven, take_consent
from opennrm.casework.decision import (
    Decision,
    decide_reasonable_grounds,
    open_recovery_period,
)
from opennrm.casework.recovery_terms import RecoveryPeriod
from opennrm.casework.referral import Referral, refer
from opennrm.casework.service import Delivery, record_delivery
from opennrm.console.demonstration.organisations import WORKER
from opennrm.console.walkthrough.telling import NotRefused, Telling
from opennrm.rights.identification import StatusSituation
from opennrm.rights.registry import stopped_by

TOO_SHORT = 20


def screening_that_says_no(telling: Telling) -> None:
    """A screening has no answer for no; the rule itself is asked."""
    asked = StatusSituation("not_identified", "screening_recorded")
    finding = stopped_by("R19", asked, telling.story.today)
    if finding is None:
        raise NotRefused("A screening said no, and was not refused.")
    telling.tell_refusal("To let a screening say that a person is not identified", finding)


def referral_without_consent(telling: Telling) -> None:
    """A referral before she agreed to it."""
    story = telling.story
    asked = _referral(telling, "casemanager", "CM", "assistance")
    telling.refusal("tries to refer her before she has agreed", story.first, refer, referral=asked)


def consent_for_enforcement(telling: Telling) -> None:
    """A consent that names immigration enforcement."""
    story = telling.story
    consent = ConsentGiven(
        purpose="disclosure",
        recipient=WORKER["removals"].organisation,
        recipient_role="IE",
        scopes=("D2",),
        until=story.shared_until,
        language=story.person.language,
        form="spoken",
        given_on=story.today,
    )
    telling.refusal(
        "writes down a consent that names immigration enforcement",
        story.first,
        take_consent,
        consent=consent,
    )


def referral_to_enforcement(telling: Telling) -> None:
    """A referral to immigration enforcement."""
    asked = _referral(telling, "removals", "IE", "removal")
    story = telling.story
    telling.refusal("tries to refer her for removal", story.first, refer, referral=asked)


def higher_standard(telling: Telling) -> None:
    """A preliminary decision by the standard of the formal one."""
    decision = Decision(
        outcome="positive",
        standard="balance_of_probabilities",
        decided_on=telling.story.today,
        reasons="Found.",
    )
    telling.refusal(
        "decides on reasonable grounds by a higher standard",
        "authority",
        decide_reasonable_grounds,
        decision=decision,
    )


def no_without_reasons(telling: Telling) -> None:
    """A no without reasons, remedy or second reader."""
    decision = Decision(
        outcome="negative", standard="reasonable_grounds", decided_on=telling.story.today
    )
    telling.refusal(
        "decides no without reasons or remedy",
        "authority",
        decide_reasonable_grounds,
        decision=decision,
    )


def no_read_by_one(telling: Telling) -> None:
    """A no that nobody else has read."""
    decision = Decision(
        outcome="negative",
        standard="reasonable_grounds",
        decided_on=telling.story.today,
        reasons="Not enough was found.",
        language=telling.story.person.language,
        remedy="reconsideration",
        remedy_until=telling.story.today + timedelta(days=30),
    )
    telling.refusal(
        "decides no without a second reader",
        "authority",
        decide_reasonable_grounds,
        decision=decision,
    )


def short_period(telling: Telling) -> None:
    """A recovery period shorter than the law allows."""
    story = telling.story
    period = RecoveryPeriod(told_on=story.today, language=story.person.language, days=TOO_SHORT)
    telling.refusal(
        f"opens a recovery period of {TOO_SHORT} days",
        "authority",
        open_recovery_period,
        period=period,
    )


def service_not_accepted(telling: Telling) -> None:
    """A service delivered that nobody has accepted."""
    story = telling.story
    delivery = Delivery(service="medical", delivered_from=story.today, offer=story.kept["medical"])
    telling.refusal(
        "records medical care that the clinic has not accepted",
        story.manager,
        record_delivery,
        delivery=delivery,
    )


def closing_unready(telling: Telling) -> None:
    """A closing with no plan reviewed and no way back."""
    story = telling.story
    closure = Closure(exit_kind="goals_met", retention_until=story.today + timedelta(days=365))
    telling.refusal(
        "closes the case with no safety plan and no way back",
        story.manager,
        close_case,
        closure=closure,
    )


def _referral(telling: Telling, to: str, role: str, purpose: str) -> Referral:
    story = telling.story
    return Referral(
        to=WORKER[to].organisation,
        to_role=role,
        purpose=purpose,
        until=story.shared_until,
        reply_by=story.today + timedelta(days=3),
    )
