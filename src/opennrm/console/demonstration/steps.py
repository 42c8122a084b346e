"""The steps an invented case can take, each one short and told by the use cases."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from opennrm.casework.coarse import Notification
from opennrm.casework.contact import (
    AccountNote,
    Contact,
    HelpRequest,
    PersonDescription,
    SafeContactNote,
    ask_for_help,
    describe_person,
    note_account,
    note_safe_contact,
    record_contact,
)
from opennrm.casework.duty import LONGEST_DAYS, LegalDuty
from opennrm.casework.notification import notify_without_identity
from opennrm.casework.plan import RiskAssessment, assess_risk
from opennrm.casework.screening import Screening, record_screening
from opennrm.console.demonstration.people import text
from opennrm.console.demonstration.story import Story
from opennrm.vocabulary.countries import citizenship_group

Step = Callable[[Story], None]
FOR_HER_PLAN = ("D2", "D3", "D4", "D8", "D9", "D10", "D14")
TO_PROTECT = ("D2", "D4", "D8", "D9", "D10", "D11")
TO_DECIDE = ("D2", "D4", "D8", "D10", "D14")
ENTITY = {"police": "police", "border": "border", "labour": "labour_inspection"}
CHANNELS = {
    "police": ("police_operation", "in_person"),
    "border": ("in_person",),
    "labour": ("inspection",),
    "helpline": ("phone", "text_message"),
}
ROUTES = {"helpline": ("self", "relative_or_other")}


def contact(story: Story) -> None:
    """Someone meets her for the first time."""
    person, chance = story.person, story.chance
    told = Contact(
        route=chance.choice(ROUTES.get(story.first, ("own_detection", "referred", "self"))),
        channel=chance.choice(CHANNELS[story.first]),
        contact_on=story.today,
        reporting_entity=ENTITY.get(story.first),
        danger=chance.choice(("low", "medium", "medium", "high", "unknown")),
        majority=person.majority,
        language=person.language,
        scope_of_trafficking=person.scope,
        safe_channel="text_message",
        safe_way=text(chance, "safe_ways"),
        whereabouts=text(chance, "places"),
        words=chance.choice(person.words),
        forms=person.forms,
        sex=person.sex,
        age_group=person.age_group,
        called=person.called,
    )
    story.case_ref = story.colleagues.do(record_contact, story.first, story.at, contact=told)


def two_minutes(story: Story) -> None:
    """She leaves after two minutes; what was said is enough to find her again."""
    told = Contact(
        route="own_detection",
        channel=story.chance.choice(CHANNELS[story.first]),
        contact_on=story.today,
        left_early=True,
        danger="unknown",
        majority="unknown",
        called=story.person.called,
        safe_channel="she_will_call",
        safe_way=text(story.chance, "safe_ways"),
    )
    story.case_ref = story.colleagues.do(record_contact, story.first, story.at, contact=told)


def help_asked(story: Story) -> None:
    """Somebody asks for help at the front door, without an account."""
    asked = HelpRequest(
        asked_by=story.chance.choice(("self", "relative", "client", "colleague", "organisation")),
        message=text(story.chance, "messages"),
        urgent=story.chance.random() < 0.2,
        called=story.person.called,
        safe_channel="she_will_call",
        language=story.person.language,
    )
    story.first = "helpline"
    story.case_ref = story.colleagues.do(ask_for_help, "front-door", story.at, request=asked)


def described(story: Story) -> None:
    """She says who she is, as far as she wishes."""
    story.later(hours=2)
    person = story.person
    told = PersonDescription(
        sex=person.sex,
        gender="feminine" if person.sex == "female" else "masculine",
        age_group=person.age_group,
        citizenship=person.citizenship,
        names=person.names,
        called=person.called,
    )
    story.kept["described"] = story.do(describe_person, story.first, person=told)


def account(story: Story) -> None:
    """She tells more, in her own words."""
    story.later(hours=20)
    told = AccountNote(
        forms=story.person.forms,
        scope_of_trafficking=story.person.scope,
        words=story.chance.choice(story.person.words),
    )
    story.do(note_account, story.first, account=told)


def safe_way(story: Story) -> None:
    """How to reach her has changed."""
    story.later(days=2)
    note = SafeContactNote(
        safe_channel="through_trusted_person",
        safe_way=text(story.chance, "safe_ways"),
        whereabouts=text(story.chance, "places"),
    )
    story.do(note_safe_contact, story.first, note=note)


def screening(story: Story) -> None:
    """A screening shows signs."""
    _screening(story, told=story.person.signs, presumed=True)


def screening_without_signs(story: Story) -> None:
    """A screening shows few signs; it never says no."""
    _screening(story, told=story.person.signs[:1], presumed=False)


def _screening(story: Story, *, told: tuple[str, ...], presumed: bool) -> None:
    story.later(hours=3)
    noted = Screening(
        told=told,
        seen=("UNODC-GEN-01",),
        not_asked=("UNODC-GEN-02",),
        presumed=presumed,
        act_noted=presumed,
        reason=text(story.chance, "reasons") if presumed else "",
        forms=story.person.forms,
        scope_of_trafficking=story.person.scope,
        alone=True,
        language=story.person.language,
        interpreter=story.person.language not in ("mk", "sq"),
    )
    story.do(record_screening, story.first, screening=noted)


def risks(story: Story) -> None:
    """Whoever holds the case looks at the risks."""
    story.later(hours=4)
    seen = RiskAssessment(
        level=story.chance.choice(("low", "medium", "high")),
        review_on=story.today + timedelta(days=30),
        topics=("traffickers", "digital"),
        reasons=text(story.chance, "risks"),
    )
    story.do(assess_risk, story.first, assessment=seen)


def notified(story: Story) -> None:
    """She does not want to be referred: seven coarse codes go out, nothing else."""
    story.later(hours=1)
    person = story.person
    coarse = Notification(
        age_group=person.age_group,
        sex=person.sex,
        main_form=person.forms[0],
        citizenship_group=citizenship_group(person.citizenship, "MK"),
        place_region="MK-008",
        month=f"{story.today:%Y-%m}",
        reporting_entity=ENTITY.get(story.first, "helpline"),
    )
    story.do(notify_without_identity, story.first, notification=coarse)


def manager_asked(story: Story) -> None:
    """With her consent a case manager is asked to take the case."""
    story.later(hours=5)
    to = story.manager
    consent = story.consent(to, "CM", "assistance", FOR_HER_PLAN)
    story.kept["manager consent"] = consent
    story.kept["manager"] = story.refer(to, "CM", "assistance", consent=consent)


def manager_declines(story: Story) -> None:
    """The first shelter has no place, so another one is asked."""
    story.manager = "quiethouse"
    manager_asked(story)
    story.later(hours=8)
    story.answer("quiethouse", story.kept["manager"], "declined", "no_place")
    story.manager = "casemanager"


def manager_accepts(story: Story) -> None:
    """The case manager accepts, and the case is open to her."""
    story.later(hours=12)
    story.answer(story.manager, story.kept["manager"])


def authority_asked(story: Story) -> None:
    """The authority is asked to decide, with her consent, or a guardian's and the child's."""
    story.later(hours=6)
    consent = story.consent("authority", "CA", "identification", TO_DECIDE)
    story.kept["authority consent"] = consent
    sent = story.refer("authority", "CA", "identification", consent=consent)
    story.kept["authority"] = sent


def authority_accepts(story: Story) -> None:
    """The authority takes the case up."""
    story.later(hours=16)
    story.answer("authority", story.kept["authority"])


def _ground_to_protect(story: Story, to: str, role: str) -> Mapping[str, Any]:
    """Rely on the duty to protect a child while it is short, and later on the guardian's word."""
    until = story.today + timedelta(days=LONGEST_DAYS)
    if until > story.now.date():
        duty = LegalDuty(duty="child_protection", reason="A child without her parents.")
        return {"duty": duty, "until": until}
    return {"consent": story.consent(to, role, "child_protection", TO_PROTECT)}


def child_protected(story: Story) -> None:
    """The child-protection service and a guardian are told at once."""
    story.later(hours=1)
    for to, role in (("childworker", "CP"), ("guardian", "GU")):
        ground = _ground_to_protect(story, to, role)
        sent = story.refer(to, role, "child_protection", **ground)
        story.later(hours=2)
        story.answer(to, sent)


FIRST_STEPS: Mapping[str, Step] = {
    step.__name__: step
    for step in (
        contact,
        two_minutes,
        help_asked,
        described,
        account,
        safe_way,
        screening,
        screening_without_signs,
        risks,
        notified,
        manager_asked,
        manager_declines,
        manager_accepts,
        authority_asked,
        authority_accepts,
        child_protected,
    )
}
