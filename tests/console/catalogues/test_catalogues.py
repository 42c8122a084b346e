"""Every text is found, each catalogue holds just those, and a translation keeps every value."""

import pytest
from babel.messages.catalog import Catalog

from opennrm.console.catalogues import kept
from opennrm.console.catalogues.found import texts

WANTED = texts()


class TestTexts:
    @pytest.mark.parametrize(
        "text",
        [
            pytest.param("Work list", id="the navigation"),
            pytest.param("Skip to the main part", id="a template"),
            pytest.param("Your new passphrase", id="a form"),
            pytest.param("Forced labour or services", id="a code"),
            pytest.param("Meet immediate needs", id="a deadline"),
            pytest.param(
                "Your role does not do this step. Ask a colleague whose role does.", id="a refusal"
            ),
            pytest.param("Only an officer of the organisation does this.", id="the database"),
        ],
    )
    def test_are_found_where_pages_take_them_from(self, text):
        assert text in WANTED

    def test_leave_out_what_documents_the_code(self):
        assert "Work list" in WANTED
        assert not any(text.startswith("Every text is found") for text in WANTED)

    def test_are_never_blank(self):
        assert all(text.strip() for text in WANTED)


class TestCatalogues:
    @pytest.mark.parametrize("language", kept.LANGUAGES)
    def test_hold_every_text_and_no_other(self, language):
        held = kept.file_of(language).read_bytes()

        assert held == kept.written(kept.renewed(language, WANTED)), "run ./run languages"

    @pytest.mark.parametrize("language", kept.LANGUAGES)
    def test_keep_every_value_and_mark_of_the_english_text(self, language):
        assert list(kept.faults(kept.kept(language))) == []

    @pytest.mark.parametrize("language", kept.LANGUAGES)
    def test_can_be_made_into_what_programs_read(self, language):
        checked = [
            f"{message.id}: {fault}"
            for message, faults in kept.kept(language).check()
            for fault in faults
        ]

        assert checked == []

    @pytest.mark.parametrize("language", kept.LANGUAGES)
    def test_leave_no_text_in_english(self, language):
        waiting = [one.id for one in kept.missing(kept.kept(language))]

        assert waiting == [], "translate them; ./run languages --show names them"


class TestFaults:
    """What would break a page, or tell it wrong, is named."""

    @pytest.mark.parametrize(
        ("english", "said"),
        [
            ("Signed in as %(name)s.", "Angemeldet."),
            ("Signed in as %(name)s.", "Angemeldet als %(nom)s."),
            ("You said yes on {day}.", "Sie sagten ja am {Tag}."),
            ("<b>Now</b>", "Jetzt"),
        ],
    )
    def test_are_found(self, english, said):
        catalog = Catalog(locale="de")
        catalog.add(english, said)

        assert len(list(kept.faults(catalog))) == 1

    def test_leave_a_text_that_waits_alone(self):
        catalog = Catalog(locale="de")
        catalog.add("Signed in as %(name)s.")

        assert list(kept.faults(catalog)) == []
        assert len(kept.missing(catalog)) == 1

    def test_ask_for_every_form_of_a_plural(self):
        catalog = Catalog(locale="ru")
        catalog.add(("%(num)s day", "%(num)s days"), ("%(num)s день", "%(num)s дня"))

        assert any("needs 3 forms" in one for one in kept.faults(catalog))
