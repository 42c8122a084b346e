"""What is read aloud before consent: whole in each language, and revealing nothing."""

from pathlib import Path

import pytest

from opennrm.consent import aloud
from opennrm.vocabulary.revealing import revealing_words

PICTURES = Path(__file__).parents[2] / "src/opennrm/web/static/opennrm"


class TestTheText:
    """One text in many languages."""

    @pytest.mark.parametrize("language", aloud.languages())
    def test_has_every_sentence_with_its_picture(self, language: str) -> None:
        text = aloud.text_in(language)

        assert len(text.sentences) == 9
        assert all(one.words.strip() for one in text.sentences)
        assert all((PICTURES / f"say-{one.picture}.svg").exists() for one in text.sentences)

    @pytest.mark.parametrize("language", aloud.languages())
    def test_uses_no_word_that_would_reveal_what_it_is_about(self, language: str) -> None:
        said = " ".join(one.words for one in aloud.text_in(language).sentences)

        assert revealing_words(said) == ()

    @pytest.mark.parametrize("language", [one for one in aloud.languages() if one != "en"])
    def test_is_not_the_english_one(self, language: str) -> None:
        english = {one.words for one in aloud.text_in("en").sentences}

        assert english.isdisjoint(one.words for one in aloud.text_in(language).sentences)

    def test_says_that_nobody_who_speaks_it_at_home_has_read_it(self) -> None:
        assert {aloud.text_in(one).is_reviewed for one in aloud.languages()} == {False}

    @pytest.mark.parametrize("language", aloud.languages())
    def test_names_its_language(self, language: str) -> None:
        assert aloud.text_in(language).language == language

    def test_is_english_for_languages_it_does_not_speak(self) -> None:
        assert aloud.language_for("my") == aloud.language_for(None) == "en"
        assert aloud.language_for("uk-UA") == "uk"
