"""Likely same, likely different, cannot tell: with reasons, by people, and taken back."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from opennrm.statistics.linkage import (
    Agreement,
    Answer,
    Decision,
    Record,
    compare,
    contradictions,
    distinct_persons,
    find_like,
    find_pairs,
    persons,
    rate,
)
from opennrm.statistics.linkage.records import dates, names
from opennrm.statistics.linkage.reviewing import ReviewRefused

ANA = Record("a", "Ана", "Петровић", "1999-03-04", "f", "RS", "Ниш", "AB123456", "Мира")
MORNING = datetime(2026, 3, 1, 9, tzinfo=UTC)


def decided(first: str, second: str, answer: Answer, hours: int = 0) -> Decision:
    return Decision(first, second, answer, "reviewer", MORNING + timedelta(hours=hours))


class TestCompare:
    """Two records, weighed in the open."""

    def test_knows_a_name_in_another_script(self):
        found = compare(ANA, Record("b", "Ana", "Petrović", "1999-03-04", "f", "RS", "Nish"))

        assert found.answer is Answer.LIKELY_SAME
        assert {line.field for line in found.lines} >= {"given", "family", "born", "sex"}

    def test_gives_each_line_of_evidence_the_strongest_first(self):
        found = compare(ANA, Record("b", "Ana", "Petrovic", "1999-04-03", "f"))

        weights = [abs(line.bits) for line in found.lines]
        born = next(line for line in found.lines if line.field == "born")
        assert weights == sorted(weights, reverse=True)
        assert born.agreement is Agreement.NEAR

    def test_does_not_let_a_false_date_of_birth_decide(self):
        other = Record("b", "Ana", "Petrovic", "1988-11-30", "f", "RS", "Nis", "AB123456", "Mira")

        assert compare(ANA, other).answer is Answer.LIKELY_SAME

    def test_is_never_sure_of_twins(self):
        twin = Record("b", "Јелена", "Петровић", "1999-03-04", "f", "RS", "Ниш", "", "Мира")

        assert compare(ANA, twin).answer is not Answer.LIKELY_SAME

    def test_cannot_tell_from_a_name_alone(self):
        assert compare(ANA, Record("b", "Ana", "Petrovic")).answer is Answer.CANNOT_TELL

    def test_tells_two_persons_apart(self):
        other = Record("b", "Miroslav", "Jovanović", "1971-10-20", "m", "BA", "Tuzla")

        assert compare(ANA, other).answer is Answer.LIKELY_DIFFERENT

    def test_sees_names_the_other_way_round(self):
        turned = Record("b", "Petrovic", "Ana", "1999-03-04", "f", "RS")

        assert compare(ANA, turned).answer is Answer.LIKELY_SAME

    def test_says_nothing_of_what_was_not_given(self):
        found = compare(ANA, Record("b", "Ana", "Petrovic"))

        assert {line.field for line in found.lines} == {"given", "family"}


class TestDates:
    @pytest.mark.parametrize(
        ("left", "right", "agreement"),
        [
            ("1999-03-04", "1999-03-04", Agreement.FULL),
            ("1999-03-04", "1999-04-03", Agreement.NEAR),
            ("1999-03-04", "1999-01-01", Agreement.NEAR),
            ("1999-03-04", "1999", Agreement.NEAR),
            ("1999-03-04", "1998-03-04", Agreement.NEAR),
            ("1999-03-04", "1989-03-04", Agreement.NEAR),
            ("1999-03-04", "1977-08-19", Agreement.NONE),
        ],
    )
    def test_agree_as_clerks_and_papers_make_them(self, left, right, agreement):
        assert dates(left, right) is agreement


def population(number: int, again: int, seed: int = 3) -> tuple[list[Record], set]:
    """Invented records; some persons have a second one with mistakes in it."""
    random = np.random.default_rng(seed)
    parts = ["ma", "ri", "lo", "ne", "sa", "ti", "vo", "ka", "de", "zu", "pe", "go"]
    word = lambda: "".join(random.choice(parts, 3)).title()  # noqa: E731
    firsts, lasts = [word() for _ in range(150)], [word() for _ in range(400)]
    records, true = [], set()
    for at in range(number):
        year, month, day = random.integers((1960, 1, 1), (2010, 13, 29))
        born = f"{year}-{month:02}-{day:02}"
        one = Record(
            f"{at}", str(random.choice(firsts)), str(random.choice(lasts)), born,
            str(random.choice(["f", "m"])), str(random.choice(["RS", "MK", "AL", "MD"])),
        )  # fmt: skip
        records.append(one)
        if at < again:
            given = one.given[:-1] if random.random() < 0.3 else one.given
            told = f"{year}-01-01" if random.random() < 0.3 else born
            sex = "" if random.random() < 0.2 else one.sex
            records.append(Record(f"{at}x", given, one.family, told, sex, one.nationality))
            true.add((f"{at}", f"{at}x"))
    return records, true


class TestFindPairs:
    """A whole set, without anybody having labelled a pair."""

    def test_finds_second_records_and_few_others(self):
        records, true = population(900, 200)

        found, _ = find_pairs(records)

        sure = {(one.first, one.second) for one in found if one.answer is Answer.LIKELY_SAME}
        assert len(sure & true) >= 0.85 * len(true)
        assert len(sure - true) <= 0.03 * len(sure)

    def test_learns_that_a_full_name_says_more_than_sex(self):
        _, weights = find_pairs(population(500, 120)[0])

        assert weights.bits["family", Agreement.FULL] > weights.bits["sex", Agreement.FULL] + 3

    def test_puts_the_likeliest_first_for_one_person(self):
        records, _ = population(50, 5)

        found = find_like(records[0], records)

        assert found[0].second == "0x"


class TestDecisions:
    """People decide, later decisions replace earlier ones, and nothing is merged."""

    def test_groups_what_people_linked(self):
        links = [
            decided("a", "b", Answer.LIKELY_SAME),
            decided("c", "b", Answer.LIKELY_SAME),
        ]

        assert persons("abcd", links) == [frozenset("abc"), frozenset("d")]

    def test_gives_back_what_there_was_when_a_link_is_taken_back(self):
        link = decided("a", "b", Answer.LIKELY_SAME)
        back = decided("b", "a", Answer.CANNOT_TELL, hours=1)

        assert persons("ab", [back, link]) == persons("ab", [])

    def test_names_what_contradicts(self):
        links = [
            decided("a", "b", Answer.LIKELY_SAME),
            decided("b", "c", Answer.LIKELY_SAME),
            decided("a", "c", Answer.LIKELY_DIFFERENT),
        ]

        assert contradictions(links) == [("a", "c")]


class TestDistinctPersons:
    """A count of persons is a range."""

    def test_holds_the_truth_where_links_were_missed_and_wrong(self):
        # 1,000 records of 700 persons; 10 of 100 true links missed, 4 of 100 links false.
        found = distinct_persons(1_000, 281, rate(10, 100), rate(4, 100))

        assert found.by_links_alone == 719
        assert found.low <= 700 <= found.high
        assert found.low < found.middle < found.high

    def test_is_wider_the_less_was_reviewed(self):
        little = distinct_persons(1_000, 281, rate(1, 10), rate(0, 10))
        much = distinct_persons(1_000, 281, rate(100, 1_000), rate(0, 1_000))

        assert little.high - little.low > 3 * (much.high - much.low)

    def test_says_the_same_again(self):
        given = 1_000, 281, rate(10, 100), rate(4, 100)

        assert distinct_persons(*given) == distinct_persons(*given)

    def test_refuses_counts_that_cannot_be(self):
        with pytest.raises(ReviewRefused, match="count again"):
            rate(11, 10)
        with pytest.raises(ReviewRefused, match="cannot join"):
            distinct_persons(10, 10, rate(1, 10), rate(1, 10))


class TestNames:
    def test_are_one_across_scripts(self):
        assert names("Шевченко", "Shevchenko") is Agreement.FULL
        assert names("Petrović", "Jovanović") is Agreement.NONE
