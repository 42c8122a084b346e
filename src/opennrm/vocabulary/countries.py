"""Countries by their ISO 3166 codes, with UN region and subregion, EU membership and names.

`countries.csv` beside this module holds the codes of ISO 3166-1, the regions of UN M49 (with the
intermediate regions of Africa and the Americas) and membership of the European Union since
1 February 2020. Kosovo carries the user-assigned code XK.
"""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from babel import Locale

from opennrm.vocabulary.person import CitizenshipGroup

STATELESS = "stateless"
UNKNOWN = "unknown"


@dataclass(frozen=True)
class Country:
    """A country or area, its region and subregion, and whether it is in the European Union."""

    alpha_2: str
    alpha_3: str
    region: str
    subregion: str
    eu: bool


@cache
def countries() -> dict[str, Country]:
    """Return every country by its two-letter code."""
    text = files("opennrm.vocabulary").joinpath("countries.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return {
        row["alpha_2"]: Country(
            row["alpha_2"], row["alpha_3"], row["region"], row["subregion"], row["eu"] == "yes"
        )
        for row in rows
    }


def country(code: str) -> Country | None:
    """Return the country of a two-letter or three-letter code, in any case."""
    wanted = code.strip().upper()
    return countries().get(wanted) or _by_alpha_3().get(wanted)


def country_name(code: str, language: str = "en") -> str:
    """Return the name of a country in a language, or the code when it has none there."""
    found = Locale.parse(language, sep="-").territories.get(code.upper())
    return str(found) if found else code


def country_names(language: str = "en") -> dict[str, str]:
    """Return the name of every country in a language, sorted by name, for a choice on a page."""
    names = {code: country_name(code, language) for code in countries()}
    return dict(sorted(names.items(), key=lambda pair: pair[1]))


@cache
def subregions() -> dict[str, str]:
    """Return the English label of every UN subregion by its code."""
    codes = sorted({entry.subregion for entry in countries().values()})
    return {code: _label(code) for code in codes}


def citizenship_group(codes: Iterable[str], jurisdiction: str) -> str:
    """Return the coarse group of one or more citizenships, seen from a State.

    A national of the State counts as national whatever other citizenship there is; then comes
    the European Union, then the UN subregion of the first known country.

    >>> citizenship_group(["NG"], "GB"), citizenship_group(["NG", "GB"], "GB-SCT")
    ('western_africa', 'national')
    """
    written = [code.strip() for code in codes]
    found = [entry for entry in map(country, written) if entry]
    home = jurisdiction.split("-", maxsplit=1)[0].upper()
    if any(entry.alpha_2 == home for entry in found):
        return CitizenshipGroup.NATIONAL.value
    if any(entry.eu for entry in found):
        return CitizenshipGroup.EU.value
    if found:
        return found[0].subregion
    stateless = STATELESS in [code.lower() for code in written]
    return (CitizenshipGroup.STATELESS if stateless else CitizenshipGroup.UNKNOWN).value


def citizenship_group_label(code: str) -> str:
    """Return the English label of a citizenship group, also when it is a subregion."""
    if code in subregions():
        return subregions()[code]
    return CitizenshipGroup(code).label


def _label(code: str) -> str:
    words = code.replace("south_eastern", "south-eastern").replace("_", " ").split()
    return " ".join(word if word == "and" else word[0].upper() + word[1:] for word in words)


@cache
def _by_alpha_3() -> dict[str, Country]:
    return {entry.alpha_3: entry for entry in countries().values()}
