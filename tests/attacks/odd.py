"""Odd values that somebody may type, send or put into a file."""

import random

TEXTS = (
    "", " ", "0", "-1", "99999999999999999999", "1e999", "NaN", "None", "null", "true", "[]", "{}",
    "'", '"', "'; DROP TABLE nrm.fact; --", "<script>alert(1)</script>", "{{ 7 * 7 }}", "{% x %}",
    "../../etc/passwd", "\\", "%s%s%n", "%00", "a" * 5_000, "\u202e\u202d", "\ud7ff", "\U0010ffff",
    "Ѓорѓина", "نورالهدى", "e\u0301" * 50, "\r\nSet-Cookie: a=b", "=1+1", "2026-02-31",
    "31/02/2026", "00000000-0000-0000-0000-000000000000", "not-a-reference", "\t", "\x0b", "\x7f",
    "1,5", "١٢", "²", "\x00a",
)  # fmt: skip


def changed_bytes(draw: random.Random, content: bytes) -> bytes:
    """Damage a file here and there, or cut it off."""
    damaged = bytearray(content)
    for _ in range(draw.randint(1, 8)):
        place = draw.randrange(len(damaged) + 1)
        match draw.randrange(4):
            case 0 if damaged:
                damaged[place % len(damaged)] = draw.randrange(256)
            case 1:
                damaged[place : place + draw.randrange(9)] = draw.randbytes(draw.randrange(9))
            case 2:
                damaged[place:place] = draw.choice(TEXTS).encode("utf-8", "surrogatepass")
            case _:
                start = draw.randrange(len(damaged) + 1)
                damaged[place:place] = damaged[start : start + draw.randrange(200)]
    return bytes(damaged[: draw.randrange(len(damaged) + 1)] if draw.random() < 0.1 else damaged)
