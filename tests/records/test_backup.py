"""A backup is whole or none, opens only to the key that is elsewhere, and keeps keys apart."""

import io
import json
import shutil
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from opennrm.config.database_server.administering import ServerAdministration
from opennrm.config.databases import server as this_server
from opennrm.records import seals
from opennrm.records.backup import encrypting, manifest, shelf, tables
from opennrm.records.backup.administration import BackupRefused
from opennrm.records.backup.restoring import Restored, Source, restore_into, scratch
from opennrm.records.backup.writing import Plan, back_up
from tests import cast, stories
from tests.database import DATABASE, NOW, as_administrator

READ_BACK = f"{DATABASE}_read_back"
SIGNER = Ed25519PrivateKey.generate()
PRIVATE, PUBLIC = encrypting.new_identity()
POLICE = cast.POLICE_OFFICER


@dataclass(frozen=True)
class Kept:
    """One backup of this worker's database, and the home it was made in."""

    folder: Path
    home: Path
    record: Path
    keys: Path


def administration() -> ServerAdministration:
    return ServerAdministration(this_server(), DATABASE)


def backed_up(folder: Path, home: Path, *, at: datetime = NOW) -> Kept:
    plan = Plan(folder=folder, home=home, to=encrypting.recipients([PUBLIC]), signer=SIGNER, at=at)
    return Kept(folder, home, *back_up(administration(), plan))


def read_back(kept: Kept, home: Path, **other: object) -> Restored:
    given = {"record": kept.record, "keys": kept.keys, "by": identity(home), **other}
    return restore_into(administration(), READ_BACK, Source(**given), home=home)


def identity(home: Path) -> object:
    path = home / "private.key"
    path.write_text(f"# carried here for the drill\n{PRIVATE}\n", encoding="ascii")
    return encrypting.identities(path)


def home_in(folder: Path) -> Path:
    home = folder / "home"
    home.mkdir(mode=0o700)
    return home


@contextmanager
def changed_fact() -> Iterator[None]:
    """Change one fact past every trigger, for the time of this block."""
    with as_administrator() as connection:
        connection.autocommit = True
        connection.execute("ALTER TABLE nrm.fact DISABLE TRIGGER USER")
        change = "UPDATE nrm.fact SET basis = %s WHERE fact_ref = %s"
        ref, basis = connection.execute("SELECT fact_ref, basis FROM nrm.fact LIMIT 1").fetchone()
        try:
            connection.execute(change, ["changed", ref])
            yield
        finally:
            connection.execute(change, [basis, ref])
            connection.execute("ALTER TABLE nrm.fact ENABLE TRIGGER USER")
            for name in ("only_added", "never_emptied"):
                connection.execute(f"ALTER TABLE nrm.fact ENABLE ALWAYS TRIGGER {name}")


def asked(question: str, database: str = DATABASE) -> list[tuple[object, ...]]:
    with psycopg.connect(**this_server().admin_dsn(database)) as connection:
        return connection.execute(question).fetchall()


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    """A backup of a record with a sealed name, a referral and a seal."""
    case_ref = stories.contact(POLICE, words="He kept her documents.", safe_way="Sundays")
    stories.described(POLICE, case_ref, names="Restorana Plepi")
    stories.referred(POLICE, case_ref, cast.CASE_MANAGER, "CM", ("D1", "D2", "D10"))
    seals.seal_record(SIGNER, at=NOW)
    place = tmp_path_factory.mktemp("backups")
    home = home_in(place)
    (home / "secret_key").write_text("a secret of this installation\n", encoding="utf-8")
    return backed_up(place / "shelf", home)


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Path]:
    """An empty home to restore in; the database read back is dropped afterwards."""
    yield home_in(tmp_path)
    administration().drop(READ_BACK)


