"""Tests of redress: every route answered, claims, limits, money received and not only awarded."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from opennrm.casework.closing import close_case
from opennrm.casework.holds import Opinion, Proposal, give_opinion, propose_act
from opennrm.casework.overrides import Overriding
from opennrm.casework.redress import (
    ClaimDecided,
    ClaimFiled,
    ClaimLimit,
    Routes,
    RouteWord,
    answer_routes,
    decide_claim,
    file_claim,
    note_claim_limit,
)
from opennrm.casework.redress_money import (
    Assets,
    Enforcement,
    Payment,
    record_assets,
    record_enforcement,
    record_payment,
)
from opennrm.casework.refusals import AccessMissing, MoveRefused, PermissionMissing, RuleBroken
from opennrm.lifecycle.claims import money, route_answers, unanswered_routes
from opennrm.lifecycle.open_remedies import open_remedies
from opennrm.vocabulary.redress import RedressRoute
from tests import cast
from tests.casework.court import at_police, handed_on, step, warned, with_signs
from tests.casework.story import TODAY, Story
from tests.casework.test_outcome import READY
from tests.cast import Member
from tests.rights.removing import without

FIVE = tuple(route for route in RedressRoute if route != "labour_claim")


def filed(
    story: Story, route: str = "civil_claim", who: Member = cast.LAWYER, **more: Any
) -> UUID:
    """File a claim for wages."""
    known: dict[str, Any] = {"currency": "MKD", "unpaid_wages": 9_000_00}
    claim = ClaimFiled(route=route, filed_on=TODAY, **(known | more))
    return file_claim(claim=claim, **story.by(who))


def decided(story: Story, claim: UUID, outcome: str = "awarded", **more: Any) -> UUID:
    """Record the decision on a claim."""
    known: dict[str, Any] = {"currency": "MKD", "unpaid_wages": 6_000_00, "medical_cost": 500_00}
    amounts = known if outcome.startswith("awarded") else {}
    decision = ClaimDecided(
        claim=claim, claim_outcome=outcome, decided_on=TODAY, **(amounts | more)
    )
    return decide_claim(decision=decision, **story.by(cast.LAWYER))


def paid(story: Story, amount: int, who: Member = cast.LAWYER, **more: Any) -> UUID:
    """Record money she received."""
    known: dict[str, Any] = {"payer": "employer", "currency": "MKD"}
    payment = Payment(paid_on=TODAY, amount=amount, **(known | more))
    return record_payment(payment=payment, **story.by(who))


def closed(story: Story, **more: Any) -> UUID:
    """Close the case, all else being ready."""
    return close_case(closure=replace(READY, **more), **story.by(cast.CASE_MANAGER))


@pytest.fixture
def claimant(story: Story) -> Story:
    """A case with signs, at a case manager and at a lawyer who holds what concerns redress."""
    with_signs(story).with_case_manager()
    story.hand_over(cast.LAWYER, "LA", scopes=("D13",), purpose="compensation")
    return story


class TestRoutes:
    def test_are_each_answered_before_a_case_is_closed(self, claimant: Story) -> None:
        claimant.routes(cast.CASE_MANAGER, only=FIVE)

        with pytest.raises(RuleBroken) as refused:
            closed(claimant)

        finding = refused.value.finding
        assert (finding.rule, finding.remedy) == ("R58", "answer_routes")
        assert "Labour claim for wages" in finding.says and "Civil claim" not in finding.says

    def test_let_a_case_be_closed_once_answered(self, claimant: Story) -> None:
        claimant.routes(cast.CASE_MANAGER, only=FIVE)
        filed(claimant, "labour_claim")

        closed(claimant)

        assert claimant.case.is_closed

    def test_are_not_asked_of_someone_without_any_sign(self, story: Story) -> None:
        story.with_case_manager()

        closed(story)

    def test_stop_nothing_once_the_rule_is_taken_out(self, claimant: Story) -> None:
        with without("R58"):
            closed(claimant)

    def test_need_a_reason_where_they_are_not_pursued(self, claimant: Story) -> None:
        for answer in ("not_wanted", "not_available"):
            word = RouteWord(route="civil_claim", route_answer=answer)
            with pytest.raises(MoveRefused) as refused:
                answer_routes(
                    routes=Routes(answers=(word,), discussed_on=TODAY),
                    **claimant.by(cast.CASE_MANAGER),
                )
            assert refused.value.finding.reason == "reason_needed"

    def test_need_at_least_one_answer(self, claimant: Story) -> None:
        with pytest.raises(MoveRefused):
            answer_routes(
                routes=Routes(answers=(), discussed_on=TODAY), **claimant.by(cast.LAWYER)
            )

    def test_can_be_answered_anew(self, claimant: Story) -> None:
        claimant.routes(cast.CASE_MANAGER)
        claimant.routes(cast.LAWYER, "pursued", only=("state_fund",))

        assert route_answers(claimant.case)["state_fund"] == "pursued"
        assert unanswered_routes(claimant.case) == ()

    def test_are_kept_where_only_those_for_redress_read(self, claimant: Story) -> None:
        claimant.routes(cast.CASE_MANAGER)

        kept = {f.compartment for f in claimant.case.of_kind("route_answered")}
        assert kept == {"D13"}
        assert "D13" not in claimant.open_parts(cast.CASE_MANAGER)

    def test_may_stay_open_when_a_second_person_of_another_house_agrees(
        self, claimant: Story
    ) -> None:
        proposal = Proposal(
            act="closing_with_open_routes",
            to=cast.LAWYERS.organisation,
            to_role="LA",
            reasons="She left and cannot be reached.",
        )
        hold = propose_act(proposal=proposal, **claimant.by(cast.CASE_MANAGER))
        opinion = Opinion(hold=hold, opinion="agrees")
        give_opinion(opinion=opinion, **claimant.by(cast.LAWYER))

        closed(
            claimant,
            overriding=Overriding(
                rule="R58", reason="second_person_agrees", text="She left.", hold=hold
            ),
        )

        assert claimant.case.newest("rule_overridden") is not None
        assert claimant.case.is_closed

    def test_do_not_stay_open_on_one_person_s_word(self, claimant: Story) -> None:
        alone = Overriding(rule="R58", reason="second_person_agrees", text="She left.")

        with pytest.raises(RuleBroken):
            closed(claimant, overriding=alone)

    def test_are_asked_about_when_a_trial_is_over(self, claimant: Story) -> None:
        at_police(claimant)
        step(claimant, "trial", capacity="injured_person")
        assert "R58" not in warned(claimant)

        step(claimant, "judgment", proceeding=_proceeding(claimant))

        assert warned(claimant)["R58"].reason == "routes_unanswered"


class TestClaims:
    def test_hold_amounts_in_one_named_currency(self, claimant: Story) -> None:
        with pytest.raises(MoveRefused) as refused:
            filed(claimant, currency=None)

        assert refused.value.finding.reason == "currency_needed"

    def test_without_amounts_need_none(self, claimant: Story) -> None:
        filed(claimant, currency=None, unpaid_wages=None)

        assert claimant.case.facts[-1].text("currency") is None

    def test_are_filed_by_those_who_hold_redress(self, claimant: Story) -> None:
        with pytest.raises(PermissionMissing):
            filed(claimant, who=cast.CASE_MANAGER)
        handed_on_to_prosecutor = at_police(claimant)
        handed_on(handed_on_to_prosecutor, cast.PROSECUTOR, "PR", by=cast.DETECTIVE)
        with pytest.raises(AccessMissing):
            filed(claimant, "criminal_order", cast.PROSECUTOR)

    def test_can_be_filed_by_the_prosecutor_where_redress_is_open(self, claimant: Story) -> None:
        handed_on(claimant, cast.PROSECUTOR, "PR", by=cast.LAWYER, scopes=("D13",))

        filed(claimant, "criminal_order", cast.PROSECUTOR)

        assert claimant.case.facts[-1].text("route") == "criminal_order"

    def test_are_open_until_decided_and_paid(self, claimant: Story) -> None:
        claim = filed(claimant)
        assert open_remedies(claimant.case, TODAY) == {"claim_open"}

        decided(claimant, claim)
        paid(claimant, 6_499_99, claim=claim)
        assert open_remedies(claimant.case, TODAY) == {"claim_open"}

        paid(claimant, 1, claim=claim)
        assert open_remedies(claimant.case, TODAY) == set()

    def test_refused_are_open_while_they_can_be_appealed(self, claimant: Story) -> None:
        until = TODAY + timedelta(days=15)
        decided(claimant, filed(claimant, "labour_claim"), "refused", appeal_until=until)

        assert open_remedies(claimant.case, until) == {"wage_claim_open"}
        assert open_remedies(claimant.case, until + timedelta(days=1)) == set()

    def test_given_up_are_not_open(self, claimant: Story) -> None:
        filed(claimant)

        claimant.routes(cast.LAWYER, only=("civil_claim",))

        assert open_remedies(claimant.case, TODAY) == set()

    def test_pursued_and_not_filed_yet_are_open(self, claimant: Story) -> None:
        claimant.routes(cast.LAWYER, "pursued", only=("state_fund",))

        assert open_remedies(claimant.case, TODAY) == {"claim_open"}

    def test_have_to_be_of_the_case(self, claimant: Story) -> None:
        wrong = cast.ref("no claim")

        with pytest.raises(MoveRefused):
            decided(claimant, wrong)
        with pytest.raises(MoveRefused):
            paid(claimant, 5, claim=wrong)
        with pytest.raises(MoveRefused):
            record_enforcement(
                enforcement=Enforcement(claim=wrong, enforcement="asked", enforced_on=TODAY),
                **claimant.by(cast.LAWYER),
            )

    def test_name_their_limit_or_the_event_it_counts_from(self, claimant: Story) -> None:
        with pytest.raises(MoveRefused):
            note_claim_limit(limit=ClaimLimit(route="state_fund"), **claimant.by(cast.LAWYER))

        limit = ClaimLimit(route="state_fund", last_day=date(2027, 1, 31))
        note_claim_limit(limit=limit, **claimant.by(cast.CASE_MANAGER))

        assert claimant.case.facts[-1].text("last_day") == "2027-01-31"


class TestMoney:
    def test_awarded_paid_and_confiscated_stay_apart(self, claimant: Story) -> None:
        claim = filed(claimant)
        decided(claimant, claim)
        paid(claimant, 1_000_00, claim=claim)
        paid(claimant, 20_00, currency="EUR", payer="trafficker")
        for code, amount in (("seized", 9_00), ("confiscated", 7_00), ("passed_on", 3_00)):
            assets = Assets(asset_step=code, asset_on=TODAY, currency="EUR", amount=amount)
            record_assets(assets=assets, **claimant.by(cast.LAWYER))

        kept = money(claimant.case)

        assert kept.awarded == {"MKD": 6_500_00}
        assert kept.paid == {"MKD": 1_000_00, "EUR": 20_00}
        assert kept.confiscated == {"EUR": 7_00}
        assert kept.passed_on == {"EUR": 3_00}
        assert kept.currencies() == ("EUR", "MKD")

    def test_awarded_and_not_received_is_warned_of(self, claimant: Story) -> None:
        claim = filed(claimant)
        decided(claimant, claim)
        assert warned(claimant)["R59"].reason == "payment_not_recorded"

        paid(claimant, 100, claim=claim)
        assert warned(claimant)["R59"].reason == "order_not_paid"

        paid(claimant, 6_499_00, claim=claim)
        assert "R59" not in warned(claimant)

    def test_is_not_warned_of_once_the_rule_is_taken_out(self, claimant: Story) -> None:
        decided(claimant, filed(claimant))

        with without("R59"):
            assert "R59" not in warned(claimant)

    def test_of_a_claim_refused_is_not_counted(self, claimant: Story) -> None:
        decided(claimant, filed(claimant), "refused", currency="MKD", unpaid_wages=5)

        assert money(claimant.case).awarded == {}
        assert "R59" not in warned(claimant)

    def test_received_can_be_told_by_her_case_manager(self, claimant: Story) -> None:
        paid(claimant, 50, cast.CASE_MANAGER)

        assert claimant.case.facts[-1].compartment == "D13"

    def test_is_shown_to_those_who_hold_redress_only(self, claimant: Story) -> None:
        decided(claimant, filed(claimant))

        assert "R59" not in warned(claimant, frozenset({"D1", "D6", "D9"}))

    def test_taken_from_those_who_exploited_is_recorded_by_the_asset_office(
        self, claimant: Story
    ) -> None:
        handed_on(claimant, cast.ASSET_INVESTIGATOR, "AR", by=cast.LAWYER, scopes=("D13",))
        assets = Assets(asset_step="seized", asset_on=TODAY, note="a car")

        record_assets(assets=assets, **claimant.by(cast.ASSET_INVESTIGATOR))

        assert claimant.open_parts(cast.ASSET_INVESTIGATOR) == {"D13", "D13S"}
        assert claimant.office.notices[-1].kind == "assets_recorded"

    def test_of_assets_needs_a_currency(self, claimant: Story) -> None:
        assets = Assets(asset_step="seized", asset_on=TODAY, amount=5)

        with pytest.raises(MoveRefused):
            record_assets(assets=assets, **claimant.by(cast.LAWYER))

    def test_is_followed_until_it_is_paid(self, claimant: Story) -> None:
        claim = filed(claimant)
        asked = Enforcement(claim=claim, enforcement="asked", enforced_on=TODAY)

        record_enforcement(enforcement=asked, **claimant.by(cast.LAWYER))

        assert claimant.case.facts[-1].reference("answers") == claim


def _proceeding(story: Story) -> UUID | None:
    newest = story.case.newest("criminal_step_recorded")
    return newest.reference("proceeding") if newest else None
