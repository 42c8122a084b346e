"""Random changes of sealed parts and of recorded facts, and whether each is found."""

import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import psycopg
from psycopg import sql

from opennrm.records.compartment_keys import open_wraps
from opennrm.records.keyring import fact_purpose
from opennrm.records.sealing import SealBroken, unseal
from opennrm.records.sessions import reading
from tests import cast, stories
from tests.database import as_administrator, signed_in

POLICE = cast.POLICE_OFFICER


@dataclass(frozen=True)
class Sealed:
    """One sealed part of one fact, where it stands."""

    case_ref: UUID
    compartment: str
    version: int
    fact_ref: UUID
    content: bytes

    @property
    def purpose(self) -> bytes:
        """Return the place it is bound to."""
        return fact_purpose(self.case_ref, self.compartment, self.version, self.fact_ref)


Keys = dict[tuple[UUID, str, int], bytes]


def cases() -> list[UUID]:
    """Make two cases with sealed parts in several compartments under two key versions."""
    made = []
    for number in range(2):
        case_ref = stories.contact(POLICE, words=f"said {number}", safe_way="by day")
        stories.described(POLICE, case_ref, names=f"Fatime Bala {number}", sex="female")
        sent = stories.referred(POLICE, case_ref, cast.CASE_MANAGER, "CM", ("D1", "D2", "D8"))
        stories.answered(cast.CASE_MANAGER, case_ref, sent)
        given = stories.newest(POLICE, case_ref, "consent_given")
        stories.withdrawn(POLICE, case_ref, given)
        stories.described(POLICE, case_ref, names=f"Fatime Balaj {number}", sex="female")
        made.append(case_ref)
    return made


def sealed_parts(of: Sequence[UUID]) -> tuple[list[Sealed], Keys]:
    """Read sealed parts and the keys that open them, as whoever holds the keys."""
    viewer = signed_in(POLICE)
    keys: Keys = {}
    with reading(viewer.token) as cursor:
        for case_ref in of:
            held = open_wraps(cursor, case_ref, viewer.keyring)
            keys |= {(case_ref, *place): private for place, private in held.items()}
    with as_administrator() as connection:
        rows = connection.execute(
            "SELECT case_ref, compartment, key_version, fact_ref, sealed FROM nrm.fact "
            "WHERE case_ref = ANY(%s) AND sealed IS NOT NULL ORDER BY case_ref, position",
            [list(of)],
        ).fetchall()
    parts = [Sealed(*row[:4], bytes(row[4])) for row in rows]
    return [one for one in parts if (one.case_ref, one.compartment, one.version) in keys], keys


def opens(part: Sealed, keys: Keys, *, bound: bool = True) -> bool:
    """Say whether a part opens where it stands; unbound is how a careless build would do it."""
    private = keys.get((part.case_ref, part.compartment, part.version))
    try:
        return private is not None and bool(
            unseal(part.content, private, part.purpose if bound else b"")
        )
    except SealBroken:
        return False


def bit(draw: random.Random, content: bytes) -> bytes:
    """Turn one bit over."""
    place = draw.randrange(len(content))
    return (
        content[:place] + bytes([content[place] ^ 1 << draw.randrange(8)]) + content[place + 1 :]
    )


def swapped(draw: random.Random, content: bytes) -> bytes:
    """Let two bytes that differ change places."""
    while True:
        one, other = sorted(draw.sample(range(len(content)), 2))
        if content[one] != content[other]:
            changed = bytearray(content)
            changed[one], changed[other] = changed[other], changed[one]
            return bytes(changed)


def without(draw: random.Random, content: bytes) -> bytes:
    """Take one byte out."""
    place = draw.randrange(len(content))
    return content[:place] + content[place + 1 :]


def with_more(draw: random.Random, content: bytes) -> bytes:
    """Put one byte in."""
    place = draw.randrange(len(content) + 1)
    return content[:place] + bytes([draw.randrange(256)]) + content[place:]


def cut(draw: random.Random, content: bytes) -> bytes:
    """Cut the end off."""
    return content[: draw.randrange(len(content))]


BYTES: tuple[Callable[[random.Random, bytes], bytes], ...] = (
    bit, swapped, without, with_more, cut,
)  # fmt: skip
MOVES = ("case_ref", "compartment", "version", "fact_ref")


def changed_part(draw: random.Random, parts: Sequence[Sealed]) -> tuple[str, Sealed]:
    """Change the bytes of a part, or move it to another case, part, key or fact."""
    part = draw.choice(parts)
    kind = draw.choice((*BYTES, *MOVES))
    if not isinstance(kind, str):
        # Putting in a byte that stands there already, or taking out one of two, changes nothing.
        content = kind(draw, part.content)
        return kind.__name__, replace(part, content=content)
    values = sorted({getattr(one, kind) for one in parts} - {getattr(part, kind)})
    return kind, replace(part, **{kind: draw.choice(values)})


