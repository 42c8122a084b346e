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
