"""Every word of a refused file of presets is held: file, line, what is wrong, what to write."""

import pytest

from opennrm.rights.jurisdictions import PresetRefused, presets, read
from tests.rights.test_jurisdictions_reading import FILE, TODAY, changed

SAID = (
    (
        "zone: Eu",
        "zones: Eu",
        "xx.yaml:4: zones is no known key. Write zone.",
    ),
    (
        "zone: Europe/Vienna\n",
        "",
        "xx.yaml:1: zone is missing. Add it.",
    ),
    (
        "extends: coe\n",
        "",
        "xx.yaml:1: extends is missing. Add it.",
    ),
    (
        "extends: coe",
        "extends: cow",
        "xx.yaml:3: There is no cow to build on. Write coe.",
    ),
    (
        "Europe/Vienna",
        "Europe/Viena",
        "xx.yaml:4: Europe/Viena is no zone. Write Europe/Vienna.",
    ),
    (
        "code: XX",
        "code: nowhere",
        "xx.yaml:1: Write the code in capitals: a country of ISO 3166, a hyphen, a part of it.",
    ),
    (
        "name: Nowhere",
        "name: 3",
        "xx.yaml:2: Write the name people know the place by.",
    ),
    (
        "{country: AT}",
        "{country: QQ}",
        "xx.yaml:5: No public holidays of QQ are known. Write a code of ISO 3166.",
    ),
    (
        "{country: AT}",
        "{country: AT, subdivision: 77}",
        "xx.yaml:5: No public holidays of 77 are known. Use one of: 1, 2, 3, 4, 5, 6, 7, 8, 9.",
    ),
    (
        "{country: AT}",
        "{land: AT}",
        "xx.yaml:5: land is no known key. Use one of: country, subdivision.",
    ),
    (
        "{XX-1: All of it}",
        "{XX-1: [a]}",
        "xx.yaml:6: Write each region as code: name.",
    ),
    (
        "{XX-1: All of it}",
        "everywhere",
        "xx.yaml:6: Write each region as code: name.",
    ),
    (
        "recovery_period_min",
        "recovery_min",
        "xx.yaml:8: recovery_min is no known value. Write recovery_period_min.",
    ),
    (
        "    - value: 45",
        "    - valeu: 45",
        "xx.yaml:9: valeu is no known key. Write value.",
    ),
    (
        "      source: A law\n",
        "",
        "xx.yaml:9: source is missing. Add it.",
    ),
    (
        "A law",
        '""',
        "xx.yaml:11: Name the law or page the value comes from.",
    ),
    (
        "calendar_days",
        "moons",
        "xx.yaml:10: moons is no known unit. Write months.",
    ),
    (
        "calendar_days",
        "bool",
        "xx.yaml:10: recovery_period_min is not given in bool. Use: calendar_da"
        "ys, hours, months, working_days.",
    ),
    (
        "public_text",
        "publik_text",
        "xx.yaml:12: publik_text is no known verification. Write public_text.",
    ),
    (
        "public_text",
        "knowledge",
        "xx.yaml:13: A value marked knowledge was not confirmed by reading its "
        "source. Read it and mark it public_text, or leave the day out.",
    ),
    (
        "value: 45",
        "value: forty",
        "xx.yaml:9: Write a whole number, or null where the law sets no limit.",
    ),
    (
        "value: 45",
        "value: true",
        "xx.yaml:9: Write a whole number, or null where the law sets no limit.",
    ),
    (
        "value: 45",
        "value: -45",
        "xx.yaml:9: Write a whole number, or null where the law sets no limit.",
    ),
    (
        "2026-02-01",
        "soon",
        "xx.yaml:13: Write a day, such as 2026-03-02.",
    ),
    (
        "2026-02-01",
        "2026-02-31",
        "xx.yaml:13: day is out of range for month. Write a day as 2026-03-02.",
    ),
    (
        "Read by an invented person.",
        "",
        "xx.yaml:14: Write the note, or leave it out.",
    ),
    (
        "name: Nowhere",
        "name: Nowhere\nname: Here",
        "xx.yaml:3: name stands here twice. Keep one of them.",
    ),
    (
        "value: 45\n      unit: calendar_days",
        "value: null\n      unit: calendar_days",
        "xx.yaml:9: recovery_period_min is no length: below the minimum of 30 c"
        "alendar_days (Council of Europe Convention on Action against Trafficki"
        "ng in Human Beings (CETS 197, 2005) art. 13(1); Council of Europe news"
        " on the GRETA guidance note). Give at least that (R25).",
    ),
    (
        "value: 45\n      unit: calendar_days",
        "value: 29\n      unit: working_days",
        "xx.yaml:9: recovery_period_min is 29 working_days: below the minimum o"
        "f 30 calendar_days (Council of Europe Convention on Action against Tra"
        "fficking in Human Beings (CETS 197, 2005) art. 13(1); Council of Europ"
        "e news on the GRETA guidance note). Give at least that (R25).",
    ),
    (
        "value: 45",
        "value: [1, 2]",
        "xx.yaml:9: Write a whole number, or null where the law sets no limit.",
    ),
    (
        "{XX-1: All of it}",
        "{XX-1: All, XX-2: [b]}",
        "xx.yaml:6: Write each region as code: name.",
    ),
    (
        "Europe/Vienna",
        "nowhere",
        "xx.yaml:4: nowhere is no zone. Write Europe/Vienna.",
    ),
    (
        "values:",
        "values:\n  recovery_period_min: 3\nother:",
        "xx.yaml:9: other is no known key. Use one of: code, extends, holidays,"
        " name, regions, treaty, values, zone.",
    ),
    (
        "values:\n",
        "values:\n  risk_review: 3\n",
        "xx.yaml:8: Write a list of dated values, each beginning with a dash.",
    ),
    (
        "extends: coe",
        "extends: 7",
        "xx.yaml:3: There is no 7 to build on. Use one of: al, coe, de, default"
        ", eu, gb-eaw, gb-nir, gb-sct, md, mk, nl, rs.",
    ),
    (
        "name: Nowhere",
        "name: ''",
        "xx.yaml:2: Write the name people know the place by.",
    ),
    (
        "zone: Europe/Vienna",
        "zone: 3",
        "xx.yaml:4: 3 is no zone. Write Europe/Vienna.",
    ),
    (
        "{country: AT}",
        "AT",
        "xx.yaml:5: Write names with values here: country.",
    ),
    (
        "value: 45",
        "value: 30\n      until: 2026-01-01\n      from: 2026-01-02",
        "xx.yaml:10: recovery_period_min ends before it begins. Write a later d"
        "ay; it is excluded.",
    ),
)


