"""Her own door under attack: guessed codes, stolen cards, other cases, and who runs the server."""

import time
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import psycopg
import pytest
from django.db import connections

from opennrm.casework.own_page import HARMLESS
from opennrm.records import own_door
from opennrm.records.own_door import NotOpened
from opennrm.records.own_pages import key_purpose, page_purpose
from opennrm.records.sealing import Cost, SealBroken, passphrase_keys, unlock, unseal
from opennrm.records.sessions import token_of
from tests import cast, stories
from tests.attacks import raw
from tests.database import as_administrator, as_role, signed_in
from tests.doors import HOUSE, MANAGER, PRESSED, WORDS, Card, assessed, begun, closed, entered

TABLES = ("own_door", "own_view", "own_session", "own_letter")


def rows(statement: str, *values: object) -> list[tuple[object, ...]]:
    with as_administrator() as connection:
        return connection.execute(statement, values).fetchall()


def is_shut(card: Card, words: str = WORDS) -> bool:
    """Tell whether the door stays shut to the right words."""
    try:
        own_door.enter(card.code, words)
    except NotOpened:
        return True
    return False


@pytest.fixture(scope="module")
def card(_database: None) -> Card:
    return begun()


class TestGuessing:
    def test_of_codes_finds_nothing_and_counts_nothing_against_her(self, card: Card) -> None:
        for _ in range(3):
            with pytest.raises(NotOpened):
                own_door.enter(own_door.new_code(), WORDS)

        assert not is_shut(card)

    def test_of_passphrases_makes_the_door_wait_longer_each_time(self) -> None:
        card = begun()
        for _ in range(5):
            assert is_shut(card, "not her words")

        assert is_shut(card)
        wait = (
            "UPDATE nrm.own_door SET tried_at = now() - interval '16 minutes' WHERE case_ref = %s"
        )
        with as_administrator() as connection:
            connection.execute(wait, [card.case])
        assert is_shut(card, "not her words")
        with as_administrator() as connection:
            connection.execute(wait, [card.case])
        assert is_shut(card), "the sixth wrong one waits half an hour"

    def test_from_many_processes_at_once_is_counted_once_each(self) -> None:
        card = begun()

        def tried(_: int) -> bool:
            try:
                return is_shut(card, "not her words")
            finally:
                connections.close_all()

        with ThreadPoolExecutor(4) as pool:
            assert all(pool.map(tried, range(8)))
        counted = rows("SELECT tries FROM nrm.own_door WHERE case_ref = %s", card.case)
        assert counted == [(5,)]

    def test_closes_for_good_after_twenty_and_tells_her_case_manager(self) -> None:
        card = begun()
        with as_administrator() as connection:
            connection.execute(
                "UPDATE nrm.own_door SET tries = 19, tried_at = now() - interval '1 day' "
                "WHERE case_ref = %s",
                [card.case],
            )
        assert is_shut(card, "not her words")

        assert rows(
            "SELECT closed_at IS NULL FROM nrm.own_door WHERE case_ref = %s", card.case
        ) == [(False,)]

    def test_takes_as_long_for_an_unknown_code_as_for_wrong_words(self) -> None:
        case = begun(pressed="").case
        code = own_door.new_code()
        with as_administrator() as connection:
            connection.execute(
                "UPDATE nrm.own_door SET memory_kib = 65536, passes = 2, code_hash = %s "
                "WHERE case_ref = %s",
                [own_door.digest(code), case],
            )

        def took(with_code: str) -> float:
            began = time.perf_counter()
            assert is_shut(Card(case, with_code), "not her words")
            return time.perf_counter() - began

        known = min(took(code) for _ in range(4))
        unknown = min(took(own_door.new_code()) for _ in range(4))
        assert 0.5 < known / unknown < 2


