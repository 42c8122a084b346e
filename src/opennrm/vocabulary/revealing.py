"""Words that would reveal what a letter, a message or a file name is about, and addresses.

The lists are a proposal of this project, not a source of law; a word is matched at its start,
so that endings of a language are covered. A State adds words of its languages here.
"""

import re

TRAFFICKING: dict[str, tuple[str, ...]] = {
    "en": (
        "traffick",
        "victim",
        "exploit",
        "prostitut",
        "sex work",
        "brothel",
        "slavery",
        "shelter",
        "safe house",
        "refuge",
        "asylum",
        "anti-slavery",
        "nrm",
    ),
    "mk": ("трговија", "трафик", "жртв", "прифатилиш", "засолниш", "проститу"),
    "sr": ("трговин", "жртв", "сигурна кућ", "trgovin", "žrtv", "sigurna kuć", "prostitu"),
    "sq": ("trafik", "viktim", "strehim", "prostitu"),
    "de": ("menschenhandel", "opfer", "ausbeut", "frauenhaus", "prostitu", "zwangs"),
    "fr": ("traite des", "victime", "exploit", "prostitu", "esclavag", "foyer"),
    "nl": ("mensenhandel", "slachtoffer", "uitbuit", "opvanghuis", "prostitu"),
    "ro": ("trafic", "victim", "exploat", "adăpost", "prostitu"),
    "ru": ("торговл", "жертв", "эксплуат", "приют", "убежищ", "проститу"),
    "uk": ("торгівл", "жертв", "експлуат", "притул", "проститу"),
    "es": ("trata de", "víctima", "explota", "prostitu", "esclavitud"),
}
STREETS = (
    r"\d+\w?[,\s]+[\w'.-]+(?:\s[\w'.-]+){0,2}\s(?:street|st|road|rd|avenue|ave|lane|square)\b",
    r"(?<!\w)(?:ulica|ul\.|улица|ул\.|rruga|rr\.|bulevar|булевар|bul\.|бул\.|strada|rue|calle)"
    r"\s+[\w'. -]{2,40}?\d+",
    r"\b[\w'-]+(?:straße|strasse|gasse|platz|straat|laan|plein)\s+\d+",
    r"\b(?:postcode|zip)\b\W*\w*\d",
)
WORDS = re.compile(
    "|".join(
        rf"(?<!\w){re.escape(word)}" for words in TRAFFICKING.values() for word in sorted(words)
    ),
    re.IGNORECASE,
)
ADDRESS = re.compile("|".join(STREETS), re.IGNORECASE)


def revealing_words(text: str) -> tuple[str, ...]:
    """Return the words of a text that would reveal what it is about, each once, in order."""
    found = (match.group().casefold() for match in WORDS.finditer(text))
    return tuple(dict.fromkeys(found))


def holds_address(text: str) -> bool:
    """Tell whether a text looks as if it held a street address."""
    return ADDRESS.search(text) is not None
