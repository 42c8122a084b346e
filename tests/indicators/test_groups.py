"""Pages show indicators under headings, short when time is short."""

import pytest

from opennrm.indicators.advice import Screening, advise
from opennrm.indicators.catalogue import indicators
from opennrm.indicators.groups import asks_with_care, fast_screening, indicator_groups
from opennrm.vocabulary.age import AgeStatus
from opennrm.vocabulary.exploitation import ExploitationForm
from opennrm.vocabulary.screening import AdviceOutcome, Answer, Population


def shown(population: Population, *forms: ExploitationForm) -> set[str]:
    groups = indicator_groups(population, forms)
    return {sign.id for group in groups for sign in group.indicators}


class TestIndicatorGroups:
    @pytest.mark.parametrize("population", list(Population))
    def test_show_each_sign_of_a_population_once(self, population: Population) -> None:
        groups = indicator_groups(population)
        keys = [sign.id for group in groups for sign in group.indicators]

        assert len(keys) == len(set(keys))
        assert all(population in indicators()[key].populations for key in keys)

    def test_do_not_ask_where_a_person_comes_from_nor_about_an_area(self) -> None:
        assert not shown(Population.CHILD) & {"UNODC-GEN-34", "UNODC-SEX-01", "UNODC-BEG-14"}

    def test_narrow_to_a_form_and_what_holds_for_any(self) -> None:
        keys = shown(Population.ADULT, ExploitationForm.FORCED_MARRIAGE)

        assert {"FM-01", "UNODC-GEN-01"} <= keys
        assert not any(key.startswith(("DEL-", "ORG-")) for key in keys)


class TestFastScreening:
    @pytest.mark.parametrize("population", list(Population))
    def test_stays_short(self, population: Population) -> None:
        keys = [s.id for group in fast_screening(population) for s in group.indicators]

        assert 10 <= len(keys) <= 20

    @pytest.mark.parametrize("status", [AgeStatus.ADULT, AgeStatus.CHILD])
    def test_can_still_reach_strong_grounds(self, status: AgeStatus) -> None:
        population = Population.ADULT if status is AgeStatus.ADULT else Population.CHILD
        keys = [s.id for group in fast_screening(population) for s in group.indicators]

        found = advise(Screening(status, dict.fromkeys(keys, Answer.SEEN)))

        assert found.outcome is AdviceOutcome.STRONG_GROUNDS


class TestAsksWithCare:
    def test_marks_what_may_harm_when_asked(self) -> None:
        assert asks_with_care(indicators()["DEL-AL-CD-04"])
        assert not asks_with_care(indicators()["DEL-AL-DR-08"])
