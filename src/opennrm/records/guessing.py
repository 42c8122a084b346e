"""Tells passphrases that are guessed early: common words, names of the place, keyboard runs."""

from collections.abc import Iterable

from zxcvbn import zxcvbn  # type: ignore[import-untyped]

PASSPHRASE_LENGTH = 15
# What follows is longer than anybody guesses; the library looks at no more.
LOOKED_AT = 72
# Each guess costs 64 MiB and two passes of Argon2id, so this many take years.
ENOUGH_GUESSES = 10**10
# Her own door takes twenty wrong tries, and none without the code on her card.
ENOUGH_FOR_FEW_TRIES = 10**6
TOO_SHORT = (
    "The passphrase is too short. Use at least 15 characters, for example four or five words."
)
TOO_COMMON = (
    "The passphrase is one of the first that are guessed. Use four or five words that do not "
    "belong together, and no name, place or date of yours."
)


def is_guessed_early(words: str) -> bool:
    """Tell whether words that are tried a few times only are among the first that are tried."""
    return bool(zxcvbn(words[:LOOKED_AT])["guesses"] < ENOUGH_FOR_FEW_TRIES)


def weakness(passphrase: str, *, known: Iterable[str] = ()) -> str:
    """Say why a passphrase cannot be taken; nothing when it can.

    `known` are words an attacker tries first: the sign-in name, the person, the organisation.
    The lists of the library (zxcvbn, MIT) stand on this machine; nothing is asked of anybody.
    """
    if len(passphrase) < PASSPHRASE_LENGTH:
        return TOO_SHORT
    words = ["opennrm", *(word for text in known for word in (text, *text.split()))]
    found = zxcvbn(passphrase[:LOOKED_AT], user_inputs=words)
    return TOO_COMMON if found["guesses"] < ENOUGH_GUESSES else ""
