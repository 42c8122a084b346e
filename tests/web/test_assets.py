"""The built files are the ones of the manifest, wear our own face, and can be read by everyone."""

import gzip
import hashlib
import json
import re
from pathlib import Path

import pytest
from django.test import Client

ROOT = Path(__file__).parents[2]
BUILT = ROOT / "src/opennrm/web/static/opennrm"
SHEETS = ("opennrm.css", "opennrm-rtl.css")
PALETTE = (ROOT / "assets/src/_palette.scss").read_text(encoding="utf-8")
COLOURS = dict(re.findall(r"^\$([a-z-]+): (#[0-9a-f]{6});", PALETTE, re.MULTILINE))
FIRST = ("opennrm.css", "opennrm.js", "icon.svg")
FIRST_PAGE = 30_000  # the house allows 60 kB; keep well below it
READ = 4.5
SEEN = 3.0
PAIRS = (
    ("ink", "paper", READ),
    ("ink", "mist", READ),
    ("ink-soft", "paper", READ),
    ("ink-soft", "mist", READ),
    ("link", "paper", READ),
    ("link", "mist", READ),
    ("link-hover", "paper", READ),
    ("link-visited", "paper", READ),
    ("link-visited", "mist", READ),
    ("ink", "focus", READ),
    ("alert", "paper", READ),
    ("alert", "mist", READ),
    ("calm", "paper", READ),
    ("paper", "sea", READ),
    ("paper", "sea-dark", READ),
    ("paper", "alert", READ),
    ("paper", "alert-dark", READ),
    ("ink", "button-quiet", READ),
    ("ink", "button-quiet-hover", READ),
    ("button-quiet-shadow", "button-quiet", 2.0),
    ("sea", "mist", SEEN),
)


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour. Source: WCAG 2.2, relative luminance."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours. Source: WCAG 2.2, contrast ratio."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


class TestThePalette:
    """Colours that stand on one another."""

    @pytest.mark.parametrize(("front", "back", "least"), PAIRS)
    def test_has_enough_contrast(self, front: str, back: str, least: float):
        assert contrast(COLOURS[front], COLOURS[back]) >= least

    def test_measures_black_on_white_as_the_standard_does(self):
        assert round(contrast("#000000", "#ffffff"), 2) == 21


class TestTheBuiltFiles:
    """What is served, against what was built."""

    def test_are_those_of_the_manifest(self):
        manifest = json.loads((BUILT / "manifest.json").read_text(encoding="utf-8"))

        sums = {
            name: hashlib.sha256((BUILT / name).read_bytes()).hexdigest()
            for name in manifest["sha256"]
        }

        assert sums == manifest["sha256"]
        assert {"licences/govuk-frontend.txt", *SHEETS} <= set(sums)

    @pytest.mark.parametrize("name", SHEETS)
    def test_fetch_nothing_and_wear_no_crown(self, name: str):
        sheet = (BUILT / name).read_text(encoding="utf-8").lower()

        assert "url(" not in sheet
        assert not re.search(r"gds transport|crown|crest|@import|sourcemapping", sheet)

    @pytest.mark.parametrize("name", [*SHEETS, "opennrm.js"])
    def test_lie_compressed_beside_themselves(self, name: str):
        compressed = (BUILT / f"{name}.gz").read_bytes()

        assert gzip.decompress(compressed) == (BUILT / name).read_bytes()

    def test_make_a_first_page_below_the_limit(self):
        browser = Client(headers={"host": "localhost", "accept-encoding": "gzip"})
        parts = ["/sign-in/", *(f"/static/opennrm/{name}" for name in FIRST)]

        sent = 0
        for part in parts:
            answer = browser.get(part)
            sent += len(answer.getvalue())
            answer.close()

        assert 5_000 < sent < FIRST_PAGE

    def test_name_no_registry_in_the_lock(self):
        assert '"resolved"' not in (ROOT / "assets/package-lock.json").read_text(encoding="utf-8")
