"""Tests of hearings, protection, the witness plan, evidence and trial observers."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from opennrm.casework.justice_hearing import (
    EvidenceCheck,
    HearingEnd,
    MeasuresAnswer,
    Observation,
    ProtectionNeeds,
    answer_measures,
    assess_protection,
    check_evidence,
    end_hearing,
    observe_trial,
)
from opennrm.casework.justice_witness import (
    CourtDay,
    WitnessCheck,
    WitnessPlan,
    check_on_witness,
    plan_court_day,
    plan_for_witness,
)
from opennrm.casework.refusals import (
    ConsentMissing,
    MoveRefused,
    PermissionMissing,
    RuleBroken,
)
from opennrm.lifecycle.deadlines import deadlines
from opennrm.lifecycle.open_remedies import open_remedies
from opennrm.rights.jurisdictions import presets
from tests import cast
from tests.casework.court import handed_on, hearing, in_court, step, told, warned
from tests.casework.story import TODAY, Story
from tests.cast import Member
from tests.rights.removing import without

IN_A_MONTH, SOON = TODAY + timedelta(days=30), TODAY + timedelta(days=5)


def ended(story: Story, ref: UUID, outcome: str = "held", **more: Any) -> UUID:
    """Record what became of a hearing."""
    end = HearingEnd(hearing=ref, hearing_outcome=outcome, **more)
    return end_hearing(end=end, **story.by(cast.PROSECUTOR))


def protected(story: Story, *measures: str, who: Member = cast.LAWYER, **more: Any) -> UUID:
    """Assess what protection she needs."""
    needs = ProtectionNeeds(assessed_on=TODAY, measures=measures, **more)
    return assess_protection(needs=needs, **story.by(who))


def answered(story: Story, *measures: str, state: str = "asked", **more: Any) -> UUID:
    """Record protection asked for, granted or refused."""
    answer = MeasuresAnswer(measures=measures, measure_state=state, state_on=TODAY, **more)
    return answer_measures(measures=answer, **story.by(cast.LAWYER))


def due(story: Story) -> set[str]:
    """Return which timers run."""
    return {one.kind for one in deadlines(story.case, presets("MK"))}


@pytest.fixture
def court(story: Story) -> Story:
    """A case before police and prosecutor, with a lawyer and a co-ordinator."""
    return in_court(story)


class TestAHearing:
    def test_is_told_to_those_beside_her(self, court: Story) -> None:
        hearing(court)

        assert told(court) == {
            (cast.LAWYERS.organisation, "hearing_set"),
            (cast.COURT_COMPANIONS.organisation, "hearing_set"),
        }

    def test_asks_for_an_assessment_of_protection_in_time(self, court: Story) -> None:
        hearing(court)

        assert "T56" in due(court)
        assert warned(court)["R56"].reason == "protection_ahead"

    def test_warns_when_it_is_near_and_nothing_was_assessed(self, court: Story) -> None:
        hearing(court, SOON)

        assert warned(court)["R56"].reason == "protection_not_assessed"

    def test_warns_until_all_that_is_needed_was_asked_for(self, court: Story) -> None:
        ref = hearing(court, SOON)
        protected(court, "screens", "video_link", hearing_ref=ref)
        assert "Video link" in warned(court)["R56"].says

        answered(court, "screens", "video_link", hearing_ref=ref)

        assert "R56" not in warned(court)
        assert "T56" not in due(court)

    def test_is_not_covered_by_what_was_assessed_before_it_was_set(self, court: Story) -> None:
        protected(court, "screens")
        hearing(court, SOON)

        assert warned(court)["R56"].reason == "protection_not_assessed"

    def test_is_covered_by_measures_for_the_whole_proceeding(self, court: Story) -> None:
        hearing(court, SOON)
        protected(court, "anonymity")

        answered(court, "anonymity", state="granted")

        assert "R56" not in warned(court)

    def test_is_asked_about_no_more_once_the_rule_is_taken_out(self, court: Story) -> None:
        hearing(court, SOON)

        with without("R56"):
            assert "R56" not in warned(court)
            assert "T56" not in due(court)

    @pytest.mark.parametrize("outcome", ["held", "cancelled"])
    def test_is_over_when_held_or_cancelled(self, court: Story, outcome: str) -> None:
        ended(court, hearing(court, SOON), outcome)

        assert "R56" not in warned(court)
        assert "hearing_ahead" not in open_remedies(court.case, TODAY)

    def test_is_ahead_again_on_its_new_day(self, court: Story) -> None:
        ref = hearing(court, SOON)

        ended(court, ref, "adjourned", adjourned_to=IN_A_MONTH)

        assert "hearing_ahead" in open_remedies(court.case, SOON + timedelta(days=1))
        assert "hearing_ahead" not in open_remedies(court.case, IN_A_MONTH + timedelta(days=1))

    def test_has_to_be_one_of_the_case(self, court: Story) -> None:
        for wrong in (court.case.facts[0].fact_ref, cast.ref("no hearing")):
            with pytest.raises(MoveRefused):
                ended(court, wrong)
            with pytest.raises(MoveRefused):
                protected(court, hearing_ref=wrong)

    def test_is_set_by_those_who_read_the_part_in_full(self, court: Story) -> None:
        court.with_case_manager()

        with pytest.raises(PermissionMissing):
            hearing(court, who=cast.CASE_MANAGER)


class TestProtection:
    def test_may_be_assessed_by_her_case_manager_too(self, court: Story) -> None:
        court.with_case_manager()

        protected(court, "address_withheld", who=cast.CASE_MANAGER, wishes="no meeting him")

        fact = court.case.facts[-1]
        assert (fact.kind, fact.compartment) == ("protection_assessed", "D6")
        assert court.office.sealed(fact.fact_ref) == {"wishes": "no meeting him"}

    def test_refused_is_told_to_those_beside_her(self, court: Story) -> None:
        answered(court, "closed_session", state="refused")

        kind = "protection_measures_answered"
        assert (cast.COURT_COMPANIONS.organisation, kind) in told(court)

    def test_names_at_least_one_measure(self, court: Story) -> None:
        with pytest.raises(MoveRefused):
            answered(court)


class TestAWitnessPlan:
    @staticmethod
    def planned(story: Story, ref: UUID, **more: Any) -> UUID:
        plan = WitnessPlan(
            explained=("court_process", "rights", "free_choice"),
            explained_on=TODAY,
            language="sq",
            hearing_ref=ref,
            **more,
        )
        return plan_for_witness(plan=plan, **story.by(cast.WITNESS_CO_ORDINATOR))

    @staticmethod
    def checked(story: Story, ref: UUID, after: str) -> UUID:
        check = WitnessCheck(hearing=ref, checked_on=SOON, after_hearing=after)
        return check_on_witness(check=check, **story.by(cast.WITNESS_CO_ORDINATOR))

    def test_asks_how_she_is_on_the_day_after(self, court: Story) -> None:
        ref = hearing(court, SOON)
        self.planned(court, ref, accompanied=True, next_day_check=True)
        assert "T56D" not in due(court)

        ended(court, ref)
        assert "T56D" in due(court)

        self.checked(court, ref, "well")
        assert "T56D" not in due(court)

    def test_asks_nothing_where_that_was_not_agreed(self, court: Story) -> None:
        ref = hearing(court, SOON)
        self.planned(court, ref)

        ended(court, ref)

        assert "T56D" not in due(court)

    @pytest.mark.parametrize(("after", "tells"), [("in_danger", True), ("well", False)])
    def test_tells_those_beside_her_when_she_needs_it(
        self, court: Story, after: str, tells: bool
    ) -> None:
        ref = hearing(court, SOON)

        self.checked(court, ref, after)

        assert ((cast.LAWYERS.organisation, "support_after_hearing") in told(court)) == tells

    def test_is_the_co_ordinator_s(self, court: Story) -> None:
        plan = WitnessPlan(explained=("rights",), explained_on=TODAY, language="sq")

        with pytest.raises(PermissionMissing):
            plan_for_witness(plan=plan, **court.by(cast.PROSECUTOR))


class TestEvidence:
    @staticmethod
    def checked(story: Story, *lines: str) -> None:
        check = EvidenceCheck(checked_on=TODAY, lines=lines)
        check_evidence(evidence=check, **story.by(cast.DETECTIVE))

    def test_is_asked_about_while_proceedings_run(self, court: Story) -> None:
        assert "R57" not in warned(court)

        step(court, "investigation", capacity="injured_person")

        assert warned(court)["R57"].reason == "evidence_not_checked"

    def test_that_rests_on_her_alone_is_warned_of(self, court: Story) -> None:
        step(court, "prosecution", capacity="witness")
        self.checked(court)
        assert warned(court)["R57"].reason == "rests_on_her_alone"

        self.checked(court, "financial")
        assert "R57" not in warned(court)

    def test_is_not_asked_about_where_she_is_the_suspect(self, court: Story) -> None:
        step(court, "investigation", capacity="suspect")

        assert "R57" not in warned(court)

    def test_is_not_asked_about_once_the_rule_is_taken_out(self, court: Story) -> None:
        step(court, "investigation", capacity="injured_person")

        with without("R57"):
            assert "R57" not in warned(court)


class TestATrialObserver:
    def test_gets_a_summary_and_records_what_was_seen(self, court: Story) -> None:
        handed_on(court, cast.TRIAL_OBSERVER, "TM", by=cast.DETECTIVE, scopes=("D6S",))

        seen = Observation(observed_on=TODAY, represented=True, measures_refused=("screens",))
        observe_trial(observation=seen, **court.by(cast.TRIAL_OBSERVER))

        assert court.open_parts(cast.TRIAL_OBSERVER) == {"D6S"}
        assert court.case.facts[-1].compartment == "D6S"

    @pytest.mark.parametrize("part", ["D1", "D2", "D6", "D8", "D9", "D13"])
    def test_is_given_no_private_part(self, court: Story, part: str) -> None:
        consent = court.consent(cast.TRIAL_OBSERVER, "TM", scopes=("D6S",))

        with pytest.raises(RuleBroken) as refused:
            court.refer(
                cast.TRIAL_OBSERVER, "TM", consent, who=cast.DETECTIVE, compartments=(part,)
            )

        assert refused.value.finding.rule == "R60"

    def test_is_no_party_to_the_case(self, court: Story) -> None:
        both = cast.member("Emil, twice", cast.COURT_COMPANIONS, "TM")
        court.office.organisations = {
            **court.office.organisations,
            both.actor.organisation: cast.organisation("Court Companions", "ngo", "VW TM"),
        }
        consent = court.consent(both, "TM", scopes=("D6S",))

        with pytest.raises(RuleBroken) as refused:
            court.refer(both, "TM", consent, who=cast.DETECTIVE)

        assert refused.value.finding.reason == "observer_is_party"
        with without("R60"):
            court.refer(both, "TM", consent, who=cast.DETECTIVE)

    def test_is_asked_for_with_her_consent(self, court: Story) -> None:
        with pytest.raises(ConsentMissing):
            court.refer(cast.TRIAL_OBSERVER, "TM", None, who=cast.DETECTIVE)

    def test_cannot_write_into_the_file(self, court: Story) -> None:
        handed_on(court, cast.TRIAL_OBSERVER, "TM", by=cast.DETECTIVE, scopes=("D6S",))

        with pytest.raises(PermissionMissing):
            hearing(court, who=cast.TRIAL_OBSERVER)

    def test_learns_nothing_that_others_tell_of_hearings(self, court: Story) -> None:
        handed_on(court, cast.TRIAL_OBSERVER, "TM", by=cast.DETECTIVE, scopes=("D6S",))
        hearing(court)
        court.with_case_manager()
        protected(court, "screens", who=cast.CASE_MANAGER)

        assert {fact.kind for fact in court.case.facts if fact.compartment == "D6S"} <= {
            "summary_shared"
        }


class TestTheDayInCourt:
    def test_is_due_until_somebody_says_what_became_of_it(self, court: Story) -> None:
        ref = hearing(court)

        before = due(court)
        ended(court, ref)

        assert "T57" in before
        assert "T57" not in due(court)

    def test_is_due_on_its_new_day_when_it_was_moved(self, court: Story) -> None:
        ref = hearing(court)
        ended(court, ref, "adjourned", adjourned_to=IN_A_MONTH)

        found = [one.due_at for one in deadlines(court.case, presets("MK")) if one.kind == "T57"]

        assert [one.date() for one in found] == [IN_A_MONTH]

    def test_is_planned_with_her_and_told_to_those_beside_her(self, court: Story) -> None:
        day = CourtDay(
            hearing_ref=hearing(court),
            arranged=("separate_entrance", "child_care"),
            not_needed=("interpreter",),
            route="Through the yard, second floor.",
        )
        before = len(court.office.notices)

        plan_court_day(day=day, **court.by(cast.WITNESS_CO_ORDINATOR))

        told_of = {one.kind for one in court.office.notices[before:]}
        planned = court.case.newest("court_day_planned")
        assert told_of == {"court_day_planned"}
        assert planned is not None
        assert planned.compartment == "D6"

    def test_of_a_hearing_of_another_case_is_refused(self, court: Story) -> None:
        day = CourtDay(hearing_ref=court.case_ref)

        with pytest.raises(MoveRefused):
            plan_court_day(day=day, **court.by(cast.WITNESS_CO_ORDINATOR))
