"""Settings, plans, errors, views of the server: nothing beside the tables tells what they hold."""

from uuid import uuid4

import psycopg
import pytest
from django.db import connections, transaction

from tests import cast, stories
from tests.attacks import raw
from tests.attacks.at_once import at_once
from tests.database import as_administrator, as_role, signed_in

POLICE = cast.POLICE_OFFICER
OTHER = cast.SHELTER_WITHOUT_CONSENT
NO_PRIVILEGE = "42501"


@pytest.fixture(scope="module")
def case_ref():
    made = stories.contact(POLICE, words="The papers were kept in a safe.")
    for _ in range(8):
        stories.described(POLICE, made, names="Besarta Hoti")
    return made


def facts_of(connection, case_ref, *, prepare=None):
    statement = "SELECT count(*) FROM nrm.fact WHERE case_ref = %s"
    return connection.execute(statement, [case_ref], prepare=prepare).fetchone()[0]


class TestASetting:
    """No name in a setting makes anybody a reader; only a token does."""

    @pytest.mark.parametrize(
        "name",
        (
            "opennrm.reader_account",
            "opennrm.account",
            "opennrm.organisation",
            "opennrm.reader_organisation",
            "opennrm.roles",
            "opennrm.reader",
            "opennrm.user",
            "nrm.reader_account",
            "nrm.token",
        ),
    )
    @pytest.mark.parametrize("value", (POLICE.account, POLICE.actor.organisation, "FR", "*"))
    def test_opens_nothing(self, case_ref, name, value):
        with as_role(raw.APP) as connection:
            connection.execute("SELECT set_config(%s, %s, false)", [name, str(value)])

            assert facts_of(connection, case_ref) == 0
            assert connection.execute("SELECT nrm.reader_account()").fetchone() == (None,)

    def test_that_is_a_token_opens_what_its_owner_may_read(self, case_ref):
        """The control: it is the token, not the setting, that is believed."""
        with raw.reader(signed_in(POLICE).token) as connection:
            assert facts_of(connection, case_ref) > 0

    @pytest.mark.parametrize("token", ("%", "' OR true --", "\\x00", "0" * 64, "a" * 100_000))
    def test_holding_a_strange_token_opens_nothing(self, case_ref, token):
        with raw.reader(token) as connection:
            assert facts_of(connection, case_ref) == 0

    def test_holding_the_hash_of_a_token_opens_nothing(self, case_ref):
        with as_administrator() as connection:
            hashes = connection.execute("SELECT encode(token_hash, 'hex') FROM nrm.sign_in")
            kept = [value for (value,) in hashes.fetchall()]

        with as_role(raw.APP) as connection:
            for value in kept:
                connection.execute("SELECT set_config('opennrm.token', %s, true)", [value])
                assert facts_of(connection, case_ref) == 0

    def test_of_another_transaction_is_not_seen(self, case_ref):
        with as_role(raw.APP) as connection:
            with connection.transaction():
                connection.execute("SELECT nrm.bind_reader(%s)", [signed_in(POLICE).token])
                assert facts_of(connection, case_ref, prepare=True) > 0

            assert facts_of(connection, case_ref, prepare=True) == 0

    def test_of_another_reader_does_not_stay_in_a_prepared_statement(self, case_ref):
        with as_role(raw.APP) as connection:
            for who, sees in ((POLICE, True), (OTHER, False), (POLICE, True)):
                token = signed_in(who).token
                connection.execute("SELECT set_config('opennrm.token', %s, false)", [token])
                for _ in range(7):
                    assert (facts_of(connection, case_ref, prepare=True) > 0) is sees

    def test_that_switches_row_security_off_ends_in_an_error(self, case_ref):
        with raw.reader(signed_in(OTHER).token) as connection:
            connection.execute("SET row_security = off")

            code = raw.refused(connection, "SELECT fact_ref FROM nrm.fact")
        assert code == NO_PRIVILEGE

    @pytest.mark.parametrize(
        "path", ("public, nrm, pg_catalog", "pg_temp, nrm, pg_catalog", "nrm", "")
    )
    def test_of_the_search_path_changes_no_answer(self, case_ref, path):
        with raw.reader(signed_in(OTHER).token) as connection:
            connection.execute("SELECT set_config('search_path', %s, true)", [path])

            assert facts_of(connection, case_ref) == 0
            sealed = connection.execute(
                "SELECT * FROM nrm.read_sealed(%s, %s)", [case_ref, raw.EVERY_PART]
            )
            assert sealed.fetchall() == []


class TestAClauseOfItsOwn:
    """Conditions an attacker adds are asked only about rows she may see."""

    @pytest.mark.parametrize(
        "clause",
        (
            "kind::int = 1",
            "1 / (sequence - sequence) = 1",
            "open::text::int = 1",
            "compartment::regclass IS NULL",
            "query_to_xml('SELECT ' || kind, true, true, '') IS NOT NULL",
        ),
    )
    def test_raises_no_error_that_would_show_a_hidden_row(self, case_ref, clause):
        with raw.reader(signed_in(OTHER).token) as connection:
            statement = f"SELECT 1 FROM nrm.fact WHERE case_ref = %s AND {clause}"

            assert connection.execute(statement, [case_ref]).fetchall() == []

    def test_would_raise_it_for_a_row_that_is_open(self, case_ref):
        """The control."""
        with raw.reader(signed_in(POLICE).token) as connection:
            statement = f"SELECT 1 FROM nrm.fact WHERE case_ref = '{case_ref}' AND kind::int = 1"

            assert raw.refused(connection, statement) == "22P02"

    def test_in_an_anonymous_block_sees_no_more(self, case_ref):
        block = (
            "DO $$ BEGIN IF EXISTS (SELECT 1 FROM nrm.fact WHERE case_ref = "
            f"'{case_ref}') THEN RAISE EXCEPTION 'there'; END IF; END $$"
        )
        with raw.reader(signed_in(OTHER).token) as connection:
            connection.execute(block)

    def test_copies_out_only_what_is_open(self, case_ref):
        copied = {}
        for who in (OTHER, POLICE):
            with raw.reader(signed_in(who).token) as connection, connection.cursor() as cursor:
                query = f"COPY (SELECT kind FROM nrm.fact WHERE case_ref = '{case_ref}') TO STDOUT"
                with cursor.copy(query) as lines:
                    copied[who] = len(list(lines.rows()))

        assert copied[OTHER] == 0
        assert copied[POLICE] > 0

    @pytest.mark.parametrize("target", ("PROGRAM 'cat'", "'/tmp/opennrm-copied'"))
    def test_copies_nothing_to_the_machine(self, target):
        with as_role(raw.APP) as connection:
            assert raw.refused(connection, f"COPY (SELECT 1) TO {target}") == NO_PRIVILEGE


