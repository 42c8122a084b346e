"""Lines of travel documents: read by their shape, checked by their digits, never guessed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opennrm.exchange.travel_document import Fault, LinesRefused, check_digit, read_lines

ON = date(2026, 3, 2)
# The specimens of ICAO Doc 9303, of a State that does not exist.
PASSPORT = (
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
    "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
)
CARD = (
    "I<UTOD231458907<<<<<<<<<<<<<<<",
    "7408122F1204159UTO<<<<<<<<<<<6",
    "ERIKSSON<<ANNA<MARIA<<<<<<<<<<",
)
LARGE_CARD = (
    "I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<",
    "D231458907UTO7408122F1204159<<<<<<<6",
)
VISA = (
    "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
    "L8988901C4XXX4009078F96121096ZE184226B<<<<<<",
)


def fault(*lines: str) -> Fault:
    """Read lines that are not in order and return what is wrong."""
    with pytest.raises(LinesRefused) as refused:
        read_lines("\n".join(lines), on=ON)
    return refused.value.fault


def with_sign(line: str, place: int, sign: str) -> str:
    """Change one sign of a line."""
    return line[:place] + sign + line[place + 1 :]


class TestReading:
    @pytest.mark.parametrize(
        ("lines", "kind", "number"),
        [
            (PASSPORT, "P", "L898902C3"),
            (CARD, "I", "D23145890"),
            (LARGE_CARD, "I", "D23145890"),
        ],
    )
    def test_finds_who_and_until_when(
        self, lines: tuple[str, ...], kind: str, number: str
    ) -> None:
        read = read_lines("\n".join(lines), on=ON)

        assert (read.kind, read.number, read.issuer, read.nationality) == (
            kind,
            number,
            "UTO",
            "UTO",
        )
        assert (read.surname, read.given, read.sex) == ("ERIKSSON", "ANNA MARIA", "F")
        assert (read.born_on, read.until_on) == (date(1974, 8, 12), date(2012, 4, 15))
        assert read.has_run_out(ON) and not read.has_run_out(date(2012, 4, 15))

    def test_takes_a_visa_which_has_no_digit_over_the_whole(self) -> None:
        read = read_lines("\n".join(VISA), on=ON)

        assert (read.kind, read.number, read.born_on) == ("V", "L8988901C", date(1940, 9, 7))

    def test_bears_small_letters_and_spaces(self) -> None:
        typed = "\n\n".join(f" {line[:20].lower()} {line[20:]}  " for line in PASSPORT)

        assert read_lines(typed, on=ON).surname == "ERIKSSON"

    def test_puts_a_birth_into_the_century_that_has_been(self) -> None:
        born = with_birth("250101")

        assert read_lines(born, on=ON).born_on == date(2025, 1, 1)
        assert read_lines(born, on=date(2024, 1, 1)).born_on == date(1925, 1, 1)

    def test_leaves_open_what_the_document_leaves_open(self) -> None:
        assert read_lines(with_birth("74<<<<"), on=ON).born_on is None

    def test_reads_a_number_that_goes_on_elsewhere(self) -> None:
        number = "D23145890734"
        first = f"I<UTO{number[:9]}<{number[9:]}{check_digit(number)}<"
        first = first.ljust(30, "<")
        whole = first[5:30] + CARD[1][:7] + CARD[1][8:15] + CARD[1][18:29]

        read = read_lines("\n".join((first, CARD[1][:29] + check_digit(whole), CARD[2])), on=ON)

        assert read.number == number


def with_birth(birth: str) -> str:
    """Return the passport of somebody born on another day, its digits made anew."""
    first, second = PASSPORT
    second = second[:13] + birth + check_digit(birth) + second[20:]
    whole = check_digit(second[:10] + second[13:20] + second[21:43])
    return f"{first}\n{second[:43]}{whole}"


class TestChecking:
    @pytest.mark.parametrize(
        ("place", "sign", "found"),
        [
            (2, "7", Fault.NUMBER),
            (14, "5", Fault.BIRTH),
            (22, "3", Fault.EXPIRY),
            (30, "F", Fault.WHOLE),
        ],
    )
    def test_names_what_does_not_add_up(self, place: int, sign: str, found: Fault) -> None:
        assert fault(PASSPORT[0], with_sign(PASSPORT[1], place, sign)) == found

    def test_refuses_another_shape(self) -> None:
        assert fault(PASSPORT[0]) == Fault.SHAPE
        assert fault(PASSPORT[0], PASSPORT[1][:-1]) == Fault.SHAPE
        assert fault("") == Fault.SHAPE

    def test_refuses_signs_that_never_stand_there(self) -> None:
        assert fault(PASSPORT[0], with_sign(PASSPORT[1], 3, "Ж")) == Fault.LETTERS

    def test_refuses_a_day_that_does_not_exist(self) -> None:
        with pytest.raises(LinesRefused):
            read_lines(with_birth("741332"), on=ON)

    @given(st.text(max_size=200))
    def test_answers_anything_with_a_fault(self, text: str) -> None:
        with pytest.raises(LinesRefused):
            read_lines(text, on=ON)

    @given(st.integers(0, 43), st.sampled_from("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ<"))
    def test_reads_no_changed_line_as_if_it_were_whole(self, place: int, sign: str) -> None:
        """A single wrong sign in what is checked is found, unless it weighs the same."""
        changed = with_sign(PASSPORT[1], place, sign)
        try:
            read = read_lines(f"{PASSPORT[0]}\n{changed}", on=ON)
        except LinesRefused:
            return
        value = (int(one, 36) % 10 if one != "<" else 0 for one in (PASSPORT[1][place], sign))
        unchecked = place in range(10, 13) or place == 20
        assert unchecked or len(set(value)) == 1, read
