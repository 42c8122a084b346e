"""A file of presets that is not in order is refused with file, line and remedy."""

from datetime import date

import pytest

from opennrm.rights.jurisdictions import PresetRefused, Presets, read

TODAY = date(2026, 3, 2)
FILE = """\
code: XX
name: Nowhere
extends: coe
zone: Europe/Vienna
holidays: {country: AT}
regions: {XX-1: All of it}
values:
  recovery_period_min:
    - value: 45
      unit: calendar_days
      source: A law
      verification: public_text
      confirmed: 2026-02-01
      note: Read by an invented person.
"""


def changed(old: str, new: str) -> Presets:
    """Read the file with one thing written differently."""
    assert old in FILE
    return read(FILE.replace(old, new), file="xx.yaml")


class TestReading:
    def test_takes_a_file_in_order(self) -> None:
        least = read(FILE, file="xx.yaml").value("recovery_period_min", TODAY)

        assert (least.number, least.standing) == (45, "law")
        assert least.confirmed_on == date(2026, 2, 1)

    @pytest.mark.parametrize(
        ("old", "new", "line", "says"),
        [
            ("zone: Eu", "zones: Eu", 4, "zones is no known key. Write zone."),
            ("zone: Europe/Vienna\n", "", 1, "zone is missing. Add it."),
            ("extends: coe\n", "", 1, "extends is missing. Add it."),
            ("extends: coe", "extends: cow", 3, "There is no cow to build on. Write coe."),
            ("Europe/Vienna", "Europe/Viena", 4, "Europe/Viena is no zone. Write Europe/Vienna."),
            ("code: XX", "code: nowhere", 1, "Write the code in capitals"),
            ("name: Nowhere", "name: 3", 2, "Write the name people know the place by."),
            ("{country: AT}", "{country: QQ}", 5, "No public holidays of QQ are known."),
            ("{country: AT}", "{country: AT, subdivision: 77}", 5, "No public holidays of 77"),
            ("{country: AT}", "{land: AT}", 5, "land is no known key. Use one of: country"),
            ("{XX-1: All of it}", "{XX-1: [a]}", 6, "Write each region as code: name."),
            ("{XX-1: All of it}", "everywhere", 6, "Write each region as code: name."),
            ("recovery_period_min", "recovery_min", 8, "Write recovery_period_min."),
            ("    - value: 45", "    - valeu: 45", 9, "valeu is no known key. Write value."),
            ("      source: A law\n", "", 9, "source is missing. Add it."),
            ("A law", '""', 11, "Name the law or page the value comes from."),
            ("calendar_days", "moons", 10, "moons is no known unit. Write months."),
            ("A law\n", "A law\n      floor: maybe\n", 12, "floor is neither true nor false."),
            ("calendar_days", "bool", 10, "recovery_period_min is not given in bool."),
            ("public_text", "publik_text", 12, "no known verification. Write public_text."),
            ("public_text", "knowledge", 13, "was not confirmed by reading its source."),
            ("value: 45", "value: forty", 9, "Write a whole number, or null"),
            ("value: 45", "value: true", 9, "Write a whole number, or null"),
            ("value: 45", "value: -45", 9, "Write a whole number, or null"),
            ("2026-02-01", "soon", 13, "Write a day, such as 2026-03-02."),
            ("2026-02-01", "2026-02-31", 13, "Write a day as 2026-03-02."),
            ("Read by an invented person.", "", 14, "Write the note, or leave it out."),
            ("name: Nowhere", "name: Nowhere\nname: Here", 3, "name stands here twice."),
            ("zone: Eu", "zone: [Eu", 5, "This is not YAML"),
            ("zone: Europe", "zone: !!python/name:os.x Eu", 4, "This is not YAML"),
            ("    - value: 45", "    value: 45", 10, "This is not YAML"),
        ],
    )
    def test_refuses_a_fault_with_its_line_and_remedy(
        self, old: str, new: str, line: int, says: str
    ) -> None:
        with pytest.raises(PresetRefused) as refused:
            changed(old, new)

        assert str(refused.value).startswith(f"xx.yaml:{line}: ")
        assert says in str(refused.value)

    @pytest.mark.parametrize(
        ("value", "unit"),
        [
            (20, "calendar_days"),
            (29, "calendar_days"),
            (1, "months"),
            (29, "working_days"),
            (719, "hours"),
            ("null", "calendar_days"),
        ],
    )
    def test_refuses_a_recovery_period_below_the_european_minimum(
        self, value: object, unit: str
    ) -> None:
        with pytest.raises(PresetRefused, match=r"xx.yaml:9: .*below the minimum of 30 .*\(R25\)"):
            changed("value: 45\n      unit: calendar_days", f"value: {value}\n      unit: {unit}")

    @pytest.mark.parametrize(
        ("value", "unit"),
        [(30, "calendar_days"), (2, "months"), (720, "hours"), (30, "working_days")],
    )
    def test_takes_a_recovery_period_at_or_above_it(self, value: int, unit: str) -> None:
        place = changed(
            "value: 45\n      unit: calendar_days", f"value: {value}\n      unit: {unit}"
        )

        assert place.value("recovery_period_min", TODAY).number == value

    def test_holds_the_minimum_against_a_file_that_builds_on_the_defaults_alone(self) -> None:
        short = FILE.replace("extends: coe", "extends: default\ntreaty: true")
        short = short.replace("value: 45", "value: 20\n      floor: true")

        with pytest.raises(PresetRefused, match=r"xx.yaml:10: .*below the minimum of 30"):
            read(short, file="xx.yaml")

    def test_refuses_a_short_period_in_the_past_too(self) -> None:
        past = (
            "min:\n    - {value: 20, unit: calendar_days, until: 2020-01-01, source: Old,"
            " verification: public_text}\n"
            "    - {value: 45, unit: calendar_days, from: 2020-01-01, source: New,"
            " verification: public_text}"
        )
        text = FILE.split("min:", maxsplit=1)[0] + past

        with pytest.raises(PresetRefused, match=r"xx.yaml:9: .*below the minimum"):
            read(text, file="xx.yaml")

    def test_refuses_help_that_depends_on_co_operation(self) -> None:
        conditional = (
            "values:\n  assistance_conditional_on_cooperation:\n"
            "    - {value: true, unit: bool, source: A law, verification: public_text}"
        )

        with pytest.raises(PresetRefused, match=r"xx.yaml:9: .*below the minimum of no "):
            changed("values:", conditional)

    @pytest.mark.parametrize(
        ("first", "second"),
        [
            ("", ""),
            ("until: 2024-01-02", "from: 2024-01-01"),
            ("from: 2024-01-01", "from: 2025-01-01, until: 2026-01-01"),
            ("", "from: 2024-01-01"),
        ],
    )
    def test_refuses_two_values_for_one_day(self, first: str, second: str) -> None:
        entries = "\n".join(
            f"    - {{value: 30, unit: months, source: A, verification: project, {days}}}"
            for days in (first, second)
        )
        text = FILE.split("    - value", maxsplit=1)[0] + entries + "\n"

        with pytest.raises(PresetRefused, match=r"xx.yaml:10: .*two values.*Let the earlier"):
            read(text, file="xx.yaml")

    def test_takes_values_that_follow_each_other_and_leave_a_gap_to_what_is_beneath(self) -> None:
        entries = (
            "    - {value: 60, unit: calendar_days, source: B, verification: project,"
            " from: 2025-01-01}\n"
            "    - {value: 40, unit: calendar_days, source: A, verification: project,"
            " from: 2020-01-01, until: 2024-01-01}\n"
        )
        place = read(FILE.split("    - value", maxsplit=1)[0] + entries, file="xx.yaml")

        found = [
            place.value("recovery_period_min", date(year, 6, 1)).number
            for year in (2019, 2023, 2024, 2025)
        ]

        assert found == [30, 40, 30, 60]

    def test_refuses_a_value_that_ends_before_it_begins(self) -> None:
        with pytest.raises(PresetRefused, match=r"xx.yaml:12: .*ends before it begins"):
            changed("source: A law", "from: 2026-01-02\n      until: 2026-01-02\n      source: A")

    def test_reads_the_code_of_a_country_as_a_code(self) -> None:
        assert changed("{country: AT}", "{country: NO}").holiday_country == "NO"

    def test_keeps_a_day_as_text(self) -> None:
        plan = (
            "values:\n  transposition_deadline:\n"
            "    - {value: 2028-07-15, unit: date, source: A law, verification: project}"
        )

        place = changed("values:", plan)

        assert place.value("transposition_deadline", TODAY).value == "2028-07-15"

    @pytest.mark.parametrize("text", ["", "# nothing\n", "- a list\n", "a word"])
    def test_refuses_what_is_no_file_of_presets(self, text: str) -> None:
        with pytest.raises(PresetRefused, match=r"xx.yaml:1: "):
            read(text, file="xx.yaml")

    def test_refuses_what_is_too_deep(self) -> None:
        with pytest.raises(PresetRefused, match="Write it flatter"):
            read("code: " + "[" * 30 + "]" * 30, file="xx.yaml")
