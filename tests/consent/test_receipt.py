"""The paper she keeps: complete, in her language, and silent about everything else."""

from datetime import date

import pytest

from opennrm.consent import receipt as paper
from opennrm.consent.receipt import Agreed, Receipt, receipt
from opennrm.vocabulary.languages import day_in_words
from opennrm.vocabulary.need_to_know import cells
from opennrm.vocabulary.revealing import holds_address, revealing_words
from opennrm.vocabulary.roles import Role
from opennrm.vocabulary.scopes import CASE_SCOPES, Scope
from opennrm.vocabulary.sharing import ConsentPurpose, Purpose

EVERYTHING = tuple(scope.value for scope in (*CASE_SCOPES, Scope.SHEET))
PURPOSES = tuple(str(one) for one in (*ConsentPurpose, *Purpose))
GIVEN, UNTIL, AGAIN = date(2026, 3, 2), date(2026, 9, 1), date(2026, 6, 1)
# What somebody who finds the paper must not read on it, in its two languages.
TELLING = (
    *("police", "court", "lawyer", "guardian", "asylum", "residence", "suspect", "compensation"),
    *("consent", "case", "referral", "organisation", "child", "danger", "safety"),
    *("شرطة", "محكمة", "محام", "ضحية", "اتجار", "استغلال", "لجوء", "ملجأ", "موافقة مستنيرة"),
)


def made(language: str, **more: object) -> Receipt:
    known: dict[str, object] = {
        "purpose": "assistance",
        "compartments": EVERYTHING,
        "given_on": GIVEN,
        "until": UNTIL,
        "recheck_on": AGAIN,
        "number": "0A1B-2C3D",
        "has_recipient": True,
    }
    return receipt(Agreed(**(known | more)), language)  # type: ignore[arg-type]


def text(note: Receipt) -> str:
    return "\n".join((note.title, *note.lines, *note.items, *note.after, note.small))


class TestTheReceipt:
    @pytest.mark.parametrize("language", paper.LANGUAGES)
    @pytest.mark.parametrize("purpose", PURPOSES)
    def test_betrays_her_to_nobody_who_finds_it(self, language: str, purpose: str) -> None:
        found = text(made(language, purpose=purpose)).casefold()

        assert not [word for word in TELLING if word in found]
        assert not revealing_words(found)
        assert not holds_address(found)
        assert not [role for role in Role if len(role.label) > 5 and role.label.lower() in found]

    @pytest.mark.parametrize("language", paper.LANGUAGES)
    def test_says_until_when_and_how_it_is_taken_back(self, language: str) -> None:
        found = text(made(language))

        days = [day_in_words(day, language) for day in (GIVEN, UNTIL, AGAIN)]
        assert all(day in found for day in days)
        assert "0A1B-2C3D" in found
        assert paper.TEXT[language]["back"] in found

    @pytest.mark.parametrize("language", paper.LANGUAGES)
    def test_names_exactly_the_classes_she_agreed_to(self, language: str) -> None:
        place = paper.LANGUAGES.index(language)
        some = made(language, compartments=("D2", "D2S", "D9S"))

        assert some.items[1:] == (paper.ITEMS["D2"][place], paper.ITEMS["D9"][place])

    def test_has_words_for_every_class_and_purpose_in_every_language(self) -> None:
        assert set(paper.ITEMS) == set(EVERYTHING)
        assert {scope.value for _role, scope in cells()} - {"D15"} <= set(paper.ITEMS)
        assert {len(words) for words in (*paper.ITEMS.values(), *paper.PURPOSES.values())} == {
            len(paper.LANGUAGES)
        }
        assert {frozenset(words) for words in paper.TEXT.values()} == {frozenset(paper.TEXT["en"])}

    def test_says_where_nobody_who_speaks_the_language_has_read_it(self) -> None:
        said = {code for code in paper.LANGUAGES if paper.TEXT[code]["review"]}

        assert said == set(paper.UNREVIEWED)
        assert made("ar").small

    def test_is_in_english_for_a_language_it_is_not_printed_in(self) -> None:
        assert paper.language_for("sq") == paper.language_for(None) == "en"
