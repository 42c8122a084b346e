"""Every list has a meaning and a source, and every code has the shape that records accept."""

import pytest

from opennrm.vocabulary.code import CodeList, Verification, well_formed
from opennrm.vocabulary.identification import IdentificationStatus
from opennrm.vocabulary.registry import code_list, code_lists, label
from opennrm.vocabulary.roles import Role
from opennrm.vocabulary.scopes import Scope

LIFECYCLE = {
    "identification_status": "none presumed reasonable_grounds_pending"
    " reasonable_grounds_positive reasonable_grounds_negative identified not_identified"
    " reconsideration_pending withdrawn_by_person",
    "assistance_status": "offered accepted declined in_support paused follow_up exited re_entered",
    "criminal_track": "none intelligence_only reported investigation prosecution trial judgment"
    " appeal final discontinued",
    "residence_track": "national lawful irregular recovery_period permit_personal"
    " permit_co-operation asylum_pending protection_granted other",
    "age_status": "adult child presumed_child",
    "decision_standard": "signs reasonable_grounds balance_of_probabilities national_other",
    "trafficking_scope": "internal cross_border unknown",
    "exit_kind": "goals_met person_withdrew moved transferred lost_contact deceased other",
    "early_end_ground": "public_order status_claimed_improperly",
    "basis": "consent legal_duty vital_interest public_task own_record",
}


def every_list() -> list[CodeList]:
    return list(code_lists())


class TestCodeLists:
    @pytest.mark.parametrize("entry", every_list(), ids=lambda entry: entry.name)
    def test_each_has_a_definition_a_source_and_values(self, entry: CodeList) -> None:
        assert entry.title
        assert entry.definition.endswith(".")
        assert entry.source
        assert isinstance(entry.verification, Verification)
        assert len(entry.codes) >= 2

    @pytest.mark.parametrize("entry", every_list(), ids=lambda entry: entry.name)
    def test_each_code_may_stand_in_an_open_part_and_has_a_label(self, entry: CodeList) -> None:
        assert all(well_formed(member.value) and member.label for member in entry.codes)

    def test_have_names_of_their_own(self) -> None:
        names = [entry.name for entry in code_lists()]

        assert len(names) == len(set(names))

    @pytest.mark.parametrize("name", LIFECYCLE)
    def test_hold_exactly_the_values_of_the_lifecycle(self, name: str) -> None:
        assert [member.value for member in code_list(name).codes] == LIFECYCLE[name].split()

    def test_never_call_the_person_a_victim(self) -> None:
        words = " ".join(
            f"{member.label} {member.definition}".lower()
            for entry in code_lists()
            for member in entry.codes
            if member is not Role.VW
        )

        assert "victim" not in words

    @pytest.mark.parametrize("name", ["negative_reason", "offer_answer_reason", "exit_kind"])
    def test_know_no_reason_that_speaks_of_co_operation(self, name: str) -> None:
        codes = " ".join(member.value for member in code_list(name).codes)

        assert "operat" not in codes


class TestCode:
    def test_is_found_whatever_the_case(self) -> None:
        assert Role("fr") is Role.FR
        assert Scope("d3") is Scope.WHEREABOUTS
        assert IdentificationStatus("PRESUMED") is IdentificationStatus.PRESUMED

    def test_refuses_a_word_that_is_not_in_the_list(self) -> None:
        with pytest.raises(ValueError, match="rescued"):
            IdentificationStatus("rescued")

    def test_is_its_own_text(self) -> None:
        assert f"{Role.FR}" == "FR"
        assert Role.FR.label == "First responder"

    @pytest.mark.parametrize("text", ["", "a b", "é", "x" * 65, "code\n"])
    def test_has_a_shape_that_free_text_does_not_fit(self, text: str) -> None:
        assert not well_formed(text)


class TestLabel:
    def test_speaks_english(self) -> None:
        assert label("exploitation_form", "begging") == "Forced begging"

    def test_gives_back_an_unknown_value(self) -> None:
        assert label("exploitation_form", "gone") == "gone"
