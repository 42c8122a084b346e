"""The signs of a first meeting, sorted by how one comes to know them."""

import pytest

from opennrm.indicators.advice import Screening, advise
from opennrm.indicators.groups import asks_with_care, fast_screening
from opennrm.indicators.manner import Manner, signs_by_manner
from opennrm.vocabulary.age import AgeStatus
from opennrm.vocabulary.screening import AdviceOutcome, Answer, Population


class TestSignsByManner:
    @pytest.mark.parametrize("population", list(Population))
    def test_show_each_sign_once_and_all_of_the_short_list(self, population: Population) -> None:
        by = signs_by_manner(population)
        keys = [sign.id for signs in by.values() for sign in signs]
        short = {sign.id for group in fast_screening(population) for sign in group.indicators}

        assert len(keys) == len(set(keys))
        assert short <= set(keys)

    @pytest.mark.parametrize("population", list(Population))
    def test_hold_only_signs_that_say_something_of_this_person(
        self, population: Population
    ) -> None:
        signs = [sign for each in signs_by_manner(population).values() for sign in each]

        assert all(sign.may_trigger and population in sign.populations for sign in signs)

    def test_ask_an_adult_about_what_may_harm_on_a_screen_of_its_own(self) -> None:
        by = signs_by_manner(Population.ADULT)

        assert by[Manner.ASKED]
        assert all(asks_with_care(sign) for sign in by[Manner.ASKED])
        assert not any(asks_with_care(sign) for sign in by[Manner.HEARD])

    def test_ask_a_child_nothing(self) -> None:
        assert signs_by_manner(Population.CHILD)[Manner.ASKED] == ()

    @pytest.mark.parametrize("status", [AgeStatus.ADULT, AgeStatus.CHILD])
    def test_can_reach_strong_grounds(self, status: AgeStatus) -> None:
        population = Population.ADULT if status is AgeStatus.ADULT else Population.CHILD
        by = signs_by_manner(population)
        told = [*by[Manner.HEARD], *by[Manner.ASKED]]

        found = advise(Screening(status, {sign.id: Answer.TOLD for sign in told}))

        assert found.outcome is AdviceOutcome.STRONG_GROUNDS
