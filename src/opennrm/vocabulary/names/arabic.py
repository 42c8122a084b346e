"""Folds names in Arabic script: one letter for its variants, and Latin sounds for its letters."""

# ruff: noqa: RUF001 -- letters of other scripts are the subject here

import re

ARTICLE = re.compile(r"^ال(?=\w{3})")
MARKS = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u0640\u200c-\u200f]")
LETTERS = re.compile("[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff]")
VARIANTS = str.maketrans(
    {
        "أ": "ا",
        "إ": "ا",
        "آ": "ا",
        "ٱ": "ا",
        "ى": "ا",
        "ة": "ه",
        "ک": "ك",
        "ی": "ي",
        "ے": "ي",
        "ئ": "ي",
        "ؤ": "و",
        "ء": "",
    }
)
SOUNDS = str.maketrans(
    {
        "ا": "a",
        "ب": "b",
        "ت": "t",
        "ث": "t",
        "ج": "z",
        "ح": "h",
        "خ": "h",
        "د": "d",
        "ذ": "d",
        "ر": "r",
        "ز": "z",
        "س": "s",
        "ش": "s",
        "ص": "s",
        "ض": "d",
        "ط": "t",
        "ظ": "z",
        "ع": "a",
        "غ": "g",
        "ف": "f",
        "ق": "k",
        "ك": "k",
        "ل": "l",
        "م": "m",
        "ن": "n",
        "ه": "h",
        "و": "u",
        "ي": "i",
        "پ": "p",
        "چ": "c",
        "ژ": "z",
        "گ": "g",
        "ڤ": "v",
    }
)


def is_arabic(name: str) -> bool:
    """Tell whether a name holds a letter of the Arabic script."""
    return bool(LETTERS.search(name))


def plain_letters(part: str) -> str:
    """Return one part of a name with marks dropped, variants joined and the article cut."""
    bare = MARKS.sub("", part).translate(VARIANTS)
    return ARTICLE.sub("", bare)


def sounds(part: str) -> str:
    """Return the Latin sounds of one plain part; short vowels are not written and stay away."""
    ending = re.sub("ه$", "ا", part) if len(part) > 2 else part
    return ending.translate(SOUNDS)
