"""The pages on a child: guardian, best interests, panel, missing, age."""

from html import unescape
from typing import Any
from uuid import UUID

import pytest
from django.urls import reverse

from opennrm.casework.duty import LegalDuty
from opennrm.casework.referral import Referral, refer
from opennrm.web.child import ACTS
from tests import cast, stories
from tests.web.browsing import browser, sent

OFFICER, WORKER = cast.POLICE_OFFICER, cast.CHILD_WORKER
DUTY = LegalDuty(duty="child_protection", reason="She may be under 18.")
VIEWS = {"is_heard": "yes", "weight": "great", "views": "I want to stay with Mira."}


def place(name: str, case_ref: UUID) -> str:
    """Return the address of a page of a case."""
    return reverse(name, kwargs={"case_ref": case_ref})


def handed(case_ref: UUID, to: cast.Member, role: str, by: cast.Member = OFFICER) -> None:
    """Bring a case to somebody on the duty to protect a child."""
    referral = Referral(
        to=to.actor.organisation,
        to_role=role,
        purpose="child_protection",
        until=stories.in_days(20),
        reply_by=stories.in_days(2),
        duty=DUTY,
    )
    stories.do(refer, by, case_ref=case_ref, referral=referral)
    stories.answered(to, case_ref, stories.newest(by, case_ref, "referral_sent"))


@pytest.fixture
def case_ref() -> UUID:
    """A presumed child at the child-protection service."""
    case_ref = stories.contact(OFFICER, majority="unknown", age_in_doubt=True)
    handed(case_ref, WORKER, "CP")
    return case_ref


def done(who: cast.Member, act: str, case_ref: UUID, /, **typed: Any) -> Any:
    """Fill in a page and expect it to be saved."""
    answer = sent(browser(who), place(act, case_ref), **typed)
    assert answer.status_code == 302, answer.content.decode()
    return answer


def refused(who: cast.Member, act: str, case_ref: UUID, /, **typed: Any) -> str:
    """Fill in a page and expect it to be refused; return the page."""
    answer = sent(browser(who), place(act, case_ref), **typed)
    assert answer.status_code == 422, answer.status_code
    return unescape(answer.content.decode())


def guarded(case_ref: UUID) -> None:
    """Name the guardian on the page."""
    house = str(cast.GUARDIAN.actor.organisation)
    typed = {"guardian_kind": "temporary", "house": house, "interests_asked": "on"}
    done(WORKER, "name_guardian", case_ref, **typed)


def seen(case_ref: UUID) -> str:
    """Return the case page as child protection sees it."""
    return unescape(browser(WORKER).get(place("case", case_ref)).content.decode())


class TestTheCasePage:
    def test_shows_a_presumed_child_with_its_own_heading(self, case_ref: UUID) -> None:
        page = seen(case_ref)

        assert "Child, until the age is settled" in page
        assert "A guardian was named" in page
        assert "Have a guardian named, a temporary one at least" in page

    def test_leads_to_what_is_missing_or_says_who_does_it(self, case_ref: UUID) -> None:
        rights = seen(case_ref).split('id="op-rights"')[1].split("</ul>")[0]

        assert f'href="{place("name_guardian", case_ref)}"' in rights

        handed(case_ref, cast.GUARDIAN, "GU")
        client = browser(cast.GUARDIAN)
        page = unescape(client.get(place("case", case_ref)).content.decode())
        assert place("name_guardian", case_ref) not in page
        assert "Done by: First responder, Case manager, Child-protection service" in page

    def test_shows_nothing_of_it_for_an_adult(self) -> None:
        adult = stories.contact(OFFICER, majority="adult")

        page = browser(OFFICER).get(place("case", adult)).content.decode()

        assert "A guardian was named" not in page

    @pytest.mark.parametrize("act", ACTS, ids=lambda act: act.name)
    def test_leads_to_pages_that_come_up(self, case_ref: UUID, act: Any) -> None:
        answer = browser(WORKER).get(place(act.name, case_ref))

        assert answer.status_code == 200
        assert str(act.title) in unescape(answer.content.decode())


