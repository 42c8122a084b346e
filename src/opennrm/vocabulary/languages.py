"""Languages by their ISO 639 codes, with names in every language and the direction of writing."""

from datetime import date

from babel import Locale
from babel.core import UnknownLocaleError
from babel.dates import format_date

RIGHT_TO_LEFT = frozenset({"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})


def language_name(code: str, language: str = "en") -> str:
    """Return the name of a language in a language, or the code when it has none there."""
    found = Locale.parse(language, sep="-").languages.get(code.lower().replace("-", "_"))
    return str(found) if found else code


def listed_name(code: str, language: str = "en") -> str:
    """Return the name of a language as it begins a line: the first letter great, the rest kept.

    >>> listed_name("ckb"), listed_name("sq", "fr")
    ('Central Kurdish', 'Albanais')
    """
    name = language_name(code, language)
    return name[:1].upper() + name[1:]


def own_name(code: str) -> str:
    """Return what a language calls itself, or its English name when that is not known.

    >>> own_name("sq"), own_name("ar")
    ('shqip', 'العربية')
    """
    try:
        found = Locale.parse(code, sep="-").get_language_name(code)
    except (UnknownLocaleError, ValueError):
        found = None
    return found or language_name(code)


def day_in_words(day: date | None, language: str) -> str:
    """Write a day in words of a language; no day is nothing.

    >>> day_in_words(date(2026, 3, 4), "en")
    '4 March 2026'
    """
    locale = "en_GB" if language == "en" else Locale.parse(language, sep="-")
    return format_date(day, format="long", locale=locale) if day else ""


def languages(language: str = "en") -> dict[str, str]:
    """Return every plain language with its name in a language, sorted by name."""
    named = Locale.parse(language, sep="-").languages.items()
    plain = {code: str(name) for code, name in named if code.isalpha() and len(code) <= 3}
    return dict(sorted(plain.items(), key=lambda pair: pair[1]))


def is_language(code: str) -> bool:
    """Tell whether a code names a language."""
    return code.lower() in languages()


def is_right_to_left(code: str) -> bool:
    """Tell whether a language is written from right to left."""
    return code.lower().replace("_", "-").split("-")[0] in RIGHT_TO_LEFT
