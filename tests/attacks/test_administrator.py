"""The administrator: every file, table and role, and forged sessions, but no passphrase."""

import hashlib
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from opennrm.records import queries
from opennrm.records.keyring import account_purpose, fact_purpose
from opennrm.records.sealing import SealBroken, branch, unlock, unseal
from opennrm.records.sessions import KEY
from tests import cast, stories
from tests.attacks.test_planted_names import data_folder
from tests.database import NOW, as_administrator, signed_in

POLICE = cast.POLICE_OFFICER
PARTS = ("D1", "D2", "D3", "D4", "D8")
NAME = "Drita Hoxhaj"
BYTES = """
SELECT table_schema, table_name, column_name FROM information_schema.columns
WHERE table_schema IN ('nrm', 'public', 'statistics') AND data_type IN ('bytea', 'text')
"""
SEALED = """
SELECT compartment, key_version, fact_ref, sealed FROM nrm.fact
WHERE case_ref = %s AND sealed IS NOT NULL
"""
LARGEST = 100_000
HPKE_KEY = 96


@pytest.fixture(scope="module")
def case_ref() -> UUID:
    made = stories.contact(POLICE, words="She was told to stay inside.", whereabouts="Upstairs")
    stories.described(POLICE, made, names=NAME)
    return made


@pytest.fixture(scope="module")
def found(case_ref, server) -> set[bytes]:
    """Everything short enough to be a key, in any file or table, as it is and taken apart."""
    values = {value for whole in (*in_tables(), *in_files(server)) for value in readings(whole)}
    assert len(values) > 200
    return values


def in_tables() -> Iterator[bytes]:
    with as_administrator() as connection:
        for schema, table, column in connection.execute(BYTES).fetchall():
            rows = connection.execute(f'SELECT DISTINCT "{column}" FROM {schema}."{table}"')
            for (value,) in rows:
                if value:
                    yield value.encode() if isinstance(value, str) else bytes(value)


def in_files(server: Any) -> Iterator[bytes]:
    folders = [Path(os.environ["OPENNRM_HOME"]), data_folder().parent]
    for path in {path for folder in folders for path in folder.rglob("*") if path.is_file()}:
        if path.stat().st_size < LARGEST and "data" not in path.parts:
            yield path.read_bytes()


def readings(value: bytes) -> Iterator[bytes]:
    """Read a value as it is, line by line, and from hexadecimal."""
    for line in (value, value.strip(), *value.split()):
        if len(line) <= LARGEST:
            yield line
        try:
            yield bytes.fromhex(line.decode("ascii"))
        except ValueError:
            continue


def opens(work: Any, *given: Any) -> bool:
    try:
        return bool(work(*given))
    except (SealBroken, ValueError):
        return False


class TestTheAdministrator:
    """She has the machine; what is sealed stays closed to her."""

    def test_finds_no_key_that_opens_a_sealed_part(self, case_ref, found):
        with as_administrator() as connection:
            parts = connection.execute(SEALED, [case_ref]).fetchall()
        keys = [value for value in found if len(value) == HPKE_KEY]
        keys += [value[:HPKE_KEY] for value in found if len(value) > HPKE_KEY][:200]
        assert parts
        assert keys

        opened = [
            fact_ref
            for part, version, fact_ref, sealed in parts
            for key in keys
            if opens(unseal, bytes(sealed), key, fact_purpose(case_ref, part, version, fact_ref))
        ]

        assert opened == []

    def test_finds_nothing_that_opens_a_persons_key(self, found):
        """Neither the key under the passphrase nor the one of a session that is open."""
        with as_administrator() as connection:
            locked = connection.execute(
                "SELECT sealed_private FROM nrm.account_secret WHERE account = %(a)s UNION ALL "
                "SELECT session_key FROM nrm.sign_in WHERE account = %(a)s "
                "AND session_key IS NOT NULL",
                {"a": POLICE.account},
            ).fetchall()
        tried = {
            key
            for value in found
            for key in (value, hashlib.sha256(value).digest(), branch(value, KEY))
            if len(key) == 32
        }
        assert len(locked) > 1
        assert len(tried) > 200

        purpose = account_purpose(POLICE.account)
        assert not [
            True for (one,) in locked for key in tried if opens(unlock, bytes(one), key, purpose)
        ]

    def test_reads_coded_facts_and_no_word_in_a_session_she_forged(self, case_ref):
        """She can write herself a session of the officer; it opens no key."""
        forged = forged_session()

        page = queries.case_page(forged, case_ref, at=NOW, opened=PARTS)

        assert page.timeline
        assert [entry.told for entry in page.timeline if entry.told] == []
        assert queries.find_people(forged, NAME, at=NOW) == []

    def test_would_read_with_the_passphrase(self, case_ref):
        """The control."""
        page = queries.case_page(signed_in(POLICE), case_ref, at=NOW, opened=PARTS)

        told = [text for entry in page.timeline for text in (entry.told or {}).values()]
        assert NAME in told
        assert [hit.case_ref for hit in queries.find_people(signed_in(POLICE), NAME, at=NOW)] == [
            case_ref
        ]


def forged_session() -> Any:
    """Copy the row of an open session under a token of her own choice."""
    session = signed_in(POLICE)
    token = "f" * 64
    with as_administrator() as connection:
        names = [
            name
            for (name,) in connection.execute(
                "SELECT column_name FROM information_schema.columns "
                "WHERE table_schema = 'nrm' AND table_name = 'sign_in' AND is_generated = 'NEVER'"
            ).fetchall()
        ]
        columns = ", ".join(names)
        values = columns.replace("token_hash", "sha256(convert_to(%(forged)s, 'UTF8'))")
        connection.execute(
            f"INSERT INTO nrm.sign_in ({columns}) SELECT {values} FROM nrm.sign_in "
            "WHERE token_hash = sha256(convert_to(%(token)s, 'UTF8')) ON CONFLICT DO NOTHING",
            {"forged": token, "token": session.token},
        )
    return replace(session, token=token, keyring=None)
