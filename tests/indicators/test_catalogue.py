"""The shipped table is sound; a table that is not is refused."""

from collections import Counter
from importlib.resources import files

import pytest

from opennrm.indicators.catalogue import (
    CatalogueBroken,
    indicators,
    read_catalogue,
    same_sign_for,
)
from opennrm.vocabulary.code import well_formed
from opennrm.vocabulary.exploitation import ExploitationForm
from opennrm.vocabulary.screening import Dimension, Population, Strength


def shipped() -> str:
    return files("opennrm.indicators").joinpath("indicators.csv").read_text(encoding="utf-8")


class TestIndicators:
    def test_are_462(self) -> None:
        assert len(indicators()) == 462

    def test_have_the_counts_that_the_source_states(self) -> None:
        series = Counter(sign.series.split("-")[0] for sign in indicators().values())
        verified = Counter(sign.verified for sign in indicators().values())

        assert series == {
            "DEL": 264,
            "UNODC": 121 + 9,
            "FM": 18,
            "ORG": 17,
            "HTCDS": 17,
            "ILO11": 11,
            "ICT": 5,
        }
        assert verified == {"yes": 92, "secondary": 188, "no": 182}

    def test_have_ids_that_may_stand_in_an_open_part(self) -> None:
        assert all(well_formed(key) for key in indicators())

    def test_belong_to_lists(self) -> None:
        names = {sign.series for sign in indicators().values()}

        assert {"DEL-AL", "DEL-CS", "UNODC-GEN", "ILO11", "FM", "HTCDS-MC"} <= names
        assert len(names) == 16

    def test_weigh_only_in_the_six_dimensions(self) -> None:
        weighed = {sign.dimension for sign in indicators().values() if sign.is_weighed}

        assert weighed <= set(Dimension)

    def test_of_the_sexual_lists_weigh_only_where_checked(self) -> None:
        weighed = {
            sign.id
            for sign in indicators().values()
            if sign.series in ("DEL-AS", "DEL-CS") and sign.is_weighed
        }

        assert weighed == {"DEL-AS-CD-06", "DEL-CS-EX-03", "DEL-CS-CD-06"}

    def test_leave_no_form_without_a_sign(self) -> None:
        covered = {form for sign in indicators().values() for form in sign.forms}

        assert covered == set(ExploitationForm)

    def test_do_not_trigger_by_the_place_a_person_comes_from(self) -> None:
        assert not indicators()["UNODC-GEN-34"].may_trigger


class TestReadCatalogue:
    @pytest.mark.parametrize(
        ("before", "after", "problem"),
        [
            ("DEL-AL-DR-02,", "DEL-AL-DR-01,", "twice: DEL-AL-DR-01"),
            (",adult,strong,", ",adult,mighty,", "mighty"),
            (",adult,medium,", ",adults,medium,", "adults"),
            (",labour_exploitation,", ",work,", "work"),
            (",Misled about pay,", ",,", "an empty text"),
            (",secondary,means,2", ",maybe,means,2", "maybe"),
        ],
    )
    def test_refuses_a_table_that_is_not_sound(
        self, before: str, after: str, problem: str
    ) -> None:
        broken = shipped().replace(before, after, 1)

        with pytest.raises(CatalogueBroken, match=problem):
            read_catalogue(broken)


class TestSameSignFor:
    def test_finds_the_childs_twin_with_its_own_strength(self) -> None:
        adult = indicators()["DEL-AL-CR-04"]

        child = same_sign_for(adult, Population.CHILD)

        assert child is indicators()["DEL-CL-CR-04"]
        assert (adult.strength, child.strength) == (Strength.MEDIUM, Strength.STRONG)

    def test_finds_nothing_where_the_list_lacks_it(self) -> None:
        assert same_sign_for(indicators()["DEL-AL-EX-06"], Population.CHILD) is None
        assert same_sign_for(indicators()["UNODC-CHI-01"], Population.ADULT) is None

    def test_keeps_a_sign_for_both(self) -> None:
        sign = indicators()["UNODC-GEN-01"]

        assert same_sign_for(sign, Population.CHILD) is sign