class TestAnotherCard:
    def test_opens_its_own_page_only(self, card: Card) -> None:
        other = begun()

        assert entered(other).door != entered(card).door
        assert is_shut(Card(other.case, other.code), PRESSED + "?")

    def test_keys_do_not_open_a_page_moved_between_doors(self, card: Card) -> None:
        """Whoever holds the database swaps the sealed pages of two people."""
        other = begun()
        mine, theirs = (
            rows(
                "SELECT page FROM nrm.own_view JOIN nrm.own_door USING (door_ref) "
                "WHERE case_ref = %s AND NOT is_harmless",
                one.case,
            )[0][0]
            for one in (card, other)
        )
        swap = (
            "UPDATE nrm.own_view SET page = %s FROM nrm.own_door "
            "WHERE own_view.door_ref = own_door.door_ref AND case_ref = %s AND NOT is_harmless"
        )
        with as_administrator() as connection:
            connection.execute(swap, [theirs, card.case])

        assert own_door.resume(own_door.enter(card.code, WORDS)) is None
        with as_administrator() as connection:
            connection.execute(swap, [mine, card.case])
        assert own_door.resume(own_door.enter(card.code, WORDS)) is not None


class TestTheDoorShutsByItself:
    def test_when_the_assessment_lapses_or_says_otherwise(self) -> None:
        for change in ({"days": -1}, {"own_access": False}):
            card = begun()
            secret = own_door.enter(card.code, WORDS)
            assessed(card.case, **change)  # type: ignore[arg-type]

            assert own_door.resume(secret) is None
            assert is_shut(card)
            assert is_shut(card, PRESSED)

    def test_when_she_is_with_that_organisation_no_more(self) -> None:
        card = begun()
        secret = own_door.enter(card.code, WORDS)
        given = rows(
            "SELECT DISTINCT basis_fact FROM nrm.access WHERE case_ref = %s AND role = 'CM'",
            card.case,
        )[0][0]
        stories.withdrawn(cast.POLICE_OFFICER, card.case, given)  # type: ignore[arg-type]

        assert own_door.resume(secret) is None
        assert is_shut(card)

    def test_and_stays_shut_after_closing(self, card: Card) -> None:
        shut = begun()
        closed(shut.case)

        assert is_shut(shut)
        assert is_shut(shut, PRESSED)


class TestWhoRunsTheServer:
    def test_opens_no_page_with_everything_but_code_and_words(self, card: Card) -> None:
        row = rows(
            "SELECT door_ref, salt, memory_kib, passes, proof_hash, sealed_private, page "
            "FROM nrm.own_view JOIN nrm.own_door USING (door_ref) "
            "WHERE case_ref = %s AND NOT is_harmless",
            card.case,
        )[0]
        door, salt, memory, passes, proof, private, page = row

        for guess in (WORDS, f"|{WORDS}", f"{own_door.typed(own_door.new_code())}|{WORDS}"):
            keys = passphrase_keys(guess, bytes(salt), Cost(memory, passes))  # type: ignore[arg-type]
            with pytest.raises(SealBroken):
                unlock(bytes(private), keys.secret, key_purpose(door))  # type: ignore[arg-type]
        with pytest.raises(SealBroken):
            unlock(bytes(private), bytes(proof), key_purpose(door))  # type: ignore[arg-type]
        assert b"consent_given" not in bytes(page)  # type: ignore[arg-type]

    def test_opens_none_with_a_live_session_in_the_database(self, card: Card) -> None:
        entered(card)
        kept = rows(
            "SELECT session_key, token_hash FROM nrm.own_session "
            "JOIN nrm.own_door USING (door_ref) WHERE case_ref = %s",
            card.case,
        )
        door = rows("SELECT door_ref FROM nrm.own_door WHERE case_ref = %s", card.case)[0][0]

        for locked, token_hash in kept:
            with pytest.raises(SealBroken):
                unlock(bytes(locked), bytes(token_hash), key_purpose(door))  # type: ignore[arg-type]

    def test_finds_the_control_open_to_code_and_words_together(self, card: Card) -> None:
        door, salt, memory, passes, private, page = rows(
            "SELECT door_ref, salt, memory_kib, passes, sealed_private, page "
            "FROM nrm.own_view JOIN nrm.own_door USING (door_ref) "
            "WHERE case_ref = %s AND NOT is_harmless",
            card.case,
        )[0]
        keys = passphrase_keys(
            f"{own_door.typed(card.code)}|{WORDS}",
            bytes(salt),  # type: ignore[arg-type]
            Cost(memory, passes),  # type: ignore[arg-type]
        )
        key = unlock(bytes(private), keys.secret, key_purpose(door))  # type: ignore[arg-type]

        assert b"consent_given" in unseal(bytes(page), key, page_purpose(door))  # type: ignore[arg-type]

    def test_finds_code_and_words_in_no_table(self, card: Card) -> None:
        dump = ""
        with as_administrator() as connection:
            for table in (*TABLES, "fact", "journal", "notice"):
                found = connection.execute(f"SELECT one::text FROM nrm.{table} AS one").fetchall()
                dump += "".join(text for (text,) in found)

        for secret in (card.code, own_door.typed(card.code), WORDS, PRESSED):
            assert secret not in dump
            assert secret.encode().hex() not in dump


