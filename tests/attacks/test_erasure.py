"""An erased case opens to nobody, in no copy; what proves and what is counted stays."""

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from opennrm.casework.closing import Closure, close_case
from opennrm.casework.contact import (
    Contact,
    PersonDescription,
    describe_person,
    record_contact,
)
from opennrm.casework.erasing import RecordErased, erase_record
from opennrm.casework.refusals import AccessMissing, CaseNotFound
from opennrm.casework.retention import Erasure, LegalHold, propose_erasure, set_legal_hold
from opennrm.casework.screening import Screening, record_screening
from opennrm.config.database_server.administering import ServerAdministration
from opennrm.config.databases import server as this_server
from opennrm.records import queries, rebuilding, seals
from opennrm.records.backup import encrypting, restoring
from opennrm.records.backup.writing import Plan, back_up
from opennrm.records.keyring import Wrap, fact_purpose
from opennrm.records.sealing import SealBroken, unseal
from opennrm.records.verifying import verify
from tests import cast, stories
from tests.attacks import raw
from tests.attacks.figures import told
from tests.database import DATABASE, NOW, as_administrator, signed_in
from tests.rights.removing import without
from tests.stories import do_at

OFFICER, COLLEAGUE = cast.POLICE_OFFICER, cast.POLICE_COLLEAGUE
BEFORE = NOW - timedelta(days=3)
HOW_MANY, PARTS = int(os.environ.get("OPENNRM_ERASED", "5")), 3
CONTACT = Contact(route="own_detection", channel="in_person", contact_on=BEFORE.date())
READ_BACK = f"{DATABASE}_erased"
SIGNER = Ed25519PrivateKey.generate()
PRIVATE, PUBLIC = encrypting.new_identity()
WRAPS = (
    "SELECT a.case_ref, a.compartment, w.version, a.organisation, a.role, a.account, w.ciphertext "
    "FROM nrm.wrap AS w JOIN nrm.access AS a USING (access_ref) WHERE a.case_ref = %s"
)
SEALED = (
    "SELECT compartment, key_version, fact_ref, sealed FROM nrm.fact "
    "WHERE case_ref = %s AND sealed IS NOT NULL"
)


def differences(look: Callable[..., Any], *cases: UUID) -> list[Any]:
    """What a rebuilding would change in these cases; others belong to other tests."""
    found = look(lambda done, of: None).differences
    return [one for one in found if one.case_ref in cases]


def case_over(name: str, *, kept_until: int = -1) -> UUID:
    """A case with a sealed name and sealed words, begun and closed some days ago."""
    begun = replace(CONTACT, words=f"Words of {name}", safe_way="Sundays")
    case_ref = do_at(BEFORE, record_contact, OFFICER, contact=begun)
    person = PersonDescription(names=name)
    do_at(BEFORE, describe_person, OFFICER, case_ref=case_ref, person=person)
    closed(case_ref, kept_until)
    return case_ref


def closed(case_ref: UUID, kept_until: int = -1) -> None:
    closure = Closure(exit_kind="moved", retention_until=stories.in_days(kept_until),
                      plan_reviewed=True, claims_listed=True, safety_plan=True,
                      return_contact=True)  # fmt: skip
    do_at(BEFORE, close_case, OFFICER, case_ref=case_ref, closure=closure)


def proposed(case_ref: UUID) -> None:
    erasure = Erasure(proposed_on=stories.TODAY)
    do_at(NOW, propose_erasure, OFFICER, case_ref=case_ref, erasure=erasure)


def erased(case_ref: UUID, who: cast.Member = COLLEAGUE) -> None:
    erasing = RecordErased(erased_on=stories.TODAY)
    do_at(NOW, erase_record, who, case_ref=case_ref, erasing=erasing)


def read_parts(case_ref: UUID, database: str = DATABASE) -> int:
    """Count the sealed parts that open with every key of every person of the cast."""
    with psycopg.connect(**this_server().admin_dsn(database)) as connection:
        wraps = [
            Wrap(*row[:6], bytes(row[6]))
            for row in connection.execute(WRAPS, [case_ref]).fetchall()
        ]
        sealed = connection.execute(SEALED, [case_ref]).fetchall()
    keys = {(one.compartment, one.version): key for one in wraps for key in _opened(one)}
    return sum(_opens(case_ref, row, keys) for row in sealed)


def _opened(wrap: Wrap) -> Iterator[bytes]:
    for who in (OFFICER, COLLEAGUE, cast.CASE_MANAGER):
        try:
            yield signed_in(who).keyring.open_wrap(wrap)
        except SealBroken:
            continue


def _opens(case_ref: UUID, row: tuple, keys: dict[tuple[str, int], bytes]) -> bool:
    part, version, fact_ref, sealed = row
    if (part, version) not in keys:
        return False
    unseal(bytes(sealed), keys[(part, version)], fact_purpose(case_ref, part, version, fact_ref))
    return True