class TestTheCatalogue:
    """What the server tells everybody about itself says nothing about a case."""

    @pytest.fixture(autouse=True)
    def _analysed(self, case_ref):
        with as_administrator() as connection:
            connection.autocommit = True
            connection.execute("ANALYZE")

    def test_keeps_no_sample_of_values_for_the_application(self):
        with as_role(raw.APP) as connection:
            kept = connection.execute("SELECT * FROM pg_stats WHERE schemaname = 'nrm'")

            assert kept.fetchall() == []
            assert raw.refused(connection, "SELECT * FROM pg_statistic") == NO_PRIVILEGE

    def test_shows_the_number_of_no_sequence(self):
        with as_role(raw.APP) as connection:
            numbers = connection.execute(
                "SELECT sequencename FROM pg_sequences WHERE schemaname = 'nrm' "
                "AND last_value IS NOT NULL"
            )

            assert numbers.fetchall() == []
            code = raw.refused(connection, "SELECT last_value FROM nrm.journal_entry_seq")
        assert code == NO_PRIVILEGE

    def test_shows_no_value_another_worker_sends(self):
        token = signed_in(POLICE).token
        with transaction.atomic(), connections["default"].cursor() as cursor:
            cursor.execute("SELECT nrm.bind_reader(%s)", [token])

            with as_role(raw.APP) as connection:
                texts = connection.execute("SELECT query FROM pg_stat_activity").fetchall()
        assert any("bind_reader" in (text or "") for (text,) in texts)
        assert token not in str(texts)

    def test_shows_no_statement_of_the_recorder(self):
        with raw.reader(signed_in(POLICE).token, raw.RECORDER), as_role(raw.APP) as connection:
            texts = connection.execute(
                "SELECT query FROM pg_stat_activity WHERE usename = 'opennrm_recorder'"
            ).fetchall()

        assert {text for (text,) in texts} <= {"<insufficient privilege>"}


class TestAMessage:
    """A refusal for a hidden case is the refusal for one that does not exist."""

    CALLS = (
        "SELECT nrm.lock_case(%s)",
        "SELECT nrm.append_fact(%s, gen_random_uuid(), 'breach_observed', 'D1', now(), 'consent', "
        "NULL, '{}', NULL, 0, NULL)",
        "SELECT nrm.append_fact(%s, gen_random_uuid(), 'breach_observed', 'D1', now(), 'consent', "
        "NULL, '{}', NULL, 0, 1)",
        "SELECT nrm.grant_access(%s, gen_random_uuid(), nrm.reader_organisation(), 'CM', NULL, "
        "'D1', 'read', 'open', gen_random_uuid(), NULL, now(), now() + interval '1 day')",
        "SELECT nrm.open_access(%s, gen_random_uuid(), now())",
        "SELECT nrm.close_access(%s, gen_random_uuid(), gen_random_uuid())",
        "SELECT nrm.keep_scope_key(%s, 'D2', 1, '')",
        "SELECT nrm.keep_search_entry(%s, gen_random_uuid(), 'D2', '', NULL)",
        "SELECT * FROM nrm.read_sealed(%s, ARRAY['D2'])",
    )

    @pytest.mark.parametrize("call", CALLS)
    def test_is_the_same_for_both(self, case_ref, call):
        answers = []
        for asked in (case_ref, uuid4()):
            with raw.reader(signed_in(OTHER).token, raw.RECORDER) as connection:
                try:
                    answers.append(str(connection.execute(call, [asked]).fetchall()))
                except psycopg.Error as refusal:
                    answers.append(f"{refusal.sqlstate} {refusal.diag.message_primary}")

        assert answers[0] == answers[1]


class TestAnotherChannel:
    """What everybody may use carries nothing of the record."""

    def test_hears_nothing_when_a_case_changes(self, case_ref):
        heard = []
        with as_role(raw.APP) as connection:
            connection.autocommit = True
            for channel in ("nrm", "fact", "opennrm", "cases"):
                connection.execute(f"LISTEN {channel}")
            at_once([lambda: stories.described(POLICE, case_ref, names="Teuta")])
            heard += list(connection.notifies(timeout=0.2))

        assert heard == []

    def test_finds_no_lock_named_after_a_case(self, case_ref):
        with raw.reader(signed_in(POLICE).token, raw.RECORDER) as busy:
            busy.execute("SELECT nrm.lock_case(%s)", [case_ref])
            with as_role(raw.APP) as connection:
                # Other databases of this server, and who sets one up, lock what is theirs.
                locks = connection.execute(
                    "SELECT * FROM pg_locks WHERE locktype = 'advisory' AND database = ("
                    "SELECT oid FROM pg_database WHERE datname = current_database())"
                )

                assert locks.fetchall() == []
