"""A seal over the record shows what was changed, rewritten or removed after it."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from opennrm.records import seals
from opennrm.records.seals import NotSealed, Seal
from opennrm.records.verifying import verify
from tests import cast, stories
from tests.database import NOW, as_administrator, as_role
from tests.records.stand_alone import BIN

SIGNER = Ed25519PrivateKey.generate()
POLICE = cast.POLICE_OFFICER
REWRITTEN = """
DO $$
DECLARE fact nrm.fact; before bytea := '';
BEGIN
    FOR fact IN SELECT * FROM nrm.fact WHERE case_ref = '{0}' ORDER BY position LOOP
        fact.recorded_at := fact.recorded_at - interval '1 day';
        fact.previous := before;
        fact.hash := nrm.chain_hash(fact);
        before := fact.hash;
        UPDATE nrm.fact AS old SET recorded_at = fact.recorded_at, previous = fact.previous,
            hash = fact.hash WHERE old.fact_ref = fact.fact_ref;
    END LOOP;
    UPDATE nrm.case_head SET hash = before WHERE case_ref = '{0}';
END $$
"""
TRIGGERS = ("only_added", "never_emptied")


def sealed() -> Seal:
    return seals.seal_record(SIGNER, at=NOW)


def own_faults(before: tuple[seals.Fault, ...]) -> set[tuple[str, str]]:
    return {(fault.what, fault.how) for fault in set(seals.faults()) - set(before)}


@contextmanager
def by_force(table: str, *statements: str) -> Iterator[None]:
    """Change a table past its triggers, and put it back as it was."""
    with as_administrator() as connection:
        connection.execute(f"CREATE TABLE public.kept AS TABLE nrm.{table}")
        connection.execute("CREATE TABLE public.kept_head AS TABLE nrm.case_head")
        connection.execute(f"ALTER TABLE nrm.{table} DISABLE TRIGGER ALL")
        for statement in statements:
            connection.execute(statement)
    try:
        yield
    finally:
        with as_administrator() as connection:
            connection.execute(f"DELETE FROM nrm.{table}")
            connection.execute(
                f"INSERT INTO nrm.{table} OVERRIDING SYSTEM VALUE TABLE public.kept"
            )
            connection.execute(
                "UPDATE nrm.case_head SET hash = kept.hash FROM public.kept_head AS kept "
                "WHERE kept.case_ref = case_head.case_ref"
            )
            connection.execute("DROP TABLE public.kept, public.kept_head")
            connection.execute(f"ALTER TABLE nrm.{table} ENABLE TRIGGER ALL")
            for trigger in TRIGGERS:
                connection.execute(f"ALTER TABLE nrm.{table} ENABLE ALWAYS TRIGGER {trigger}")


def first_fact(case_ref: UUID) -> UUID:
    with as_administrator() as connection:
        row = connection.execute(
            "SELECT fact_ref FROM nrm.fact WHERE case_ref = %s ORDER BY position LIMIT 1",
            [case_ref],
        ).fetchone()
    assert row is not None
    return UUID(str(row[0]))


def confirmed(path: Path, key: bytes) -> subprocess.CompletedProcess[str]:
    """Run the stand-alone program in a folder of its own, without our packages."""
    return subprocess.run(
        [sys.executable, "-I", str(BIN / "verify-seal"), "--key", key.hex(), str(path)],
        capture_output=True,
        text=True,
        check=False,
        cwd=path.parent,
    )


class TestASeal:
    def test_covers_everything_and_is_signed(self) -> None:
        before = sealed()
        stories.contact(POLICE)

        after = sealed()

        assert after.number == before.number + 1
        assert after.size > before.size
        assert after.is_signed

    def test_of_another_signature_is_found(self) -> None:
        seal = sealed()

        forged = Seal(seal.number, seal.size + 1, seal.root, seal.at, *key_and_signature(seal))

        assert not forged.is_signed

    def test_cannot_be_changed_or_dropped_by_any_role(self) -> None:
        sealed_before = sealed()

        count = len(seals.seals())
        for role in ("opennrm_app", "opennrm_recorder", "opennrm_statistics", "opennrm_owner"):
            for table in ("seal", "sealed_entry"):
                with suppress(psycopg.Error), as_role(role) as connection:
                    connection.execute(f"DELETE FROM nrm.{table}")
                with suppress(psycopg.Error), as_role(role) as connection:
                    connection.execute(f"TRUNCATE nrm.{table}")
        with as_administrator() as connection, pytest.raises(psycopg.Error, match="never changed"):
            connection.execute("DELETE FROM nrm.seal")

        assert len(seals.seals()) == count
        assert seals.seals()[-1] == sealed_before

    def test_never_covers_less_than_the_one_before(self) -> None:
        seal = sealed()

        with as_role("opennrm_recorder") as connection, pytest.raises(Exception, match="less"):
            connection.execute(
                "SELECT nrm.keep_seal(%s, %s, now(), %s, %s)",
                [seal.size - 1, seal.root, seal.public_key, seal.signature],
            )


def key_and_signature(seal: Seal) -> tuple[bytes, bytes]:
    return seal.public_key, seal.signature


class TestAfterASeal:
    def test_a_record_rewritten_whole_is_found_where_its_chains_look_right(self) -> None:
        case_ref = stories.contact(POLICE)
        sealed()
        before = seals.faults()

        with by_force("fact", REWRITTEN.format(case_ref)):
            assert case_ref not in {link.case_ref for link in verify().broken}
            assert ("fact", "changed") in own_faults(before)
        assert own_faults(before) == set()

    def test_a_removed_line_of_the_journal_is_found(self) -> None:
        case_ref = stories.contact(POLICE)
        stories.described(POLICE, case_ref, names="Mirela Dosti", sex="female")
        sealed()
        before = seals.faults()

        taken = "DELETE FROM nrm.journal WHERE entry = (SELECT max(entry) FROM nrm.journal)"
        with by_force("journal", taken):
            assert own_faults(before) == {("journal", "gone")}

    def test_access_given_a_longer_end_is_found(self) -> None:
        case_ref = stories.contact(POLICE)
        sealed()
        before = seals.faults()
        longer = "UPDATE nrm.access SET until = until {} interval '1 year' WHERE case_ref = %s"

        with as_administrator() as connection:
            connection.execute(longer.format("+"), [case_ref])
        found = own_faults(before)
        with as_administrator() as connection:
            connection.execute(longer.format("-"), [case_ref])

        assert found == {("access", "changed")}

    def test_a_list_and_a_root_made_anew_are_found_by_a_seal_kept_elsewhere(self) -> None:
        kept = json.loads(json.dumps(sealed().told()))
        other = dict(kept, root="00" * 32)

        assert not [fault for fault in seals.faults([kept]) if "elsewhere" in fault.what]
        assert [fault.how for fault in seals.faults([other]) if "elsewhere" in fault.what] == [
            "not_in_this_record"
        ]


class TestAProof:
    def test_of_a_fact_is_confirmed_by_a_program_without_our_code(self, tmp_path: Path) -> None:
        case_ref = stories.contact(POLICE)
        seal = sealed()
        path = tmp_path / "proof.json"
        path.write_text(json.dumps(seals.proof_of_fact(first_fact(case_ref))), encoding="utf-8")

        said = confirmed(path, seal.public_key)

        assert said.returncode == 0, said.stdout
        assert f"of {seal.size} sealed entries" in said.stdout

    def test_that_a_record_only_grew_is_confirmed_too(self, tmp_path: Path) -> None:
        first = sealed()
        stories.contact(POLICE)
        second = sealed()
        path = tmp_path / "growth.json"
        proof = seals.proof_of_growth(first.number, second.number)
        path.write_text(json.dumps(proof), encoding="utf-8")

        said = confirmed(path, second.public_key)

        assert said.returncode == 0, said.stdout
        assert f"grew from {first.size} to {second.size}" in said.stdout

    @pytest.mark.parametrize("field", ["entry", "place", "path", "seal"])
    def test_changed_anywhere_is_not_confirmed(self, tmp_path: Path, field: str) -> None:
        proof = seals.proof_of_fact(first_fact(stories_sealed()))
        changed = {
            "entry": "00" * 32,
            "place": int(str(proof["place"])) + 1,
            "path": list(reversed(list(proof["path"]))),  # type: ignore[call-overload]
            "seal": {**proof["seal"], "size": 1},  # type: ignore[dict-item]
        }
        path = tmp_path / "proof.json"
        path.write_text(json.dumps({**proof, field: changed[field]}), encoding="utf-8")

        said = confirmed(path, SIGNER.public_key().public_bytes_raw())

        assert said.returncode == 1
        assert "NOT CONFIRMED" in said.stdout

    @pytest.mark.parametrize("field", ["path", "earlier", "nothing"])
    def test_of_growth_changed_anywhere_is_not_confirmed(self, tmp_path: Path, field: str) -> None:
        first = sealed()
        stories.contact(POLICE)
        proof = seals.proof_of_growth(first.number, sealed().number)
        empty = Seal(0, 0, bytes(32), NOW, SIGNER.public_key().public_bytes_raw(), b"")
        nothing = replace(empty, signature=SIGNER.sign(empty.statement)).told()
        changed = {
            "path": ("path", [*proof["path"], "00" * 32]),  # type: ignore[misc]
            "earlier": ("earlier", {**proof["earlier"], "root": "00" * 32}),  # type: ignore[dict-item]
            "nothing": ("earlier", nothing),
        }
        path = tmp_path / "growth.json"
        path.write_text(json.dumps({**proof, changed[field][0]: changed[field][1]}))

        assert confirmed(path, SIGNER.public_key().public_bytes_raw()).returncode == 1

    def test_is_checked_by_a_hundred_lines_that_use_python_alone(self) -> None:
        source = (BIN / "verify-seal").read_text(encoding="utf-8")

        imported = {word for line in source.splitlines() for word in line.split()[1:2]
                    if line.startswith(("import ", "from "))}  # fmt: skip

        assert imported <= sys.stdlib_module_names
        assert sum(bool(line.strip()) for line in source.splitlines()) <= 100
        assert max(map(len, source.splitlines())) < 100

    def test_of_another_key_is_not_confirmed(self, tmp_path: Path) -> None:
        path = tmp_path / "seal.json"
        path.write_text(json.dumps(sealed().told()), encoding="utf-8")

        other = Ed25519PrivateKey.generate().public_key().public_bytes_raw()

        assert confirmed(path, other).returncode == 1
        assert confirmed(path, SIGNER.public_key().public_bytes_raw()).returncode == 0

    def test_is_not_made_of_what_is_under_no_seal(self) -> None:
        sealed()
        fact = first_fact(stories.contact(POLICE))

        with pytest.raises(NotSealed, match=r"run seal"):
            seals.proof_of_fact(fact)
        with pytest.raises(NotSealed):
            seals.proof_of_fact(uuid4())


def stories_sealed() -> UUID:
    case_ref = stories.contact(POLICE)
    seals.seal_record(SIGNER, at=NOW + timedelta(seconds=1))
    return case_ref