COLUMNS = (
    "sealed", "open_salt", "sealed_salt", "open_digest", "sealed_digest", "previous", "hash",
)  # fmt: skip
CHANGES = {
    "one bit": "UPDATE nrm.fact SET {column} = set_bit({column}, {number} % (8 * "
    "length({column})), 1 - get_bit({column}, {number} % (8 * length({column})))) "
    "WHERE fact_ref = {fact} AND length({column}) > 0",
    "a code": "UPDATE nrm.fact SET open = open || jsonb_build_object('x{number}', 'y') "
    "WHERE fact_ref = {fact}",
    "the moment": "UPDATE nrm.fact SET at = at + interval '1 us' * ({number} + 1) "
    "WHERE fact_ref = {fact}",
    "taken out": "DELETE FROM nrm.fact WHERE fact_ref = {fact}",
    "put in again": "INSERT INTO nrm.fact (fact_ref, case_ref, position, compartment, sequence, "
    "kind, at, recorded_at, actor, organisation, basis, corrects, open, sealed, key_version, "
    "open_salt, sealed_salt, open_digest, sealed_digest, previous, hash) SELECT "
    "gen_random_uuid(), case_ref, 1000 + {number}, compartment, 1000 + {number}, kind, at, "
    "recorded_at, actor, organisation, basis, corrects, open, sealed, key_version, open_salt, "
    "sealed_salt, open_digest, sealed_digest, previous, hash FROM nrm.fact "
    "WHERE fact_ref = {fact}",
    "cut off": "DELETE FROM nrm.fact AS f USING nrm.fact AS at_it WHERE at_it.fact_ref = {fact} "
    "AND f.case_ref = at_it.case_ref AND f.position >= at_it.position",
    "changed places": "UPDATE nrm.fact AS f SET (open, sealed, key_version, kind) = "
    "(o.open, o.sealed, o.key_version, o.kind) FROM nrm.fact AS o "
    "WHERE f.fact_ref = {fact} AND o.fact_ref = {other} AND (f.open, f.sealed, f.kind) "
    "IS DISTINCT FROM (o.open, o.sealed, o.kind)",
    "another case": "UPDATE nrm.fact AS f SET case_ref = o.case_ref, position = 1000 + {number}, "
    "sequence = 1000 + {number} FROM nrm.fact AS o WHERE f.fact_ref = {fact} "
    "AND o.fact_ref = {other} AND o.case_ref <> f.case_ref",
    "another key": "UPDATE nrm.fact SET key_version = key_version + 1 + {number} "
    "WHERE fact_ref = {fact} AND sealed IS NOT NULL",
    "another hand": "UPDATE nrm.fact AS f SET organisation = o.ref FROM "
    "public.accounts_organisation AS o WHERE f.fact_ref = {fact} AND o.ref <> f.organisation",
}


class Record:
    """The facts of some cases, alone in the database while a transaction lasts."""

    def __init__(self, connection: psycopg.Connection[Any], of: Sequence[UUID]) -> None:
        self._connection = connection
        self._facts = [
            ref
            for (ref,) in connection.execute(
                "SELECT fact_ref FROM nrm.fact WHERE case_ref = ANY(%s)", [list(of)]
            ).fetchall()
        ]
        self._before = 0
        self._before = self.broken()

    def broken(self) -> int:
        """Count what the check of the chains finds, beyond what others left broken before."""
        row = self._connection.execute("SELECT count(*) FROM nrm.broken_chains()").fetchone()
        assert row is not None
        return int(row[0]) - self._before

    def run(self, statement: str) -> None:
        """Change the database itself, until all is rolled back."""
        self._connection.execute(statement)

    def is_found(self, draw: random.Random, kind: str) -> bool | None:
        """Make one change and say whether it is found; None where it changed nothing."""
        fact, other = draw.sample(self._facts, 2)
        statement = sql.SQL(CHANGES[kind]).format(
            column=sql.Identifier(draw.choice(COLUMNS)),
            number=sql.Literal(draw.randrange(1000)),
            fact=sql.Literal(fact),
            other=sql.Literal(other),
        )
        with self._connection.transaction(force_rollback=True):
            if self._connection.execute(statement).rowcount == 0:
                return None
            return self.broken() > 0


@contextmanager
def alone(of: Sequence[UUID]) -> Iterator[Record]:
    """Leave these cases alone in the record, past every trigger, until all is rolled back."""
    with as_administrator() as connection, connection.transaction(force_rollback=True):
        connection.execute("ALTER TABLE nrm.fact DISABLE TRIGGER ALL")
        connection.execute("SET LOCAL session_replication_role = replica")
        connection.execute("DELETE FROM nrm.fact WHERE NOT case_ref = ANY(%s)", [list(of)])
        connection.execute("DELETE FROM nrm.case_head WHERE NOT case_ref = ANY(%s)", [list(of)])
        yield Record(connection, of)