class TestABackup:
    def test_comes_back_whole_with_its_chains_seals_and_keys(
        self, kept: Kept, fresh: Path
    ) -> None:
        restored = read_back(kept, fresh)

        for table in ("nrm.fact", "nrm.wrap", "nrm.journal", "public.accounts_account"):
            question = f"SELECT count(*) FROM {table}"
            assert asked(question, READ_BACK) == asked(question) != [(0,)]
        assert restored.rows > 100
        assert restored.without_record == 0
        assert asked("SELECT count(*) FROM nrm.seal", READ_BACK) == asked(
            "SELECT count(*) FROM nrm.seal"
        )

    def test_keeps_policies_triggers_and_owners(self, kept: Kept, fresh: Path) -> None:
        read_back(kept, fresh)

        for question in (
            "SELECT polname, polrelid::regclass::text, polroles::regrole[]::text "
            "FROM pg_policy ORDER BY 1, 2, 3",
            "SELECT tgname, tgrelid::regclass::text, tgenabled FROM pg_trigger "
            "WHERE NOT tgisinternal ORDER BY 1, 2",
            "SELECT relname, relowner::regrole::text, relrowsecurity, relforcerowsecurity, "
            "(SELECT array_agg(one::text ORDER BY one::text) FROM unnest(relacl) AS one) "
            "FROM pg_class WHERE relnamespace = 'nrm'::regnamespace ORDER BY 1",
            "SELECT oid::regprocedure::text, proowner::regrole::text, (SELECT array_agg("
            "one::text ORDER BY one::text) FROM unnest(proacl) AS one) FROM pg_proc WHERE "
            "pronamespace = 'nrm'::regnamespace ORDER BY 1",
        ):
            assert asked(question, READ_BACK) == asked(question)

    def test_brings_back_the_secret_files_and_overwrites_none(
        self, kept: Kept, fresh: Path
    ) -> None:
        read_back(kept, fresh)

        assert (fresh / "secret_key").read_text(encoding="utf-8").startswith("a secret of this")
        (fresh / "secret_key").write_text("of the new machine", encoding="utf-8")
        administration().drop(READ_BACK)
        read_back(kept, fresh)
        assert (fresh / "secret_key").read_text(encoding="utf-8") == "of the new machine"
        beside = fresh / "secret_key.from_backup"
        assert beside.read_text(encoding="utf-8").startswith("a secret of this")
        assert beside.stat().st_mode & 0o077 == 0

    def test_opens_to_no_other_key(self, kept: Kept, fresh: Path) -> None:
        other = fresh / "other.key"
        other.write_text(encrypting.new_identity()[0], encoding="ascii")

        with pytest.raises(BackupRefused, match="not the one it was made for"):
            read_back(kept, fresh, by=encrypting.identities(other))

        assert not administration().has(READ_BACK)

    def test_leaves_nothing_open_beside_it(self, kept: Kept, fresh: Path) -> None:
        read_back(kept, fresh)

        assert {path.name for path in fresh.iterdir()} == {"private.key", "secret_key"}
        files = [path for path in kept.folder.rglob("*") if path.is_file()]
        assert {path.name for path in files} == {
            *("manifest.json", "record.age", "keys.age", "home.age"),
        }
        assert all(path.stat().st_mode & 0o077 == 0 for path in kept.folder.rglob("*.age"))
        assert not any(b"person_described" in path.read_bytes() for path in files)


class TestTheRecord:
    """The part that is kept for months: it opens nothing."""

    def test_has_no_key_and_no_search_entry_in_it(self, kept: Kept) -> None:
        with as_administrator() as connection:
            apart = set(tables.kept_apart(connection))
        told = json.loads((kept.record / "manifest.json").read_text(encoding="utf-8"))

        assert apart >= {
            *("nrm.wrap", "nrm.group_wrap", "nrm.group_key", "nrm.account_secret"),
            *("nrm.account_key", "nrm.search_entry", "nrm.calendar_address"),
        }
        assert apart.isdisjoint(told["rows"])
        assert "nrm.fact" in told["rows"]

    def test_points_to_nothing_that_is_kept_apart_or_left_out(self) -> None:
        """Else an older record could not be read beside newer keys."""
        with as_administrator() as connection:
            elsewhere = {*tables.kept_apart(connection), *tables.left_out(connection)}
            pairs = connection.execute(
                "SELECT (n.nspname || '.' || c.relname), (m.nspname || '.' || d.relname) "
                "FROM pg_constraint AS k JOIN pg_class AS c ON c.oid = k.conrelid "
                "JOIN pg_namespace AS n ON n.oid = c.relnamespace "
                "JOIN pg_class AS d ON d.oid = k.confrelid "
                "JOIN pg_namespace AS m ON m.oid = d.relnamespace WHERE k.contype = 'f'"
            ).fetchall()

        assert len(pairs) > 40
        assert [pair for pair in pairs if pair[0] not in elsewhere and pair[1] in elsewhere] == []

    def test_puts_a_new_table_with_bytes_among_the_keys(self) -> None:
        with as_administrator() as connection:
            connection.execute("CREATE TABLE nrm.some_new_custody (share bytea)")
            apart = tables.kept_apart(connection)
            connection.rollback()

        assert "nrm.some_new_custody" in apart

    def test_can_be_older_than_the_keys_it_is_read_with(self, kept: Kept, fresh: Path) -> None:
        stories.described(POLICE, stories.contact(POLICE), names="Newer Than That")
        newer = backed_up(kept.folder, kept.home, at=NOW + timedelta(minutes=1))

        restored = read_back(kept, fresh, keys=newer.keys)

        assert restored.without_record > 0
        assert asked("SELECT count(*) FROM nrm.wrap", READ_BACK) < asked(
            "SELECT count(*) FROM nrm.wrap"
        )