class TestAGuardian:
    def test_with_an_interest_of_her_own_is_refused(self, case_ref: UUID) -> None:
        page = refused(
            WORKER,
            "name_guardian",
            case_ref,
            guardian_kind="full",
            name="An uncle",
            interests=["family_involved"],
        )

        assert "Name another person" in page
        assert "An uncle" in page

    def test_is_named_and_the_timer_rests(self, case_ref: UUID) -> None:
        guarded(case_ref)

        page = seen(case_ref)
        assert "Have a guardian named, a temporary one at least" not in page
        assert "Have a full guardian named" in page
        assert "Guardian named: Temporary" in page

    def test_can_be_asked_for_again_and_ended(self, case_ref: UUID) -> None:
        done(OFFICER, "ask_for_guardian", case_ref, note="The office is closed.")
        guarded(case_ref)

        done(WORKER, "end_guardianship", case_ref, **one_of(case_ref, "guardian"))

        assert stories.folded(WORKER, case_ref).of_kind("guardianship_ended")
        assert "Guardian named: " not in seen(case_ref)


def one_of(case_ref: UUID, name: str) -> dict[str, str]:
    """Return the newest guardian or determination, as the page names it."""
    kinds = {"guardian": "guardian_named", "determination": "determination_opened"}
    ref = str(stories.newest(WORKER, case_ref, kinds[name]))
    return {name: ref, "reasons": "As I see it.", "reason": "She moved away."}


class TestAnAct:
    def test_is_stopped_with_what_to_do_and_keeps_what_was_typed(self, case_ref: UUID) -> None:
        page = refused(
            OFFICER, "authorise_child_act", case_ref, act="interview", reasons="Told us a name."
        )

        assert "Have a guardian named first" in page
        assert "Told us a name." in page

    def test_is_authorised_after_guardian_and_assessment(self, case_ref: UUID) -> None:
        guarded(case_ref)
        about = {"about": "interview", "result": "in_best_interests", "reasons": "Short, once."}
        done(WORKER, "assess_best_interests", case_ref, **about, **VIEWS)

        done(WORKER, "authorise_child_act", case_ref, act="interview", reasons="She wants to.")

        assert stories.folded(WORKER, case_ref).of_kind("child_act_authorised")

    def test_never_puts_a_child_in_detention(self, case_ref: UUID) -> None:
        typed = {"act": "placement", "place_kind": "detention", "reasons": "No bed."}
        typed |= {"override_reason": "imminent_danger_to_child", "override_text": "Now."}

        assert "never detained" in refused(WORKER, "authorise_child_act", case_ref, **typed)

    def test_that_cannot_wait_is_recorded_at_once(self, case_ref: UUID) -> None:
        done(OFFICER, "protect_child_at_once", case_ref, action="emergency_care")

        page = seen(case_ref)
        assert "best interests after the emergency" in page
        follows = str(stories.newest(OFFICER, case_ref, "child_protected_at_once"))
        typed = {"about": "emergency_care", "follows": follows, "result": "in_best_interests"}
        done(WORKER, "assess_best_interests", case_ref, **typed, reasons="It was right.", **VIEWS)


class TestAPanel:
    def test_signs_before_a_reunification(self, case_ref: UUID) -> None:
        act = {"act": "family_reunification", "reasons": "She wants to."}
        panel = (cast.PANEL_OF_RIGHTS, cast.SECOND_OF_RIGHTS, cast.PANEL_OF_HEALTH)
        for member in (cast.PANEL_OF_RIGHTS, cast.PANEL_OF_HEALTH):
            handed(case_ref, member, "BP")
        asked = {"about": "family_reunification", "question": "With the aunt?"}
        done(WORKER, "open_determination", case_ref, **asked, **VIEWS)
        chosen = one_of(case_ref, "determination")
        for member in panel[:2]:
            done(member, "sign_determination", case_ref, **chosen, result="in_best_interests")

        early = refused(WORKER, "complete_determination", case_ref, **chosen)
        unsigned = refused(WORKER, "authorise_child_act", case_ref, **act)
        done(panel[2], "sign_determination", case_ref, **chosen, result="not_in_best_interests")
        done(WORKER, "complete_determination", case_ref, **chosen)

        assert "Not enough members" in early
        assert "Nobody can pass this by" in unsigned
        closed = stories.folded(WORKER, case_ref).newest("best_interests_determined")
        assert closed is not None
        assert (closed.text("result"), closed.open["dissents"]) == ("in_best_interests", 1)

    def test_sees_no_name(self, case_ref: UUID) -> None:
        stories.described(OFFICER, case_ref, names="Lina Example")
        handed(case_ref, cast.PANEL_OF_HEALTH, "BP")

        page = browser(cast.PANEL_OF_HEALTH).post(place("case", case_ref), {"open": "all"})

        assert page.status_code == 200
        assert "Lina Example" not in page.content.decode()


