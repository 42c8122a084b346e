"""Tests of corrections: a new fact that names the one it replaces."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from opennrm.casework.breach import Breach, observe_breach
from opennrm.casework.contact import PersonDescription, describe_person
from opennrm.casework.correction import CORRECTABLE, Correction, correct_fact
from opennrm.casework.permissions import PERMISSIONS
from opennrm.casework.refusals import AccessMissing, CaseNotFound, EntryMalformed, RuleBroken
from opennrm.lifecycle.kinds import KINDS
from opennrm.lifecycle.projections import rule_events
from tests import cast
from tests.casework.story import TODAY, Story
from tests.cast import Member


@pytest.fixture
def described(story: Story) -> UUID:
    """A description of the person, written by the police officer."""
    person = PersonDescription(sex="female", names="Lule Testova")
    return describe_person(person=person, **story.by(cast.POLICE_OFFICER))


def corrected(story: Story, fact: UUID, who: Member, **content: Any) -> UUID:
    known: dict[str, Any] = {"open": {"sex": "other"}}
    return correct_fact(correction=Correction(fact=fact, **(known | content)), **story.by(who))


class TestCorrectFact:
    def test_adds_a_version_and_keeps_the_old_one(self, story: Story, described: UUID) -> None:
        new = corrected(
            story, described, cast.POLICE_OFFICER, sealed={"names": "Lule Testova-Hill"}
        )

        standing = story.case.newest("person_described")
        assert standing is not None
        assert standing.text("sex") == "other"
        assert [fact.fact_ref for fact in story.case.versions(described)] == [described, new]
        assert story.office.sealed(described) == {"names": "Lule Testova"}

    def test_goes_to_the_same_compartment(self, story: Story, described: UUID) -> None:
        corrected(story, described, cast.POLICE_OFFICER)

        assert {fact.compartment for fact in story.case.versions(described)} == {"D2"}

    def test_may_correct_a_correction(self, story: Story, described: UUID) -> None:
        again = corrected(story, described, cast.POLICE_OFFICER)

        corrected(story, again, cast.POLICE_OFFICER, open={"sex": "male"})

        standing = story.case.newest("person_described")
        assert standing is not None
        assert standing.text("sex") == "male"

    def test_is_refused_to_another_organisation(self, story: Story, described: UUID) -> None:
        story.with_case_manager()

        with pytest.raises(AccessMissing) as refused:
            corrected(story, described, cast.CASE_MANAGER)

        assert refused.value.finding.reason == "fact_of_another"

    def test_leaves_a_breach_that_another_organisation_saw(self, story: Story) -> None:
        story.with_case_manager()
        seen = Breach(
            breach="statement_taken_in_recovery",
            observed_on=story.at.date(),
            rule="R24",
            description="a statement was taken",
        )
        breach = observe_breach(breach=seen, **story.by(cast.CASE_MANAGER))
        milder = {"breach": "no_interpreter_or_lawyer", "observed_on": TODAY.isoformat()}

        with pytest.raises(AccessMissing):
            corrected(story, breach, cast.POLICE_OFFICER, open=milder)

        assert [e.rule for e in rule_events(story.case) if e.event == "breach"] == ["R24"]

    def test_is_refused_where_a_role_only_reads(self, story: Story, described: UUID) -> None:
        story.with_authority()

        with pytest.raises(AccessMissing) as refused:
            corrected(story, described, cast.DECIDING_OFFICER)

        assert refused.value.finding.reason == "compartment_not_open"

    def test_of_a_kind_is_for_the_roles_that_record_it(self) -> None:
        assert set(CORRECTABLE) <= set(KINDS)
        assert set(CORRECTABLE.values()) <= set(PERMISSIONS)

    @pytest.mark.parametrize(
        "kind",
        [
            "statement_taken",
            "criminal_step_recorded",
            "hearing_set",
            "claim_filed",
            "claim_limit_noted",
            "claim_decided",
            "service_delivered",
            "residence_recorded",
        ],
    )
    def test_writes_over_nothing_a_rule_was_asked_for(self, kind: str) -> None:
        assert kind in KINDS
        assert kind not in CORRECTABLE

    def test_looks_the_same_for_a_hidden_fact_and_for_none(
        self, story: Story, described: UUID
    ) -> None:
        story.hand_over(cast.CASE_MANAGER, "CM", scopes=("D9",))

        refusals = []
        for fact in (described, uuid4()):
            with pytest.raises(AccessMissing) as refused:
                corrected(story, fact, cast.CASE_MANAGER)
            refusals.append(refused.value.finding)

        assert refusals[0] == refusals[1]

    def test_never_widens_a_consent_or_rewrites_a_step(self, story: Story) -> None:
        consent = story.consent(cast.CASE_MANAGER, "CM")

        with pytest.raises(RuleBroken) as refused:
            corrected(story, consent, cast.POLICE_OFFICER)

        assert refused.value.finding.reason == "kind_not_corrected"

    def test_is_refused_in_another_form(self, story: Story, described: UUID) -> None:
        with pytest.raises(EntryMalformed):
            corrected(story, described, cast.POLICE_OFFICER, open={"sex": "she says she is 17"})

    def test_finds_no_case_where_none_is_open(self, story: Story, described: UUID) -> None:
        with pytest.raises(CaseNotFound):
            corrected(story, described, cast.BORDER_OFFICER)
