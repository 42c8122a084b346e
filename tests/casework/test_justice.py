"""Tests of proceedings and of steps against her: recorded, told, counted, never a way to help."""

from typing import Any
from uuid import UUID

import pytest

from opennrm.casework.justice import (
    CompulsionAssessment,
    CriminalStep,
    Liability,
    assess_compulsion,
    record_criminal_step,
    record_liability,
)
from opennrm.casework.refusals import AccessMissing, MoveRefused, PermissionMissing
from opennrm.lifecycle.proceedings import proceedings
from tests import cast
from tests.casework.court import at_police, in_court, step, told, warned, with_signs
from tests.casework.story import TODAY, Story
from tests.cast import Member
from tests.rights.removing import without


def against(story: Story, code: str, who: Member = cast.DETECTIVE, **more: Any) -> UUID:
    """Record what was done to her for selling sex."""
    liability = Liability(liability=code, recorded_on=TODAY, **({"act": "sold_sex"} | more))
    return record_liability(liability=liability, **story.by(who))


def assessed(story: Story, finding: str = "compelled", **more: Any) -> UUID:
    """Let the authority assess whether she was compelled."""
    assessment = CompulsionAssessment(
        finding=finding, assessed_on=TODAY, **({"reasons": "He kept the money."} | more)
    )
    return assess_compulsion(assessment=assessment, **story.by(cast.DECIDING_OFFICER))


@pytest.fixture
def court(story: Story) -> Story:
    """A case with signs, before police and prosecutor, with a lawyer and a co-ordinator."""
    return in_court(with_signs(story))


class TestRecordCriminalStep:
    def test_moves_the_criminal_track_and_no_other(self, story: Story) -> None:
        at_police(story)
        others = story.case.identification, story.case.assistance, story.case.residence

        step(story, "reported", capacity="injured_person")

        assert story.case.criminal == "reported"
        assert (story.case.identification, story.case.assistance, story.case.residence) == others

    def test_keeps_several_proceedings_apart(self, story: Story) -> None:
        at_police(story)
        first = step(story, "prosecution", capacity="injured_person")
        second = step(story, "reported", capacity="suspect")
        step(story, "trial", proceeding=first)

        found = {one.proceeding: (one.state, one.capacity) for one in proceedings(story.case)}

        assert found == {first: ("trial", "injured_person"), second: ("reported", "suspect")}
        assert story.case.criminal == "trial"

    def test_judges_a_step_by_its_own_proceeding(self, story: Story) -> None:
        at_police(story)
        first = step(story, "trial", capacity="witness")
        second = step(story, "reported", capacity="witness")

        step(story, "judgment", proceeding=first)
        with pytest.raises(MoveRefused):
            step(story, "judgment", proceeding=second)

    def test_is_refused_in_a_proceeding_that_is_not_there(self, story: Story) -> None:
        at_police(story)

        with pytest.raises(MoveRefused) as refused:
            step(story, "reported", proceeding=cast.ref("another proceeding"))

        assert refused.value.finding.reason == "proceeding_not_found"

    def test_warns_when_she_is_a_suspect(self, court: Story) -> None:
        step(court, "investigation", capacity="suspect")

        assert (cast.LAWYERS.organisation, "possible_non_punishment") in told(court)

    def test_is_for_police_and_prosecutor_who_hold_the_part(self, court: Story) -> None:
        with pytest.raises(PermissionMissing):
            step(court, "reported", who=cast.LAWYER)
        with pytest.raises(PermissionMissing):
            told_ = CriminalStep(step="reported", step_on=TODAY)
            record_criminal_step(step=told_, **court.by(cast.POLICE_OFFICER))


