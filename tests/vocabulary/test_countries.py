"""Countries are found, named in each language and put into groups that expose no one."""

import pytest

from opennrm.vocabulary.countries import (
    citizenship_group,
    citizenship_group_label,
    countries,
    country,
    country_name,
    country_names,
    subregions,
)


class TestCountry:
    @pytest.mark.parametrize("code", ["MK", "mk", "MKD", " mkd "])
    def test_is_found_by_either_code_in_any_case(self, code: str) -> None:
        found = country(code)

        assert found is not None
        assert (found.alpha_2, found.subregion, found.eu) == ("MK", "southern_europe", False)

    def test_is_not_found_by_a_word(self) -> None:
        assert country("Atlantis") is None

    def test_counts_249_codes_of_the_standard_and_kosovo(self) -> None:
        assert len(countries()) == 250
        assert "XK" in countries()

    def test_counts_27_members_of_the_european_union(self) -> None:
        assert sum(entry.eu for entry in countries().values()) == 27

    def test_has_22_subregions_beside_antarctica(self) -> None:
        assert len(subregions()) == 23


class TestCountryName:
    @pytest.mark.parametrize(
        ("language", "name"),
        [("en", "North Macedonia"), ("mk", "Северна Македонија"), ("ar", "مقدونيا الشمالية")],
    )
    def test_speaks_the_language(self, language: str, name: str) -> None:
        assert country_name("MK", language) == name

    def test_knows_every_country_in_english(self) -> None:
        assert not [code for code, name in country_names().items() if code == name]


class TestCitizenshipGroup:
    @pytest.mark.parametrize(
        ("codes", "jurisdiction", "group"),
        [
            (["MK"], "MK", "national"),
            (["AL", "MK"], "MK", "national"),
            (["GB"], "GB-NIR", "national"),
            (["BG"], "MK", "eu"),
            (["RS", "BG"], "MK", "eu"),
            (["NGA"], "MK", "western_africa"),
            (["stateless"], "MK", "stateless"),
            (["Stateless", "unknown"], "MK", "stateless"),
            (["unknown"], "MK", "unknown"),
            ([], "MK", "unknown"),
        ],
    )
    def test_sees_citizenship_from_one_state(
        self, codes: list[str], jurisdiction: str, group: str
    ) -> None:
        assert citizenship_group(codes, jurisdiction) == group

    def test_has_a_label_for_groups_and_subregions(self) -> None:
        assert citizenship_group_label("eu") == "Citizen of another European Union State"
        assert citizenship_group_label("south_eastern_asia") == "South-eastern Asia"
        assert citizenship_group_label("australia_and_new_zealand") == "Australia and New Zealand"
