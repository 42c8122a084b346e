"""Languages have names, and a direction of writing."""

import pytest

from opennrm.vocabulary.languages import (
    is_language,
    is_right_to_left,
    language_name,
    languages,
    own_name,
)


class TestLanguages:
    def test_have_names_in_other_languages(self) -> None:
        assert language_name("sq", "en") == "Albanian"
        assert language_name("sq", "mk") == "албански"

    def test_name_themselves(self) -> None:
        assert own_name("uk") == "українська"
        assert own_name("rom") == "Romany"
        assert own_name("zzz") == "zzz"

    def test_are_known_or_not(self) -> None:
        assert is_language("rom")
        assert not is_language("xx")

    def test_list_hundreds(self) -> None:
        assert len(languages("en")) > 400

    @pytest.mark.parametrize(("code", "claim"), [("ar", True), ("fa-AF", True), ("en", False)])
    def test_are_written_in_a_direction(self, code: str, claim: bool) -> None:
        assert is_right_to_left(code) is claim