def asked(question: str, *values: object) -> list[tuple[object, ...]]:
    with as_administrator() as connection:
        return connection.execute(question, values).fetchall()


class TestAnErasedCase:
    @pytest.fixture(scope="class")
    @classmethod
    def gone(cls) -> UUID:
        case_ref = case_over("Erasena Plepi")
        seals.seal_record(SIGNER, at=NOW)
        assert read_parts(case_ref) == PARTS
        proposed(case_ref)
        erased(case_ref)
        return case_ref

    def test_is_found_by_nobody(self, gone: UUID) -> None:
        for who in (OFFICER, COLLEAGUE):
            found = queries.find_people(signed_in(who), "Erasena Plepi", at=NOW)
            assert not [hit for hit in found if hit.case_ref == gone]
            with pytest.raises(CaseNotFound):
                stories.folded(who, gone)

    def test_has_neither_word_nor_key_nor_salt_left(self, gone: UUID) -> None:
        left = asked(
            "SELECT open::text, sealed, open_salt, sealed_salt FROM nrm.fact "
            "WHERE case_ref = %s AND kind <> 'record_erased'",
            gone,
        )
        tables = ("scope_key", "search_entry", "worklist", "deadline", "statistics_link", "seen")
        rows = [asked(f"SELECT count(*) FROM nrm.{t} WHERE case_ref = %s", gone) for t in tables]

        assert set(left) == {("{}", None, b"", b"")}
        assert (read_parts(gone), rows) == (0, [[(0,)]] * len(tables))

    def test_is_left_in_no_table_but_those_that_prove(self, gone: UUID) -> None:
        """A table somebody adds later is emptied by erasure, or named here with a reason."""
        proving = {"case_head", "fact", "access", "journal", "erasure"}
        tables = asked(
            "SELECT c.relname FROM pg_attribute AS a JOIN pg_class AS c ON c.oid = a.attrelid "
            "WHERE c.relnamespace = 'nrm'::regnamespace AND c.relkind = 'r' "
            "AND a.attname = 'case_ref' AND NOT a.attisdropped"
        )

        left = {
            name
            for (name,) in tables
            if asked(f"SELECT count(*) FROM nrm.{name} WHERE case_ref = %s", gone) != [(0,)]
        }

        assert len(tables) > 10
        assert left <= proving

    def test_stays_in_the_figures_without_a_link(self) -> None:
        case_ref = case_over("Counted Once")
        screening = Screening(presumed=True, reason="Signs", notes="Notes")
        other = do_at(BEFORE, record_contact, OFFICER, contact=CONTACT)
        do_at(BEFORE, record_screening, OFFICER, case_ref=other, screening=screening)
        with without("R58"):
            closed(other)
        row = asked("SELECT row_ref FROM nrm.statistics_link WHERE case_ref = %s", other)
        proposed(other)
        proposed(case_ref)

        erased(other)
        erased(case_ref)

        person = asked("SELECT count(*) FROM statistics.person WHERE row_ref = %s", row[0][0])
        link = asked("SELECT count(*) FROM nrm.statistics_link WHERE row_ref = %s", row[0][0])
        assert (person, link) == ([(1,)], [(0,)])
        assert differences(rebuilding.check, case_ref, other) == []
        assert differences(rebuilding.rebuild, case_ref, other) == []

    def test_leaves_chains_seals_and_projections_whole(self, gone: UUID) -> None:
        assert verify().broken == ()
        assert seals.faults() == ()
        assert differences(rebuilding.check, gone) == []

    def test_shows_when_somebody_blanks_a_case_that_was_not_erased(self) -> None:
        case_ref = case_over("Blank Withoutword")
        with as_administrator() as connection:
            connection.execute("ALTER TABLE nrm.fact DISABLE TRIGGER only_added")
            connection.execute(
                "UPDATE nrm.fact SET open = '{}', sealed = NULL, open_salt = '', sealed_salt = '' "
                "WHERE case_ref = %s",
                [case_ref],
            )
            plain = connection.execute("SELECT what FROM nrm.broken_chains()").fetchall()
            connection.execute(
                "INSERT INTO nrm.erasure (case_ref, fact_ref, account, organisation) "
                "VALUES (%s, gen_random_uuid(), gen_random_uuid(), gen_random_uuid())",
                [case_ref],
            )
            covered = connection.execute("SELECT what FROM nrm.broken_chains()").fetchall()
            connection.rollback()

        assert {("open_part_changed",), ("sealed_part_changed",)} <= set(plain)
        assert covered == [("erased_without_record",)]


