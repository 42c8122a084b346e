"""Steps of confidence of an invented case: a letter, a lost paper, an item, the end of keeping."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from opennrm.casework.closing import Closure, close_case
from opennrm.casework.consent import ConsentGiven, take_consent
from opennrm.casework.incident import (
    BreachReport,
    DataBreach,
    record_data_breach,
    report_data_breach,
)
from opennrm.casework.media import MediaItem, release_media_item
from opennrm.casework.message import Message, write_to_person
from opennrm.casework.retention import (
    Erasure,
    HoldLifted,
    LegalHold,
    lift_legal_hold,
    propose_erasure,
    set_legal_hold,
)
from opennrm.console.demonstration.steps import Step
from opennrm.console.demonstration.story import Story

SHORT_KEEPING = 20


def letter(story: Story) -> None:
    """The first responder writes to her, so that nobody else learns anything from it."""
    story.later(days=1)
    message = Message(
        channel="email",
        sender="M. Petrova",
        subject="Tuesday",
        text="Ten o'clock is fine. Ring the bell with the blue ribbon.",
        language=story.person.language,
    )
    story.do(write_to_person, story.first, message=message)


def paper_lost(story: Story) -> None:
    """A paper is left in a taxi; it is recorded, and reported a day later."""
    story.later(days=1)
    lost = DataBreach(
        breach="lost_or_stolen",
        found_on=story.today,
        high_risk=False,
        scopes=("D9",),
        description="A page of the plan, without a name, was left in a taxi.",
    )
    about = story.do(record_data_breach, story.manager, breach=lost)
    story.later(days=1)
    report = BreachReport(about=about, reported_on=story.today)
    story.do(report_data_breach, story.manager, report=report)


def film(story: Story) -> None:
    """She agrees to one film, and is shown in that one."""
    story.later(days=2)
    agreed = ConsentGiven(
        purpose="media",
        until=story.shared_until,
        language=story.person.language,
        form="recorded",
        given_on=story.today,
    )
    consent = story.do(take_consent, story.first, consent=agreed)
    item = MediaItem(
        medium="broadcast",
        released_on=story.today,
        shows_person=True,
        consent=consent,
        item="A film of four minutes on work in the fields.",
    )
    story.do(release_media_item, story.first, item=item)


def kept_briefly(story: Story) -> None:
    """The record of a short contact is held for a complaint, let go, and due to be erased."""
    closure = Closure(
        exit_kind="other",
        retention_until=story.today + timedelta(days=SHORT_KEEPING),
        plan_reviewed=True,
        claims_listed=True,
        safety_plan=True,
        return_contact=True,
    )
    story.do(close_case, story.first, closure=closure)
    hold = LegalHold(reason="complaint", review_on=story.today + timedelta(days=SHORT_KEEPING))
    held = story.do(set_legal_hold, story.first, hold=hold)
    story.later(days=2 * SHORT_KEEPING)
    lifting = HoldLifted(hold=held, lifted_on=story.today)
    story.do(lift_legal_hold, story.first, lifting=lifting)
    story.do(propose_erasure, story.first, erasure=Erasure(proposed_on=story.today))


CONFIDENCE_STEPS: Mapping[str, Step] = {
    "letter": letter,
    "paper_lost": paper_lost,
    "film": film,
    "kept_briefly": kept_briefly,
}
