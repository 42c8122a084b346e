"""The pages on residence, removal, the recovery period at rest, and safe return."""

from datetime import date
from html import unescape
from typing import Any
from uuid import UUID

import pytest
from django.urls import reverse

from tests import cast, stories
from tests.web.browsing import browser, sent

OFFICER, MANAGER = cast.POLICE_OFFICER, cast.CASE_MANAGER
MIGRATION, FOCAL = cast.MIGRATION_OFFICER, cast.FOCAL_OFFICER
PLAN = ("D1", "D2", "D3", "D4", "D8", "D9", "D10")
ASSESSMENT = {
    "topics": ["life", "debts"],
    "findings": "nobody looks for her there",
    "ngo_input": "none_there",
    "outcome": "return_safe",
    "signed": "on",
}
PROPOSAL = {"comes_about": "assisted", "asked_by": "person", "country": "AL"}
CHOICE = {"alternatives": ["asylum"], "wish": "return", "written": "on"}


def place(name: str, case_ref: UUID) -> str:
    """Return the address of a page of a case."""
    return reverse(name, kwargs={"case_ref": case_ref})


@pytest.fixture
def case_ref() -> UUID:
    """An adult's case with a case manager, the migration authority and the focal point."""
    case_ref = stories.contact(OFFICER, majority="adult")
    for to, role, parts in (
        (MANAGER, "CM", PLAN),
        (MIGRATION, "MI", ("D1", "D2", "D7", "D8S")),
        (FOCAL, "TF", ("D1", "D8", "D10")),
    ):
        stories.answered(to, case_ref, stories.referred(OFFICER, case_ref, to, role, parts))
    return case_ref


def done(who: cast.Member, act: str, case_ref: UUID, /, **typed: Any) -> str:
    """Fill in a page and expect it to be saved; return the case page."""
    answer = sent(browser(who), place(act, case_ref), **typed)
    assert answer.status_code == 302, answer.content.decode()
    return seen(who, case_ref)


def refused(who: cast.Member, act: str, case_ref: UUID, /, **typed: Any) -> str:
    """Fill in a page and expect it to be refused; return the page."""
    answer = sent(browser(who), place(act, case_ref), **typed)
    assert answer.status_code == 422, answer.status_code
    return unescape(answer.content.decode())


def day(name: str, on: date) -> dict[str, int]:
    """Type a day into its three boxes."""
    return {f"{name}-day": on.day, f"{name}-month": on.month, f"{name}-year": on.year}


def seen(who: cast.Member, case_ref: UUID) -> str:
    """Return the case page as somebody sees it."""
    return unescape(browser(who).get(place("case", case_ref)).content.decode())


class TestResidence:
    def test_offers_both_grounds_and_begins_with_her_own_situation(self, case_ref: UUID) -> None:
        page = browser(MANAGER).get(place("apply_for_permit", case_ref)).content.decode()

        assert 'value="personal_situation"' in page
        assert 'value="co-operation"' in page
        assert page.count("checked") == 1

    def test_is_asked_for_by_one_and_decided_by_another(self, case_ref: UUID) -> None:
        done(MANAGER, "apply_for_permit", case_ref, grounds=["personal_situation"])
        asked = stories.newest(MIGRATION, case_ref, "permit_applied")

        done(
            MIGRATION,
            "decide_permit",
            case_ref,
            application=str(asked),
            outcome="granted",
            ground="personal_situation",
            **day("valid_until", stories.in_days(200)),
        )

        assert stories.folded(MIGRATION, case_ref).residence == "permit_personal"

    def test_shows_the_door_to_asylum_to_everyone_on_the_case(self, case_ref: UUID) -> None:
        done(OFFICER, "inform_of_asylum", case_ref, language="sq", wish="wants_time")

        kinds = [fact.kind for fact in stories.folded(OFFICER, case_ref).facts[-2:]]
        assert kinds == ["asylum_information_given", "asylum_wish_recorded"]

    def test_has_its_own_heading(self, case_ref: UUID) -> None:
        assert "Residence" in seen(MIGRATION, case_ref)
        assert place("record_residence", case_ref) in seen(MIGRATION, case_ref)
        assert place("record_residence", case_ref) not in seen(MANAGER, case_ref)


