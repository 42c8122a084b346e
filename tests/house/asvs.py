"""The checklist of the OWASP ASVS 5.0, levels 1 and 2: numbers, our own short words, evidence."""

from collections import Counter
from dataclasses import dataclass

from tests.house.tree import ROOT

TABLE = ROOT / "docs" / "reference" / "asvs.psv"
PAGE = ROOT / "docs" / "reference" / "asvs.md"
MET, OPEN, ELSEWHERE = "met", "open", "does not apply"
# How many requirements of level 1 and 2 each chapter of release 5.0.0 has.
CHAPTERS = {
    1: ("Encoding and sanitisation", 8, 19),
    2: ("Validation and business logic", 4, 7),
    3: ("Web front end", 8, 11),
    4: ("Programs at the door", 2, 8),
    5: ("Files", 4, 5),
    6: ("Authentication", 13, 22),
    7: ("Sessions", 6, 12),
    8: ("Authorisation", 4, 3),
    9: ("Self-contained tokens", 4, 3),
    10: ("OAuth and OpenID Connect", 5, 24),
    11: ("Cryptography", 3, 11),
    12: ("Secure communication", 3, 6),
    13: ("Configuration", 1, 12),
    14: ("Data protection", 2, 7),
    15: ("Secure coding and architecture", 3, 10),
    16: ("Logging and errors", 0, 16),
}
HEAD = """# ASVS 5.0 checklist

The OWASP Application Security Verification Standard, release 5.0.0, levels 1 and 2. The numbers
are those of the standard; the words are ours and short, so read the standard for what is asked.
Each line is met, with a file or test that shows it, or open, with the reason, or does not apply.
`tests/house/test_asvs.py` holds that no number is missing and that the evidence is there. The
table is `asvs.psv`; `python -m tests.house.asvs` writes this page.

Left out as a chapter: 17 (WebRTC: there is none).

"""


@dataclass(frozen=True)
class Requirement:
    """One requirement and how it stands."""

    number: str
    level: int
    asks: str
    state: str
    evidence: tuple[str, ...]
    note: str

    @property
    def chapter(self) -> int:
        """Return the number of its chapter."""
        return int(self.number.split(".")[0])


def requirements() -> list[Requirement]:
    """Read the table."""
    _head, *lines = TABLE.read_text(encoding="utf-8").splitlines()
    rows = (line.split("|") for line in lines)
    return [
        Requirement(number, int(level), asks, state, tuple(evidence.split()), note)
        for number, level, asks, state, evidence, note in rows
    ]


def page() -> str:
    """Write the page."""
    every = requirements()
    states = Counter(one.state for one in every)
    counted = ", ".join(f"{states[state]} {state}" for state in (MET, OPEN, ELSEWHERE))
    parts = [HEAD, f"{len(every)} requirements: {counted}.\n"]
    for chapter, (title, _one, _two) in CHAPTERS.items():
        parts.append(
            f"\n## {chapter} {title}\n\n| | level | asks for | state | evidence or reason |\n"
        )
        parts.append("| --- | --- | --- | --- | --- |\n")
        parts += [line(one) for one in every if one.chapter == chapter]
    return "".join(parts)


def line(one: Requirement) -> str:
    """Write one line of the page."""
    shown = ", ".join(f"`{path}`" for path in one.evidence)
    told = "; ".join(filter(None, (shown, one.note)))
    return f"| {one.number} | {one.level} | {one.asks} | {one.state} | {told} |\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