class TestADamagedBackup:
    """Nothing of it is believed, and nothing it was to replace is touched."""

    @pytest.fixture
    def copy(self, kept: Kept, tmp_path: Path) -> Kept:
        folder = tmp_path / "copy"
        shutil.copytree(kept.folder, folder)
        parts = (folder / part.relative_to(kept.folder) for part in (kept.record, kept.keys))
        return Kept(folder, kept.home, *parts)

    @pytest.mark.parametrize("file", ("record.age", "keys.age", "home.age", "manifest.json"))
    def test_is_refused_for_one_flipped_byte(self, copy: Kept, fresh: Path, file: str) -> None:
        path = next(one for part in (copy.record, copy.keys) for one in part.glob(file))
        content = bytearray(path.read_bytes())
        content[len(content) // 2] ^= 1
        path.write_bytes(bytes(content))

        with pytest.raises(BackupRefused):
            read_back(copy, fresh)

        assert not administration().has(READ_BACK)

    def test_is_refused_when_it_was_cut_short_or_a_file_is_gone(
        self, copy: Kept, fresh: Path
    ) -> None:
        path = copy.record / "record.age"
        path.write_bytes(path.read_bytes()[:-40])
        with pytest.raises(BackupRefused, match="damaged"):
            read_back(copy, fresh)
        path.unlink()
        with pytest.raises(BackupRefused, match="missing"):
            read_back(copy, fresh)

    def test_is_refused_when_rewritten_with_another_signature(
        self, copy: Kept, fresh: Path
    ) -> None:
        ours = SIGNER.public_key().public_bytes_raw().hex()
        for part, folder in (("record", copy.record), ("keys", copy.keys)):
            known = manifest.read(folder, part=part, signer=ours)
            forged = manifest.signed(known, Ed25519PrivateKey.generate())
            (folder / manifest.NAME).write_text(manifest.written(forged), encoding="utf-8")

        with pytest.raises(BackupRefused, match="not signed by the expected key"):
            read_back(copy, fresh, signer=ours)

    def test_is_refused_when_the_record_in_it_was_changed(self, copy: Kept, fresh: Path) -> None:
        """Somebody with all keys packs a record that does not hold together."""
        with changed_fact():
            bad = backed_up(copy.folder, copy.home, at=NOW + timedelta(minutes=2))

        with pytest.raises(BackupRefused, match="broken places"):
            read_back(bad, fresh)

        assert not administration().has(READ_BACK)


class TestTheFolderOfARestore:
    def test_stays_while_another_restore_begins_and_ends(self, tmp_path: Path) -> None:
        with scratch(tmp_path) as first:
            with scratch(tmp_path) as second:
                assert first != second
            assert first.exists()
            assert not second.exists()
        assert not list(tmp_path.iterdir())

    def test_goes_with_the_next_restore_when_its_own_was_killed(self, tmp_path: Path) -> None:
        left = tmp_path / "restoring-left"
        left.mkdir()
        (left / "record.dump").write_bytes(b"opened")

        with scratch(tmp_path):
            assert not left.exists()


class TestTheShelf:
    def test_ends_keys_long_before_records_and_never_the_newest(self, tmp_path: Path) -> None:
        begin = datetime(2026, 1, 1, tzinfo=UTC)
        for part in ("record", "keys"):
            for day in (0, 10, 20):
                (tmp_path / part / f"{begin + timedelta(days=day):%Y%m%dT%H%M%SZ}").mkdir(
                    parents=True
                )

        gone = shelf.end_old(tmp_path, at=begin + timedelta(days=60), record_days=55, keys_days=14)

        assert gone == [
            "record/20260101T000000Z",
            "keys/20260101T000000Z",
            "keys/20260111T000000Z",
        ]
        assert shelf.stamps(tmp_path, "keys") == ["20260121T000000Z"]

    def test_keeps_no_keys_longer_than_erasure_may_take(self, tmp_path: Path) -> None:
        with pytest.raises(BackupRefused, match="erased"):
            shelf.end_old(tmp_path, at=NOW, record_days=100, keys_days=15)

    def test_takes_no_unfinished_backup_for_one(self, tmp_path: Path) -> None:
        (tmp_path / "record" / ".20260101T000000Z.unfinished").mkdir(parents=True)

        with pytest.raises(BackupRefused, match="There is no backup"):
            shelf.named(tmp_path, "record", None)

    def test_holds_nothing_of_a_backup_that_could_not_be_written(
        self, tmp_path: Path, kept: Kept
    ) -> None:
        place = tmp_path / "full"
        place.mkdir()
        (place / "keys").write_text("a file where the folder belongs", encoding="utf-8")

        with pytest.raises(BackupRefused, match="could not be written"):
            backed_up(place, kept.home)

        assert [path.name for path in (place / "record").iterdir()] == [f"{NOW:%Y%m%dT%H%M%SZ}"]


class TestSecrets:
    def test_leave_out_marks_and_large_files(self, tmp_path: Path, kept: Kept) -> None:
        home = home_in(tmp_path)
        for name in ("seal.key", "database.lock", "serving", ".hidden"):
            (home / name).write_bytes(b"1")
        (home / "large").write_bytes(b"1" * 70_000)
        made = backed_up(tmp_path / "shelf", home)

        opened = tmp_path / "home.tar"
        encrypting.decrypt(made.keys / "home.age", opened, identity(tmp_path))

        with tarfile.open(fileobj=io.BytesIO(opened.read_bytes())) as archive:
            assert archive.getnames() == ["seal.key"]
        assert opened.stat().st_mode & 0o077 == 0