class TestRecordLiability:
    def test_warns_prosecutor_lawyer_and_co_ordinators(self, court: Story) -> None:
        against(court, "suspect")

        assert {house for house, kind in told(court) if kind == "possible_non_punishment"} == {
            cast.PROSECUTION.organisation,
            cast.LAWYERS.organisation,
            cast.COURT_COMPANIONS.organisation,
            cast.CO_ORDINATION.organisation,
        }
        assert warned(court)["R54"].reason == "assessment_missing"

    def test_warns_nobody_once_the_rule_is_taken_out(self, court: Story) -> None:
        with without("R54"):
            against(court, "suspect")

            assert "R54" not in warned(court)
        assert not told(court)

    def test_asks_to_look_for_signs_where_nobody_did(self, story: Story) -> None:
        at_police(story)

        against(story, "fined")

        assert warned(story)["R54"].answer == "not_known"

    def test_counts_a_charge_before_any_assessment_as_a_breach(self, court: Story) -> None:
        against(court, "charged", cast.PROSECUTOR)

        breach = court.case.newest("breach_observed")
        assert breach is not None
        assert (breach.text("breach"), breach.text("rule")) == (
            "charged_without_assessment",
            "R54",
        )
        assert (cast.LAWYERS.organisation, "breach_observed") in told(court)
        assert warned(court)["R54"].reason == "charged_before_assessment"

    def test_records_a_charge_after_the_assessment_and_counts_no_breach(
        self, court: Story
    ) -> None:
        court.with_authority()
        against(court, "suspect")
        assessed(court, "not_compelled")

        against(court, "charged", cast.PROSECUTOR)

        assert court.case.newest("breach_observed") is None
        assert "R54" not in warned(court)

    def test_is_no_longer_asked_about_once_dropped(self, court: Story) -> None:
        against(court, "suspect")

        against(court, "not_pursued", cast.PROSECUTOR)

        assert "R54" not in warned(court)

    def test_can_be_told_by_anyone_on_the_case_and_nobody_else(self, court: Story) -> None:
        against(court, "fined", cast.POLICE_OFFICER)

        assert court.case.facts[-1].compartment == "D6"
        consent = court.consent(cast.CASE_MANAGER, "CM")
        court.refer(cast.CASE_MANAGER, "CM", consent)
        with pytest.raises(AccessMissing):
            against(court, "fined", cast.CASE_MANAGER)

    def test_takes_no_help_away(self, court: Story) -> None:
        before = court.case.identification, court.case.assistance

        against(court, "convicted", cast.PROSECUTOR)

        assert (court.case.identification, court.case.assistance) == before


class TestAssessCompulsion:
    def test_answers_the_step_that_waits_and_tells_prosecutor_and_lawyer(
        self, court: Story
    ) -> None:
        court.with_authority()
        first = against(court, "suspect")
        court.office.notices.clear()

        assessed(court)

        assert court.case.facts[-1].reference("answers") == first
        assert {
            (cast.PROSECUTION.organisation, "compulsion_assessed"),
            (cast.LAWYERS.organisation, "compulsion_assessed"),
        } <= told(court)
        assert "R54" not in warned(court)

    def test_leaves_the_question_open_while_it_cannot_be_said(self, court: Story) -> None:
        court.with_authority()
        against(court, "suspect")

        assessed(court, "not_decided_yet")

        assert warned(court)["R54"].is_broken

    def test_speaks_of_the_act_it_names_only(self, court: Story) -> None:
        court.with_authority()
        against(court, "suspect", act="drugs")
        other = against(court, "suspect", act="theft_or_fraud")

        assessed(court, step=other)

        assert court.case.facts[-1].reference("answers") == other
        assert warned(court)["R54"].is_broken

    @pytest.mark.parametrize(("reasons", "refusal"), [(" ", "reason_needed"), ("Because.", None)])
    def test_needs_reasons_and_something_to_assess(
        self, court: Story, reasons: str, refusal: str | None
    ) -> None:
        court.with_authority()

        with pytest.raises(MoveRefused) as refused:
            assessed(court, reasons=reasons)

        assert refused.value.finding.reason == (refusal or "no_step_against_her")

    def test_is_not_made_by_those_who_charge(self, court: Story) -> None:
        against(court, "suspect")

        with pytest.raises(PermissionMissing):
            assess_compulsion(
                assessment=CompulsionAssessment(
                    finding="not_compelled", assessed_on=TODAY, reasons="None."
                ),
                **court.by(cast.PROSECUTOR),
            )