class TestRemoval:
    def test_is_recorded_by_anyone_and_let_out_by_nobody_alone(self, case_ref: UUID) -> None:
        done(OFFICER, "record_removal_task", case_ref, act="removal", note="a flight")
        task = str(stories.newest(MIGRATION, case_ref, "removal_task_recorded"))

        page = refused(MIGRATION, "authorise_removal_task", case_ref, task=task)

        assert "Screen first" in page
        assert reverse("rule", kwargs={"rule": "R21"}) in page

    def test_is_let_out_on_an_opinion_on_itself(self, case_ref: UUID) -> None:
        done(MIGRATION, "record_removal_task", case_ref, act="detention")
        task = str(stories.newest(MIGRATION, case_ref, "removal_task_recorded"))
        asking = f"?act=removal_of_marked_person..{task}"
        there = f"{cast.GREEN_DOOR.organisation}:CM:{MANAGER.account}"
        offered = browser(MIGRATION).get(place("propose_act", case_ref)).content.decode()

        asked = sent(
            browser(MIGRATION),
            place("propose_act", case_ref) + asking,
            to=there,
            reasons="He was seen at the border.",
        )

        assert f"removal_of_marked_person..{task}" in offered
        assert asked.status_code == 302, asked.content.decode()
        held = stories.folded(MANAGER, case_ref).of_kind("act_held")[-1]
        assert str(held.reference("about")) == task

    def test_can_be_stopped_by_anyone_who_sees_it(self, case_ref: UUID) -> None:
        done(MIGRATION, "record_removal_task", case_ref, act="detention")
        task = str(stories.newest(MIGRATION, case_ref, "removal_task_recorded"))

        page = done(MIGRATION, "stop_removal_task", case_ref, task=task)

        assert place("authorise_removal_task", case_ref) not in page


class TestReturn:
    def test_goes_its_way_from_the_wish_to_the_arrival(self, case_ref: UUID) -> None:
        done(MANAGER, "propose_return", case_ref, **PROPOSAL)
        done(MANAGER, "assess_return", case_ref, **ASSESSMENT)
        done(MANAGER, "record_return_choice", case_ref, **CHOICE)
        done(MANAGER, "arrange_return", case_ref, has_service="yes", has_safe_contact="yes")

        page = refused(FOCAL, "authorise_return", case_ref)

        assert "to think again" in page
        assert reverse("rule", kwargs={"rule": "R62"}) in page

    def test_takes_no_choice_older_than_the_proposal(self, case_ref: UUID) -> None:
        done(FOCAL, "propose_return", case_ref, **PROPOSAL)

        long_ago = day("chosen_on", stories.in_days(-400))
        page = refused(FOCAL, "record_return_choice", case_ref, **CHOICE, **long_ago)

        assert "Nobody had proposed this return on that day" in page

    def test_is_stopped_when_she_changes_her_mind(self, case_ref: UUID) -> None:
        done(MANAGER, "propose_return", case_ref, **PROPOSAL)
        done(MANAGER, "assess_return", case_ref, **ASSESSMENT)
        done(MANAGER, "record_return_choice", case_ref, **CHOICE)

        done(FOCAL, "take_back_choice", case_ref)

        assert "does not choose to return" in refused(FOCAL, "authorise_return", case_ref)

    def test_is_not_offered_twice(self, case_ref: UUID) -> None:
        assert place("assess_return", case_ref) not in seen(MANAGER, case_ref)

        page = done(MANAGER, "propose_return", case_ref, **PROPOSAL)

        assert place("propose_return", case_ref) not in page
        assert place("assess_return", case_ref) in page

    def test_warns_where_nobody_receives_her(self, case_ref: UUID) -> None:
        page = done(MANAGER, "propose_return", case_ref, **PROPOSAL)

        assert "Nobody has written down who receives her." in page

    def test_that_happened_is_recorded_lawful_or_not(self, case_ref: UUID) -> None:
        done(OFFICER, "record_departure", case_ref)
        done(OFFICER, "record_arrival", case_ref, was_received="no")

        kinds = {fact.kind for fact in stories.folded(OFFICER, case_ref).facts}
        assert {"departure_recorded", "breach_observed", "arrival_recorded"} <= kinds

    def test_needs_consent_before_a_consulate_hears_of_her(self, case_ref: UUID) -> None:
        consulate = str(cast.CONSULATE.organisation)

        page = refused(
            MANAGER, "request_document", case_ref, consulate=consulate, family_name="Example"
        )

        assert "She has not agreed that this consulate hears of her." in page

    def test_names_what_a_consulate_is_not_told(self, case_ref: UUID) -> None:
        typed = {"family_name": "Example", "asked": ["asylum", "reason_of_stay"]}
        consulate = str(cast.CONSULATE.organisation)

        page = refused(MANAGER, "request_document", case_ref, consulate=consulate, **typed)

        assert "Leave out: asylum, reason of stay." in page

    def test_is_not_followed_up_without_consent(self, case_ref: UUID) -> None:
        call = {"contact_from": "us", "result": "well"}

        assert "Do not contact her" in refused(MANAGER, "record_follow_up", case_ref, **call)
