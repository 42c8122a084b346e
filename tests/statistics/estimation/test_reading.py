"""Files: what is wrong with them is said with its line, and memory stays small whatever comes."""

import io
import resource
import tracemalloc

import pytest

from opennrm.statistics.estimation.reading import LONGEST_LINE, read_table
from opennrm.statistics.estimation.tables import TableRefused

GOOD = "A,B,C,count\n1,0,0,40\n0,1,0,30\n0,0,1,20\n1,1,0,6\n"


class Endless(io.RawIOBase):
    """A file of ten gigabytes that is never held anywhere."""

    size = 10 * 1024**3

    def __init__(self, head: bytes, again: bytes) -> None:
        """Begin with a head, go on with the same piece for ever."""
        self.head, self.again, self.given = head, again * (65536 // len(again)), 0

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer) -> int:  # type: ignore[no-untyped-def]
        """Give the next piece."""
        piece = (self.head if not self.given else self.again)[: len(buffer)]
        if self.given >= self.size:
            return 0
        buffer[: len(piece)] = piece
        self.given += len(piece)
        return len(piece)


def read(text: str | bytes, by: str | None = None):
    raw = text if isinstance(text, bytes) else text.encode()
    return read_table(io.BytesIO(raw), by=by)


class TestReading:
    def test_gives_the_table(self) -> None:
        drawn = read(GOOD).table

        assert drawn.lists == ("A", "B", "C")
        assert drawn.masks == (1, 2, 4, 3)
        assert drawn.counts == (40, 30, 20, 6)

    @pytest.mark.parametrize(
        "text",
        [
            "\ufeff" + GOOD,
            GOOD.replace("\n", "\r\n"),
            GOOD + "\n\n",
            GOOD + "1,0,1,0\n0,0,0,0\n",
            GOOD.replace("A,B,C,count", " A , B,C,Count "),
            "count,A,B,C\n40,1,0,0\n30,0,1,0\n20,0,0,1\n6,1,1,0\n",
            GOOD.replace("40", "40.0").replace("30", "30.").replace("20", "20.00"),
        ],
    )
    def test_takes_what_spreadsheets_write(self, text: str) -> None:
        assert read(text).table == read(GOOD).table

    def test_keeps_strata_apart_and_together(self) -> None:
        found = read("A,B,sex,count\n1,0,f,4\n0,1,f,3\n1,0,m,2\n1,1,m,1\n", by="sex")

        assert found.table.counts == (6, 3, 1)
        assert {name: one.people for name, one in found.strata.items()} == {"f": 7, "m": 3}

    @pytest.mark.parametrize(
        ("text", "says"),
        [
            ("", "empty"),
            ("\n\n", "empty"),
            ("A,B,count\n", "no line below"),
            ("A,B\n1,0\n", "one called `count`"),
            ("A;B;count\n1;0;4\n", "commas between"),
            ("A,B,count,count\n1,0,4,4\n", "one called `count`"),
            ("A,A,count\n1,0,4\n", "Two lists are called A"),
            ("A,,count\n1,0,4\n", "needs a name"),
            ("count\n4\n", "needs a name"),
            ("A,B,C,D,E,F,G,H,I,count\n", "at most 8"),
            ("A,B,count\n1,0\n", "Line 2 has 2 values"),
            ("A,B,count\n1,0,4\n2,1,3\n", "Line 3, column A: “2” is neither"),
            ("A,B,count\n1,yes,4\n", "Line 2, column B: “yes” is neither"),
            ("A,B,count\n1,,4\n", "Line 2, column B: “” is neither"),
            ("A,B,count\n1,0,-4\n", "Line 2: the count -4 is below zero"),
            ("A,B,count\n1,0,4.5\n", "not a whole number"),
            ("A,B,count\n1,0,<5\n", "hidden or rounded"),
            ("A,B,count\n1,0,\n", "not a whole number"),
            ("A,B,count\n1,0,1e9\n", "not a whole number"),
            ("A,B,count\n1,0,NaN\n", "not a whole number"),
            ("A,B,count\n1,0," + "9" * 30 + "\n", "number of all people"),
            ("A,B,count\n1,0,99999999999\n0,1,3\n", "live on Earth"),
            ("A,B,count\n1,0,4\n0,1,3\n1,0,4\n", "Lines 2 and 4 are both for the combination A"),
            ("A,B,count\n1,0,4\n0,0,3\n", "Line 3 counts people who are on no list"),
            ("A,B,count\n1,0,4\n", "Nobody is on list B"),
            ("A,B,count\n1,0,0\n", "every count is zero"),
            (b"A,B,count\n1,0,\xff\n", "Line 2 is not text"),
            (b"A,B,count\n1,0,\x004\n", "Line 2"),
            ('A,B,count\n"1,0,4\n', "Line 2 is not text"),
            ("A" * (LONGEST_LINE + 9), "Line 1 is longer"),
        ],
    )
    def test_says_what_is_wrong_and_where(self, text: str | bytes, says: str) -> None:
        with pytest.raises(TableRefused, match=says):
            read(text)

    def test_of_strata_needs_the_column(self) -> None:
        with pytest.raises(TableRefused, match="no column sex"):
            read(GOOD, by="sex")


class TestTenGigabytes:
    @pytest.mark.parametrize(
        ("head", "again", "says"),
        [
            (b"A,B,count\n", b"1,0,4\n", "Lines 2 and 3 are both"),
            (b"A,B,count\n", b"\n", "more than 100000 lines"),
            (b"A,B,count\n1,0,4", b"0", "Line 2 is longer"),
            (b"", b"A,B,count", "Line 1 is longer"),
            (b"A,B,count\n", b"\0", "Line 2 is longer"),
        ],
    )
    def test_are_refused_in_little_memory(self, head: bytes, again: bytes, says: str) -> None:
        stream = io.BufferedReader(Endless(head or again, again))
        before = resource.getrusage(resource.RUSAGE_SELF).ru_utime
        tracemalloc.start()

        with pytest.raises(TableRefused, match=says):
            read_table(stream)

        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert peak < 2_000_000
        assert resource.getrusage(resource.RUSAGE_SELF).ru_utime - before < 5

    def test_of_strata_that_never_repeat_end_too(self) -> None:
        rows = "".join(f"1,0,{number},4\n" for number in range(200))

        with pytest.raises(TableRefused, match="more than 100 strata"):
            read("A,B,name,count\n" + rows, by="name")
