"""The short form of a case reference that people read out to one another."""

from uuid import UUID

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def reference(case_ref: UUID) -> str:
    """Return eight letters and digits that cannot be confused when spoken (Crockford's base 32).

    >>> reference(UUID("00000000-0000-4000-8000-000000000000"))
    '0000-0000'
    """
    first = case_ref.int >> 88
    letters = "".join(ALPHABET[(first >> shift) & 31] for shift in range(35, -5, -5))
    return f"{letters[:4]}-{letters[4:]}"


def begins_with(spoken: str) -> str:
    """Return how the case reference of a short form begins, or nothing for what is none.

    >>> begins_with("0000-0000")
    '00000000-00'
    >>> begins_with("nobody")
    ''
    """
    letters = spoken.upper().replace("-", "").replace(" ", "")
    if len(letters) != 8 or any(letter not in ALPHABET for letter in letters):
        return ""
    number = 0
    for letter in letters:
        number = number << 5 | ALPHABET.index(letter)
    return f"{number >> 8:08x}-{number & 255:02x}"
