"""Tests of screening: signs in, advice out, never a no (R19)."""

from dataclasses import fields
from typing import Any
from uuid import UUID

import pytest

from opennrm.casework.refusals import (
    AccessMissing,
    CaseNotFound,
    EntryMalformed,
    PermissionMissing,
    RuleBroken,
)
from opennrm.casework.screening import Screening, record_screening
from tests import cast
from tests.casework.story import Story
from tests.cast import Member


def screened(story: Story, who: Member = cast.POLICE_OFFICER, **noted: Any) -> UUID:
    return record_screening(screening=Screening(**noted), **story.by(who))


class TestRecordScreening:
    def test_keeps_signs_and_advice_with_its_dimensions(self, story: Story) -> None:
        screened(
            story,
            told=("DEL-AL-DR-01", "DEL-AL-DR-02"),
            seen=("DEL-AL-EX-01", "DEL-AL-EX-02"),
            not_asked=("DEL-AL-CD-01",),
            presumed=True,
            reason="locked door, no papers",
        )

        kept = story.case.facts[-1]
        assert kept.text("advice") == "possible"
        assert set(kept.texts("positive_dimensions")) == {"deceptive_recruitment", "exploitation"}
        assert kept.texts("not_asked") == ("DEL-AL-CD-01",)
        assert story.office.sealed(kept.fact_ref) == {"reason": "locked door, no papers"}

    def test_makes_a_presumed_person_when_a_professional_presumes(self, story: Story) -> None:
        screened(story, presumed=True)

        assert story.case.identification == "presumed"

    def test_without_signs_says_nothing_against_her(self, story: Story) -> None:
        screened(story, not_asked=("DEL-AL-CD-01",))

        assert story.case.facts[-1].text("advice") == "no_sign"
        assert story.case.identification == "none"

    def test_never_lowers_what_was_found_before(self, story: Story) -> None:
        screened(story, presumed=True)

        screened(story)

        assert story.case.identification == "presumed"

    def test_has_no_way_to_say_no(self) -> None:
        names = {field.name for field in fields(Screening)}

        assert not names & {"outcome", "status", "not_a_victim", "identified"}

    @pytest.mark.parametrize(
        ("age", "lists"),
        [
            ({"majority": "adult"}, "adult"),
            ({"majority": "child"}, "child"),
            ({"majority": "adult", "age_in_doubt": True}, "child"),
        ],
        ids=["adult", "child", "in doubt"],
    )
    def test_uses_the_lists_for_her_age(
        self, story: Story, age: dict[str, Any], lists: str
    ) -> None:
        story.contact(**age)

        screened(story, population="adult")

        assert story.case.facts[-1].text("population") == lists

    @pytest.mark.parametrize("noted", [True, False, None])
    def test_keeps_whether_an_act_was_noted(self, story: Story, noted: bool | None) -> None:
        screened(story, act_noted=noted)

        assert story.case.facts[-1].flag("act_noted") is noted

    def test_is_refused_without_training(self, story: Story) -> None:
        with pytest.raises(PermissionMissing) as refused:
            screened(story, cast.UNTRAINED_OFFICER)

        assert refused.value.finding.reason == "training_missing"

    def test_is_refused_for_a_sign_that_is_not_in_the_lists(self, story: Story) -> None:
        with pytest.raises(RuleBroken) as refused:
            screened(story, told=("LOOKS-FOREIGN-1",))

        assert refused.value.finding.reason == "sign_unknown"

    def test_cannot_keep_words_in_its_open_part(self, story: Story) -> None:
        with pytest.raises(EntryMalformed):
            screened(story, forms=("she said he hit her",))

    def test_is_refused_to_other_roles(self, story: Story) -> None:
        with pytest.raises(PermissionMissing):
            screened(story, cast.CASE_MANAGER)

    def test_finds_no_case_where_none_is_open(self, story: Story) -> None:
        with pytest.raises(CaseNotFound):
            screened(story, cast.BORDER_OFFICER)

    def test_is_refused_where_nothing_may_be_written_yet(self, story: Story) -> None:
        consent = story.consent(cast.BORDER_OFFICER, "FR")
        story.refer(cast.BORDER_OFFICER, "FR", consent)

        with pytest.raises(AccessMissing):
            screened(story, cast.BORDER_OFFICER)
