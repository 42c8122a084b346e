"""The ASVS checklist is whole, and what it names as evidence is there."""

from collections import Counter

from tests.house.asvs import CHAPTERS, ELSEWHERE, MET, OPEN, PAGE, page, requirements
from tests.house.tree import ROOT


class TestTheChecklist:
    def test_has_every_requirement_of_levels_one_and_two(self) -> None:
        counted = Counter((one.chapter, one.level) for one in requirements())

        assert {
            (chapter, level): number
            for chapter, (_title, *levels) in CHAPTERS.items()
            for level, number in enumerate(levels, start=1)
            if number
        } == dict(counted)

    def test_names_each_once(self) -> None:
        numbers = Counter(one.number for one in requirements())

        assert [number for number, times in numbers.items() if times > 1] == []

    def test_has_evidence_for_what_is_met_and_a_reason_for_the_rest(self) -> None:
        every = requirements()

        assert [one.number for one in every if one.state not in (MET, OPEN, ELSEWHERE)] == []
        assert [one.number for one in every if one.state == MET and not one.evidence] == []
        assert [one.number for one in every if one.state != MET and not one.note] == []

    def test_shows_evidence_that_is_there(self) -> None:
        missing = [
            f"{one.number}: {place}"
            for one in requirements()
            for place in one.evidence
            if not is_there(place)
        ]

        assert missing == []

    def test_is_written_out(self) -> None:
        """Run `python -m tests.house.asvs` to renew it."""
        assert PAGE.read_text(encoding="utf-8") == page()


def is_there(place: str) -> bool:
    """Say whether a file is there, and the test in it that is named after two colons."""
    name, _, test = place.partition("::")
    path = ROOT / name
    return path.exists() and (not test or f"def {test}(" in path.read_text(encoding="utf-8"))
