"""Words made at random: passphrases and codes that are shown once, read out and typed."""

from __future__ import annotations

import secrets

# Without letters and digits that look alike on paper; 30 signs make 147 bits.
SIGNS = "abcdefghjkmnpqrstuvwxyz2346789"
GROUPS, GROUP_LENGTH = 6, 5


def new_passphrase() -> str:
    """Make a strong random passphrase, in groups that can be read out and typed."""
    groups = ("".join(secrets.choice(SIGNS) for _ in range(GROUP_LENGTH)) for _ in range(GROUPS))
    return "-".join(groups)


def typed(code: str) -> str:
    """Read a code as it was meant, whatever spaces and capitals it was typed with."""
    return "".join(code.split()).lower()