class TestAMissingChild:
    def test_has_its_next_steps_as_buttons_and_the_call_is_of_today(self, case_ref: UUID) -> None:
        done(WORKER, "report_missing_child", case_ref)

        buttons = seen(case_ref).split('id="op-possible"')[1].split("<details")[0]
        call = browser(WORKER).get(place("log_missing_call", case_ref)).content.decode()

        assert place("log_missing_call", case_ref) in buttons
        assert place("record_child_found", case_ref) in buttons
        day = next(one for one in call.split("<input") if 'name="called_on-year"' in one)
        assert 'value="20' in day

    def test_is_reported_called_about_found_and_heard(self, case_ref: UUID) -> None:
        house = str(WORKER.actor.organisation)
        typed = {"clothing": "A red jacket", "missing_from": house}
        done(OFFICER, "report_missing_child", case_ref, **typed)
        missing = seen(case_ref)
        for called in ("police", "guardian"):
            done(OFFICER, "log_missing_call", case_ref, called=called, result="reached")
        told = seen(case_ref)
        done(OFFICER, "record_child_found", case_ref, how="came_back")

        page = refused(WORKER, "hold_return_interview", case_ref, why=["debt"])

        assert "Child missing" in missing
        assert "Tell police and guardian" in missing
        assert "Tell police and guardian" not in told
        assert "not of the house she left" in page

    def test_cannot_be_found_before_she_is_missing(self, case_ref: UUID) -> None:
        page = refused(OFFICER, "record_child_found", case_ref, how="came_back")

        assert "Report it first" in page


class TestAnAge:
    def test_of_an_adult_is_not_settled_by_one(self, case_ref: UUID) -> None:
        typed = {"age_status": "adult", "basis": "document", "grounds": "Passport checked."}

        assert "No one person alone" in refused(WORKER, "settle_age", case_ref, **typed)

    def test_of_a_child_is_settled_and_the_month_noted(self, case_ref: UUID) -> None:
        done(WORKER, "settle_age", case_ref, age_status="child", basis="birth_record")
        done(WORKER, "note_coming_of_age", case_ref, month="5", year="2027", basis="birth_record")
        done(WORKER, "agree_continuity_plan", case_ref, plan="She stays in the house.")

        case = stories.folded(WORKER, case_ref)
        assert case.age_status == "child"
        noted = case.newest("coming_of_age_noted")
        assert noted is not None and noted.text("turns_18") == "2027-05"

    def test_is_assessed_by_several(self, case_ref: UUID) -> None:
        typed = {"doubts": ["documents_disagree"], "disciplines": ["forensic"], "youngest": "17"}
        agreed = {"guardian_agreed": "yes", "child_agreed": "yes"}

        alone = refused(WORKER, "record_age_assessment", case_ref, **typed, **agreed)
        typed["disciplines"] = ["social_work", "psychology"]
        done(WORKER, "record_age_assessment", case_ref, **typed, **agreed)

        assert "several professions" in alone

    def test_of_an_adult_is_settled_by_two_and_shown_with_ground_and_day(
        self, case_ref: UUID
    ) -> None:
        handed(case_ref, cast.GUARDIAN, "GU")
        asked = f"{place('propose_act', case_ref)}?act=adult_age."
        to = {"to": f"{cast.GUARDIAN.actor.organisation}:GU:", "reasons": "Passport checked."}
        proposed = sent(browser(WORKER), asked, **to)
        assert proposed.status_code == 302, proposed.content.decode()
        hold = str(stories.newest(WORKER, case_ref, "act_held"))
        answer = f"{place('give_opinion', case_ref)}?hold={hold}"
        given = sent(browser(cast.GUARDIAN), answer, opinion="agrees")
        assert given.status_code == 302, given.content.decode()

        typed = {"age_status": "adult", "basis": "document", "grounds": "Passport checked."}
        done(WORKER, "settle_age", case_ref, **typed)

        page = seen(case_ref)
        assert "Adult: Identity document that was checked, settled on" in page
        assert "Have a guardian named" not in page
