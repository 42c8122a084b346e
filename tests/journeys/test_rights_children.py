"""Tests 4 and 5 of the ten: an age nobody knows, and a return nobody can let out unsigned."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from opennrm.casework.consent import ConsentGiven, take_consent
from opennrm.casework.duty import LegalDuty
from opennrm.casework.referral import Referral, refer
from tests import cast, stories
from tests.journeys.arriving import Colleague
from tests.journeys.test_from_contact_to_closure import accepted, path_of, screening
from tests.web.test_children import VIEWS, done, guarded, handed
from tests.web.test_returns import ASSESSMENT, day

LONG_AGO = stories.in_days(-20)
PLAN = ("D1", "D2", "D4", "D8", "D9", "D10", "D11")
NOT_ALONG = ("D3", "D3S", "D5", "D5S")
SAFETY = ("D1", "D8", "D10")
Arriving = Callable[..., Colleague]
WORKER, MANAGER, FOCAL = cast.CHILD_WORKER, cast.CASE_MANAGER, cast.FOCAL_OFFICER
MIGRATION, PANEL = cast.MIGRATION_OFFICER, (cast.PANEL_OF_RIGHTS, cast.PANEL_OF_HEALTH)
EVERYBODY = (
    cast.POLICE_OFFICER,
    WORKER,
    MANAGER,
    FOCAL,
    MIGRATION,
    cast.GUARDIAN,
    *PANEL,
)


class TestAPersonWhoseAgeNobodyKnows:
    """She is a child until it is known (R31, R32, R35, R37)."""

    def test_has_a_guardian_asked_for_at_once(self, arriving: Arriving):
        officer = arriving(cast.POLICE_OFFICER)
        case = met(officer)

        officer.page.goto(case)
        officer.readable()

        assert "Child" in officer.page.inner_text(".govuk-tag >> nth=0")
        referred_on_duty(officer, case)
        worker = arriving(WORKER)
        accepted(worker, case)
        assert "Have a guardian named, a temporary one at least" in worker.said()
        assert "A guardian was named" in worker.page.text_content("nav.op-panel")

    def test_is_given_no_bed_among_adults(self, arriving: Arriving):
        officer = arriving(cast.POLICE_OFFICER)
        case = met(officer)
        house = f"{cast.SHELTER_WITHOUT_CONSENT.actor.organisation}:SH"
        officer.page.goto(f"{case}offer-service/?basis=duty:child_protection&recipient={house}")
        officer.pick("service", "shelter")
        officer.pick("place_kind", "with_adults")
        officer.write("reason", "There is no other bed tonight.")

        officer.send()

        officer.readable()
        assert "This was not saved" in officer.said()
        assert officer.follows_rule("R35")

    def test_owes_nobody_a_proof_of_means(self, arriving: Arriving):
        authority = arriving(cast.DECIDING_OFFICER)
        case_ref = stories.contact(cast.POLICE_OFFICER, majority="unknown", age_in_doubt=True)
        duty = LegalDuty(duty="competent_authority_for_child", reason="She may be a child.")
        brought(case_ref, cast.DECIDING_OFFICER, "CA", purpose="identification", duty=duty)
        authority.open(f"/case/{case_ref}/", "Reasonable-grounds decision")
        authority.choose("outcome=negative", "reasons_codes=no_means")
        authority.write("reasons", "Nobody pressed her.")
        authority.pick("language", "sq")
        authority.day("remedy_until", stories.in_days(30))

        authority.send()

        assert "This was not saved" in authority.said(), authority.said()
        assert authority.follows_rule("R37")


class TestAReturnOfAChild:
    """Without the signed determination of the panel nobody can save it (R34)."""

    def test_cannot_be_saved_by_any_role(self, arriving: Arriving, returning: UUID):
        case = f"/case/{returning}/"
        for member in EVERYBODY:
            person = arriving(member)

            tried(person, f"{case}authorise-return/")

            assert stories.folded(WORKER, returning).newest("return_authorised") is None

    def test_says_to_who_could_otherwise_what_is_missing(
        self, arriving: Arriving, returning: UUID
    ):
        focal = arriving(FOCAL)

        tried(focal, f"/case/{returning}/authorise-return/")

        focal.readable()
        assert "Nobody can pass this by" in focal.said()
        assert "No return or transfer of a child" in focal.follows_rule("R34")

    @pytest.mark.parametrize(
        "act", ["transfer_abroad", "family_reunification", "durable_placement"]
    )
    def test_goes_for_every_other_grave_act_too(
        self, arriving: Arriving, returning: UUID, act: str
    ):
        worker = arriving(WORKER)
        worker.page.goto(f"/case/{returning}/authorise-child-act/")
        worker.pick("act", act)
        worker.write("reasons", "It would be quicker.")

        worker.send()

        assert "This was not saved" in worker.said()
        assert worker.follows_rule("R34")


def met(officer: Colleague) -> str:
    """Meet somebody of whom nobody can say whether she is a child."""
    officer.page.goto("/contact/")
    officer.choose("route=own_detection", "majority=unknown", "age_in_doubt=on")
    officer.pick("channel", "in_person")
    officer.send()
    case = path_of(officer)
    screening(officer, case)
    return case


@pytest.fixture
def returning() -> UUID:
    """A child of whom everything is ready for a return but the panel's signatures."""
    return ready_to_return()