class TestRefusals:
    @pytest.mark.parametrize(("old", "new", "said"), SAID)
    def test_say_exactly_this(self, old: str, new: str, said: str) -> None:
        with pytest.raises(PresetRefused) as refused:
            changed(old, new)

        assert str(refused.value) == said


class TestPlace:
    def test_keeps_everything_its_file_says(self) -> None:
        place = read(FILE, file="xx.yaml")
        (least,) = place.own()

        assert (place.code, place.name, place.zone) == ("XX", "Nowhere", "Europe/Vienna")
        assert (place.holiday_country, place.holiday_subdivision) == ("AT", None)
        assert place.is_region("XX-1") and not place.is_region("XX-2")
        assert (least.name, least.value, least.unit) == (
            "recovery_period_min",
            45,
            "calendar_days",
        )
        assert (least.source, least.verification, least.jurisdiction) == (
            "A law",
            "public_text",
            "XX",
        )
        assert (least.from_on, least.until_on, least.is_floor) == (None, None, False)
        assert least.note == "Read by an invented person."
        assert presets("coe").value("recovery_period_min", TODAY).is_floor

    def test_keeps_a_subdivision_for_its_holidays(self) -> None:
        place = changed("{country: AT}", "{country: AT, subdivision: '9'}")

        assert (place.holiday_country, place.holiday_subdivision) == ("AT", "9")
