"""Roles that must not meet in one account or one house are refused when somebody is enrolled."""

from datetime import date

import pytest

from opennrm.records.enrolment import (
    EnrolmentRefused,
    NewAccount,
    NewOrganisation,
    enrol_organisation,
)
from opennrm.records.separation import RolesClash, require_account_apart, require_house_apart
from opennrm.vocabulary.incompatible import INCOMPATIBLE, Reach
from tests.rights.removing import without

ON = date(2026, 3, 2)
APART = sorted(tuple(sorted(pair.roles)) for pair in INCOMPATIBLE if pair.reach is Reach.ACCOUNT)


class TestSeparation:
    @pytest.mark.parametrize("pair", APART, ids=" ".join)
    def test_keeps_every_pair_apart_in_an_account_and_in_a_house(
        self, pair: tuple[str, str]
    ) -> None:
        with pytest.raises(RolesClash):
            require_account_apart("somebody", pair, on=ON)
        with pytest.raises(RolesClash):
            require_house_apart("An office", pair, on=ON)

    def test_lets_a_house_state_openly_why_it_holds_both(self) -> None:
        require_house_apart("An office", ("NR", "NCO"), on=ON, combination="A law of 2024")

    def test_never_lets_an_account_state_it(self) -> None:
        with pytest.raises(RolesClash, match="Rapporteur"):
            require_account_apart("somebody", ("NR", "CM"), on=ON)

    def test_keeps_the_rapporteur_from_opening_cases_by_its_own_rule(self) -> None:
        with pytest.raises(RolesClash, match="opens no case"):
            require_account_apart("somebody", ("NR", "VW"), on=ON)
        with without("R67"):
            require_account_apart("somebody", ("NR", "VW"), on=ON)

    def test_lets_a_decider_and_a_reviewer_work_in_one_house(self) -> None:
        require_house_apart("The authority", ("CA", "RP"), on=ON)
        require_account_apart("somebody", ("NR", "SO"), on=ON)


class TestEnrolment:
    def test_refuses_a_rapporteur_who_manages_cases(self) -> None:
        house = NewOrganisation("An office", "ngo", "MK", ("NR", "CM"), combination="A law")
        person = NewAccount(
            "somebody", "Invented Person", ("NR", "CM"), "a passphrase long enough"
        )

        with pytest.raises(EnrolmentRefused, match="opens no case"):
            enrol_organisation(house, [person])

    def test_refuses_a_house_that_gives_no_word_for_it(self) -> None:
        house = NewOrganisation("An office", "ngo", "MK", ("GU", "SH"))

        with pytest.raises(EnrolmentRefused, match="no other interest in the child"):
            enrol_organisation(house, [])