class TestTheApplicationsRole:
    @pytest.mark.parametrize("table", TABLES)
    def test_reads_no_table_of_doors_even_with_a_reader(self, card: Card, table: str) -> None:
        with raw.reader(signed_in(MANAGER).token) as connection:
            assert raw.refused(connection, f"SELECT * FROM nrm.{table}") == "42501"

    def test_gets_nothing_from_her_functions_with_a_made_up_token(self) -> None:
        with as_role(raw.APP) as connection:
            for call in (
                "own_page('x')",
                "own_page_seen_by('x')",
                "own_letters('x')",
                "own_letter_key('x', 'feedback')",
            ):
                assert connection.execute(f"SELECT * FROM nrm.{call}").fetchall() == []

    def test_is_no_reader_of_the_record_with_her_token(self, card: Card) -> None:
        """Her session, smuggled into the place of a worker's, lets nobody read a row."""
        token = token_of(own_door.enter(card.code, WORDS), own_door.TOKEN)
        with as_role(raw.APP) as connection:
            with pytest.raises(psycopg.Error), connection.transaction():
                connection.execute("SELECT nrm.bind_reader(%s)", [token])
            connection.execute("SELECT set_config('opennrm.token', %s, false)", [token])
            for table in ("fact (fact_ref)", "access (access_ref)", "worklist (case_ref)"):
                name, column = table[:-1].split(" (")
                found = connection.execute(f"SELECT {column} FROM nrm.{name}").fetchall()
                assert found == []

    def test_does_not_begin_a_door_for_somebody_who_is_not_signed_in(self, card: Card) -> None:
        with as_role(raw.APP) as connection:
            begun_by = connection.execute(
                "SELECT nrm.begin_own_door(%s, %s, '', 1, 1, '{}', '{}', '{}', '')",
                [card.case, own_door.digest(card.code)],
            ).fetchone()

        assert begun_by == (None,)

    def test_writes_no_step_of_hers(self, card: Card) -> None:
        with as_role(raw.APP) as connection:
            for call in (
                f"nrm.withdraw_own('x', '{uuid4()}', '{{}}', '[]')",
                "nrm.close_own('x')",
                f"nrm.keep_own_page('{uuid4()}', '')",
                f"nrm.open_own_door('{uuid4()}', '')",
                f"nrm.close_rows('{card.case}', NULL, NULL)",
                f"nrm.shut_own_door('{card.case}')",
            ):
                assert raw.refused(connection, f"SELECT {call}") == "42501"


class TestWhatNeverShows:
    def test_is_in_no_page_of_hers(self) -> None:
        """Words planted in every sealed part she could read, and the name of her house."""
        card = begun()
        stories.consent(MANAGER, card.case, HOUSE, "SH", ("D1",), note="Zebrastreet 9")

        page = entered(card).page.to_bytes().decode()

        for planted in ("Teuta", "Rama", "A van came", "Zebrastreet", "sparrow"):
            assert planted not in page
        assert str(HOUSE.actor.organisation) not in page
        assert '"D3"' not in page

    def test_is_in_no_harmless_page(self) -> None:
        plain = HARMLESS.to_bytes().decode()

        for telling in ("consent", "D4", "D6", "court", "screening"):
            assert telling not in plain.replace('"consents": []', "")
