"""One name in several scripts and spellings is found; different names stay apart."""

# ruff: noqa: RUF001 -- letters of other scripts are the subject here

import csv
import os
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from opennrm.vocabulary.names.comparing import are_alike, likeness
from opennrm.vocabulary.names.folding import fold

BESIDE = Path(__file__).parents[3] / "shared" / "data"
VARIANTS = Path(os.environ.get("OPENNRM_SHARED_DATA", BESIDE)) / "linkage" / "name_variants.csv"

ONE_NAME = [
    ("فاطمة", "Fatima"),
    ("فاطمة", "Fatma"),
    ("فاطمة", "Фатима"),
    ("فاطمة", "فاطمه"),
    ("فَاطِمَة", "فاطمة"),
    ("فاطمة الزهراء", "Fatima al-Zahra"),
    ("محمد", "Muhammad"),
    ("محمد", "Mehmed"),
    ("أحمد", "احمد"),
    ("أحمد", "Ahmed"),
    ("يوسف", "Yusuf"),
    ("يوسف", "Jusuf"),
    ("عبد الرحمن", "Abdul Rahman"),
    ("خديجة", "Khadija"),
    ("عمر", "Omar"),
    ("سعيد", "Saeed"),
    ("جميلة", "Jamila"),
    ("جميلة", "Džemila"),
    ("İnci Şahin", "INCI SAHIN"),
    ("Irmak", "ırmak"),
    ("Гордана Вељановска", "Veljanovska Gordana"),
    ("Qëndrim", "Qendrim"),
    ("Ќемал", "Kemal"),
    ("Xhevahire", "Џевахире"),
    ("O'Brien", "OBrien"),
]
TWO_NAMES = [
    ("محمد", "Ahmed"),
    ("يوسف", "Sofia"),
    ("فاطمة", "خديجة"),
    ("Arben", "Gordana"),
    ("Љубица", "Елена"),
    ("Hüseyin", "Halil"),
    ("ليلى", "Amina"),
]


def table() -> list[tuple[str, str]]:
    with VARIANTS.open(encoding="utf-8") as lines:
        return [(row["group"], row["variant"]) for row in csv.DictReader(lines)]


class TestFold:
    @pytest.mark.parametrize(
        ("names", "folded"),
        [
            (("Ђорђевић", "Đorđević", "Djordjevic", "Dordevic"), "dordevic"),
            (("Шћепановић", "Šćepanović"), "scepanovic"),
            (("Гюлшен", "Gülşen", "Gyulshen"), "gulsen"),
            (("Хаџиева", "Hadzhieva", "Хаджиева"), "hazieva"),
            (("Ivanova-Petrova", "Petrova Ivanova", "Иванова-Петрова"), "ivanova petrova"),
            (("Щерева", "Shtereva"), "stereva"),
            (("Aleksandra", "Alexandra", "Александра"), "aleksandra"),
            (("Yıldız", "YILDIZ", "Јилдиз"), "ildiz"),
        ],
    )
    def test_brings_spellings_together(self, names: tuple[str, ...], folded: str) -> None:
        assert {fold(name) for name in names} == {folded}

    @given(st.text(max_size=40))
    @example("\u0600")  # A sign for numbers is written in Arabic and is no letter.
    def test_takes_any_text(self, name: str) -> None:
        assert fold(name).isascii()

    @given(st.text(max_size=40), st.text(max_size=40))
    def test_does_not_look_at_the_order_of_parts(self, first: str, second: str) -> None:
        assert fold(f"{first} {second}") == fold(f"{second} {first}")


class TestLikeness:
    @pytest.mark.parametrize(("first", "second"), ONE_NAME)
    def test_finds_one_name_written_twice(self, first: str, second: str) -> None:
        assert are_alike(first, second), likeness(first, second)

    @pytest.mark.parametrize(("first", "second"), TWO_NAMES)
    def test_keeps_two_names_apart(self, first: str, second: str) -> None:
        assert not are_alike(first, second), likeness(first, second)

    @given(st.text(max_size=20), st.text(max_size=20))
    def test_is_the_same_both_ways(self, first: str, second: str) -> None:
        assert likeness(first, second) == pytest.approx(likeness(second, first))
        assert 0.0 <= likeness(first, second) <= 1.0

    def test_is_nothing_for_an_empty_name(self) -> None:
        assert likeness("", "Amina") == 0.0
        assert likeness("", "") == 0.0

    @pytest.mark.skipif(not VARIANTS.exists(), reason="the table of name variants is not here")
    def test_finds_95_in_100_of_a_table_of_variants_with_few_false_pairs(self) -> None:
        pairs = list(combinations(table(), 2))
        same = [are_alike(a, b) for (group, a), (other, b) in pairs if group == other]
        different = [are_alike(a, b) for (group, a), (other, b) in pairs if group != other]

        assert (len(same), len(different)) == (227, 8029)
        assert sum(same) / len(same) >= 0.95
        assert sum(different) <= 29