class TestErasing:
    """The database decides by itself, whatever the code above it asks."""

    def test_is_refused_by_the_database_without_a_second_person(self) -> None:
        case_ref = case_over("Oneperson Only")
        proposed(case_ref)

        with without("R50"), pytest.raises(AccessMissing):
            past_the_code(case_ref, OFFICER)
        assert read_parts(case_ref) == PARTS

    def test_is_refused_by_the_database_on_hold_and_before_its_time(self) -> None:
        held, early = case_over("Held Fast"), case_over("Too Early", kept_until=9)
        proposed(held)
        hold = LegalHold(reason="open_claim", review_on=stories.in_days(30))
        do_at(NOW, set_legal_hold, OFFICER, case_ref=held, hold=hold)
        with without("R50"):
            proposed(early)

            for case_ref in (held, early):
                with pytest.raises(AccessMissing):
                    erased(case_ref)
        assert read_parts(held) == PARTS

    def test_is_no_function_anybody_calls_by_hand(self) -> None:
        case_ref = case_over("Byhand Never")
        proposed(case_ref)
        calls = (
            f"SELECT nrm.erase_case('{case_ref}', gen_random_uuid())",
            f"SELECT nrm.blank_case('{case_ref}')",
            "SELECT nrm.erase_again()",
            "DELETE FROM nrm.erasure",
            "UPDATE nrm.fact SET open = '{}'",
        )
        for role in (raw.APP, raw.RECORDER):
            with raw.reader(signed_in(COLLEAGUE).token, role) as connection:
                codes = {raw.refused(connection, call) for call in calls}
            assert codes <= {"42501", "NR403"}


def past_the_code(case_ref: UUID, who: cast.Member) -> None:
    """Erase as whoever proposed it, with the question who did taken out of the code."""
    from opennrm.casework import erasing

    kept, erasing._proposed_by_another = (
        erasing._proposed_by_another,
        lambda case, actor: case.newest("erasure_proposed"),
    )
    try:
        erased(case_ref, who)
    finally:
        erasing._proposed_by_another = kept


class TestTheOldestBackup:
    """Restored beside the keys of today, it does not bring back what was erased since."""

    @pytest.fixture(scope="class")
    @classmethod
    def story(cls, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, object]]:
        cases = [case_over(f"Backupna Number{n}") for n in range(2 * HOW_MANY)]
        for case_ref in cases[:HOW_MANY]:
            proposed(case_ref)
        place = tmp_path_factory.mktemp("erasure")
        oldest = kept_in(place, NOW - timedelta(days=100))
        for case_ref in cases[:HOW_MANY]:
            erased(case_ref)
        yield {
            "gone": cases[:HOW_MANY],
            "stay": cases[HOW_MANY:],
            "oldest": oldest,
            "today": kept_in(place, NOW),
            "home": place,
        }

    @pytest.fixture(autouse=True)
    def _dropped(self) -> Iterator[None]:
        yield
        ServerAdministration(this_server(), DATABASE).drop(READ_BACK)

    def test_opens_none_of_the_erased_and_all_of_the_others(self, story: dict) -> None:
        restored = read_back(story, story["today"])

        gone, stay = counted(story, "gone"), counted(story, "stay")
        counts = {"erased": len(gone), "readable": sum(map(bool, gone))}
        told("erasure", **counts, others=len(stay), others_readable=sum(map(bool, stay)))
        assert restored.erased_again == HOW_MANY
        assert gone == [0] * HOW_MANY
        assert stay == [PARTS] * HOW_MANY

    def test_opens_none_of_them_by_hand_either(
        self, story: dict, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """With the tools of PostgreSQL alone: the bytes are back, and no key to them."""
        monkeypatch.setattr(restoring, "ERASE_AGAIN", "SELECT 0")
        monkeypatch.setattr(restoring, "BROKEN", "SELECT 0")

        read_back(story, story["today"])

        with psycopg.connect(**this_server().admin_dsn(READ_BACK)) as connection:
            assert len(connection.execute(SEALED, [story["gone"][0]]).fetchall()) == PARTS
        assert counted(story, "gone") == [0] * HOW_MANY
        assert counted(story, "stay") == [PARTS] * HOW_MANY

    def test_opens_them_all_where_wraps_are_kept_as_long_as_the_record(self, story: dict) -> None:
        """The control: keys of the same age, as no backup may keep them."""
        read_back(story, story["oldest"])

        assert counted(story, "gone") == [PARTS] * HOW_MANY


def kept_in(place: Path, at: object) -> tuple[Path, Path]:
    plan = Plan(folder=place / "shelf", home=place, to=encrypting.recipients([PUBLIC]),
                signer=SIGNER, at=at)  # fmt: skip
    return back_up(ServerAdministration(this_server(), DATABASE), plan)


def read_back(story: dict, keys: tuple[Path, Path]) -> restoring.Restored:
    path = story["home"] / "private.key"
    path.write_text(PRIVATE, encoding="ascii")
    source = restoring.Source(
        record=story["oldest"][0], keys=keys[1], by=encrypting.identities(path)
    )
    server = ServerAdministration(this_server(), DATABASE)
    return restoring.restore_into(server, READ_BACK, source, home=story["home"])


def counted(story: dict, which: str) -> list[int]:
    return [read_parts(case_ref, READ_BACK) for case_ref in story[which]]
