"""Steps of residence and return for tests: each takes a story a little further."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from opennrm.casework.contact import PersonDescription, describe_person
from opennrm.casework.decision import RecoveryPeriod, open_recovery_period
from opennrm.casework.holds import Opinion, Proposal, give_opinion, propose_act
from opennrm.casework.residence import (
    AsylumInformation,
    PermitApplication,
    PermitDecision,
    apply_for_permit,
    decide_permit,
    inform_of_asylum,
)
from opennrm.casework.residence_removal import (
    RemovalAuthorisation,
    RemovalTask,
    authorise_removal_task,
    record_removal_task,
)
from opennrm.casework.safe_return import (
    ChoiceTakenBack,
    ReturnArrangement,
    ReturnChoice,
    ReturnProposal,
    arrange_return,
    propose_return,
    record_return_choice,
    take_back_choice,
)
from opennrm.casework.safe_return_assessment import ReturnAssessment, assess_return
from opennrm.casework.safe_return_authorise import ReturnAuthorisation, authorise_return
from opennrm.casework.safe_return_journey import Departure, record_departure
from opennrm.lifecycle.facts import NewFact, recorded
from opennrm.lifecycle.returning import open_return
from tests import cast
from tests.casework.story import Story
from tests.cast import Member

FOR_RESIDENCE = ("D2", "D7", "D8S", "D14S")
FOR_RETURN = ("D7S", "D8", "D10", "D14S")
FOR_LAWYER = ("D6", "D7", "D8", "D9", "D10", "D14")


def today(story: Story) -> date:
    """Return the day it is in a story."""
    return story.at.date()


def later(story: Story, days: int) -> Story:
    """Let days go by."""
    story.at += timedelta(days=days)
    return story


def with_migration(story: Story) -> Story:
    """Bring the case to the migration authority, with her consent."""
    story.hand_over(cast.MIGRATION_OFFICER, "MI", purpose="residence", scopes=FOR_RESIDENCE)
    return story


def with_focal_point(story: Story) -> Story:
    """Bring the case to the focal point here, with her consent."""
    story.hand_over(cast.FOCAL_OFFICER, "TF", purpose="safe_return", scopes=FOR_RETURN)
    return story


def opened(story: Story, days: int | None = None, **more: Any) -> UUID:
    """Open the recovery period today."""
    known: dict[str, Any] = {"told_on": today(story), "language": "sq", "days": days}
    period = RecoveryPeriod(**(known | more))
    return open_recovery_period(period=period, **story.by(cast.DECIDING_OFFICER))


def applied(story: Story, *grounds: str, who: Member = cast.CASE_MANAGER) -> UUID:
    """Ask for a permit."""
    application = PermitApplication(applied_on=today(story), grounds=grounds, language="sq")
    return apply_for_permit(application=application, **story.by(who))


def permitted(story: Story, application: UUID, **more: Any) -> UUID:
    """Decide on a permit; granted on the personal situation for a year unless told otherwise."""
    known: dict[str, Any] = {
        "outcome": "granted",
        "decided_on": today(story),
        "ground": "personal_situation",
        "valid_until": today(story) + timedelta(days=365),
    }
    decision = PermitDecision(application=application, **(known | more))
    return decide_permit(decision=decision, **story.by(cast.MIGRATION_OFFICER))


def told_of_asylum(story: Story, who: Member = cast.CASE_MANAGER, **more: Any) -> UUID:
    """Tell her of asylum."""
    told = AsylumInformation(**({"given_on": today(story), "language": "sq"} | more))
    return inform_of_asylum(information=told, **story.by(who))


def task(
    story: Story,
    act: str = "removal",
    who: Member = cast.MIGRATION_OFFICER,
    country: str | None = "AL",
) -> UUID:
    """Record that somebody wants to remove, detain or transfer her."""
    day = today(story)
    wanted = RemovalTask(act=act, country=country, noted_on=day, note="flight next week")
    return record_removal_task(task=wanted, **story.by(who))


def let_out(story: Story, wanted: UUID, **holds: UUID | None) -> UUID:
    """Authorise a removal, detention or transfer."""
    given = RemovalAuthorisation(task=wanted, **holds)
    return authorise_removal_task(authorisation=given, **story.by(cast.MIGRATION_OFFICER))


def proposed(
    story: Story, comes_about: str = "assisted", who: Member = cast.CASE_MANAGER, **more: Any
) -> UUID:
    """Propose a return."""
    asked_by = "authority" if comes_about == "by_authority" else "person"
    known: dict[str, Any] = {"asked_by": asked_by, "country": "AL", "proposed_on": today(story)}
    proposal = ReturnProposal(comes_about=comes_about, **(known | more))
    return propose_return(proposal=proposal, **story.by(who))


def assessed(
    story: Story, outcome: str = "return_safe", who: Member = cast.CASE_MANAGER, **more: Any
) -> UUID:
    """Assess the risks of the return that is open, and sign it."""
    known: dict[str, Any] = {
        "assessed_on": today(story),
        "topics": ("life", "traffickers_free"),
        "ngo_input": "noted",
        "ngo_view": "the town has a safe house",
        "signed": True,
        "findings": "nobody looks for her there",
    }
    assessment = ReturnAssessment(outcome=outcome, **(known | more))
    return assess_return(assessment=assessment, **story.by(who))


def chose(story: Story, wish: str = "return", **more: Any) -> UUID:
    """Let her choose, in writing, after the alternatives were explained."""
    known: dict[str, Any] = {
        "chosen_on": today(story),
        "alternatives": ("permit_personal", "asylum"),
        "language": "sq",
        "written": True,
    }
    choice = ReturnChoice(wish=wish, **(known | more))
    return record_return_choice(choice=choice, **story.by(cast.CASE_MANAGER))


def changed_her_mind(story: Story, who: Member = cast.CASE_MANAGER) -> UUID:
    """Let her take her choice back."""
    return take_back_choice(taken_back=ChoiceTakenBack(said_on=today(story)), **story.by(who))


def arranged(story: Story, **more: Any) -> UUID:
    """Arrange a return."""
    arrangement = ReturnArrangement(**({"arranged_on": today(story)} | more))
    return arrange_return(arrangement=arrangement, **story.by(cast.CASE_MANAGER))


def authorised(story: Story, who: Member = cast.FOCAL_OFFICER, **holds: UUID | None) -> UUID:
    """Authorise the return that is open."""
    given = ReturnAuthorisation(**holds)
    return authorise_return(authorisation=given, **story.by(who))


def left(story: Story, who: Member = cast.CASE_MANAGER, **more: Any) -> UUID:
    """Record that she left today."""
    departure = Departure(**({"departed_on": today(story)} | more))
    return record_departure(departure=departure, **story.by(who))


def second_said(
    story: Story,
    act: str,
    opinion: str = "agrees",
    *,
    who: Member = cast.MIGRATION_OFFICER,
    reader: Member = cast.CASE_MANAGER,
    about: UUID | None = None,
) -> UUID:
    """Ask a second person of another house about an act; return the hold."""
    proposal = Proposal(
        act=act,
        to=reader.organisation.organisation,
        to_role="CM",
        reasons="asked for by the office",
        about=about,
    )
    hold = propose_act(proposal=proposal, **story.by(who))
    said = Opinion(hold=hold, opinion=opinion, words="looked at it")
    give_opinion(opinion=said, **story.by(reader))
    return hold


def in_question(story: Story) -> UUID:
    """Return the proposal of the return that is open."""
    found = open_return(story.case)
    assert found is not None
    return found.proposal.fact_ref


def young(story: Story) -> None:
    """Learn that she is a child."""
    person = PersonDescription(age_group="child")
    describe_person(person=person, **story.by(cast.POLICE_OFFICER))


def on_trial(story: Story) -> None:
    """Let a criminal case run, as the police would record it."""
    new = NewFact("criminal_step_recorded", {"step": "trial"})
    file = story.office.files[story.case_ref]
    place = len(file.facts) + 1
    file.facts.append(
        recorded(
            new,
            case_ref=story.case_ref,
            position=place,
            sequence=place,
            at=story.at,
            actor=cast.DETECTIVE.account,
            organisation=cast.TOWN_POLICE.organisation,
        )
    )