def ready_to_return() -> UUID:
    """Make everything ready for a return but the panel's signatures."""
    case_ref = stories.contact(cast.POLICE_OFFICER, majority="child")
    for member, role in (
        (WORKER, "CP"),
        (cast.GUARDIAN, "GU"),
        *((one, "BP") for one in PANEL),
    ):
        handed(case_ref, member, role)
    for member, role, scopes in ((MANAGER, "CM", PLAN), (FOCAL, "TF", SAFETY)):
        consent = agreed_by_guardian(case_ref, member, role, scopes)
        brought(case_ref, member, role, consent=consent, compartments=scopes)
    guarded(case_ref)
    asked = {"about": "return", "question": "Is a return to her aunt right for her?"}
    done(WORKER, "open_determination", case_ref, **asked, **VIEWS)
    proposal = {"comes_about": "voluntary", "asked_by": "person", "country": "AL"}
    done(MANAGER, "propose_return", case_ref, **proposal, **day("proposed_on", LONG_AGO))
    done(MANAGER, "assess_return", case_ref, **ASSESSMENT)
    choice: dict[str, Any] = {"alternatives": ["asylum"], "wish": "return", "written": "on"}
    choice |= {"language": "sq", **day("chosen_on", LONG_AGO)}
    done(MANAGER, "record_return_choice", case_ref, **choice)
    return case_ref


def agreed_by_guardian(
    case_ref: UUID, to: cast.Member, role: str, scopes: tuple[str, ...]
) -> UUID:
    """Take the guardian's consent and the child's assent."""
    consent = ConsentGiven(
        purpose="referral",
        recipient=to.actor.organisation,
        recipient_role=role,
        scopes=scopes,
        until=stories.in_days(200),
        language="sq",
        form="spoken",
        given_on=stories.TODAY,
        guardian=True,
        assent=True,
    )
    stories.do(take_consent, cast.POLICE_OFFICER, case_ref=case_ref, consent=consent)
    return stories.newest(cast.POLICE_OFFICER, case_ref, "consent_given")


def brought(case_ref: UUID, to: cast.Member, role: str, **ground: Any) -> None:
    """Refer on a consent or a duty, to somebody who accepts."""
    known: dict[str, Any] = {"purpose": "referral", "until": stories.in_days(20)}
    referral = Referral(
        to=to.actor.organisation, to_role=role, reply_by=stories.in_days(2), **(known | ground)
    )
    stories.do(refer, cast.POLICE_OFFICER, case_ref=case_ref, referral=referral)
    stories.answered(to, case_ref, stories.newest(cast.POLICE_OFFICER, case_ref, "referral_sent"))


def referred_on_duty(officer: Colleague, case: str) -> None:
    """Refer to the child-protection service on its page, on the duty to protect a child."""
    service = f"{WORKER.actor.organisation}:CP"
    officer.page.goto(f"{case}refer/?basis=duty:child_protection&recipient={service}")
    officer.pick("purpose", "child_protection")
    officer.write("reason", "She may be a child.")
    for tick in officer.page.query_selector_all("input[name='compartments']"):
        tick.set_checked(tick.get_attribute("value") not in NOT_ALONG)
    for summary in officer.page.query_selector_all("textarea[name^='summary_']"):
        summary.fill("A short summary")
    assert officer.send().endswith(case), officer.said()


def tried(person: Colleague, address: str) -> None:
    """Open the page, if there is one, and press its button."""
    answer = person.page.goto(address)
    if answer.status == 200 and person.page.query_selector("main form[method=post]"):
        person.send()
        assert "This was not saved" in person.said(), person.said()
