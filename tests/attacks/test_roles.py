"""What the database's own roles may do, read from its catalogue and then tried."""

from collections.abc import Iterator

import psycopg
import pytest

from opennrm.config.databases import server
from opennrm.config.preparing import TURN
from opennrm.records.people.asking import ARGUMENTS
from tests import cast, stories
from tests.attacks import raw
from tests.database import as_administrator, as_role, signed_in

ROLES = (
    "opennrm_owner",
    "opennrm_definer",
    "opennrm_app",
    "opennrm_recorder",
    "opennrm_statistics",
)
LOGIN = tuple(role for role in ROLES if role != "opennrm_definer")
FUNCTIONS = (
    "SELECT p.oid::regprocedure::text, p.prosecdef, pg_get_userbyid(p.proowner), "
    "coalesce(p.proconfig, '{}'), p.proacl IS NULL OR EXISTS (SELECT 1 FROM aclexplode(p.proacl) "
    "WHERE grantee = 0) FROM pg_proc AS p WHERE p.pronamespace = 'nrm'::regnamespace"
)
HARMLESS = {"nrm.only_codes(jsonb)", "nrm.refuse_change()"}
REFUSED, NO_PRIVILEGE = "NR403", "42501"


def rows(statement: str, *values: object) -> list[tuple[object, ...]]:
    with as_administrator() as connection:
        return connection.execute(statement, values).fetchall()


@pytest.fixture(scope="module", autouse=True)
def case():
    case_ref = stories.contact(cast.POLICE_OFFICER, words="A van came each morning.")
    stories.described(cast.POLICE_OFFICER, case_ref, names="Teuta Rama")
    return case_ref


@pytest.fixture()
def _no_migration() -> Iterator[None]:
    """Keep other test processes from lending the owner the definer's rights meanwhile."""
    with psycopg.connect(**server().admin_dsn()) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", [TURN])
        yield


class TestEveryRole:
    """No role of ours has more power than its work needs."""

    def test_passes_no_policy_and_makes_no_roles_or_databases(self):
        powers = rows(
            "SELECT rolname FROM pg_roles WHERE rolname LIKE 'opennrm%%' AND (rolsuper OR "
            "rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication OR rolinherit)"
        )

        assert powers == []

    @pytest.mark.usefixtures("_no_migration")
    def test_is_a_member_of_no_other(self):
        """The owner is one of the definer only while it migrates."""
        members = rows(
            "SELECT member::regrole::text, roleid::regrole::text FROM pg_auth_members "
            "WHERE member::regrole::text LIKE 'opennrm%%'"
        )

        assert members == []

    @pytest.mark.usefixtures("_no_migration")
    @pytest.mark.parametrize("role", LOGIN)
    def test_becomes_no_other_role(self, role):
        others = [other for other in (*ROLES, "postgres") if other != role]
        with as_role(role) as connection:
            codes = {raw.refused(connection, f"SET ROLE {other}") for other in others}
            codes |= {
                raw.refused(connection, f"SET SESSION AUTHORIZATION {other}") for other in others
            }

        assert codes <= {NO_PRIVILEGE, "22023"}

    @pytest.mark.parametrize("role", ("opennrm_app", "opennrm_recorder", "opennrm_statistics"))
    def test_makes_nothing_that_could_stand_before_the_real_thing(self, role):
        attempts = (
            "CREATE TEMPORARY TABLE fact (case_ref uuid)",
            "CREATE TABLE public.fact (case_ref uuid)",
            "CREATE TABLE nrm.mine (case_ref uuid)",
            "CREATE SCHEMA mine",
            "CREATE FUNCTION pg_temp.leak(text) RETURNS boolean LANGUAGE sql AS 'SELECT true'",
            "CREATE FUNCTION public.leak(text) RETURNS boolean LANGUAGE sql AS 'SELECT true'",
            "CREATE OPERATOR public.<<< (LEFTARG = text, RIGHTARG = text, FUNCTION = texteq)",
            "CREATE VIEW public.mine AS SELECT 1",
            "CREATE EVENT TRIGGER mine ON ddl_command_start EXECUTE FUNCTION nrm.refuse_change()",
            "CREATE POLICY mine ON nrm.fact USING (true)",
            "ALTER TABLE nrm.fact NO FORCE ROW LEVEL SECURITY",
            "ALTER TABLE nrm.fact DISABLE TRIGGER ALL",
            "SET session_replication_role = replica",
            "SELECT lo_create(0)",
            "SELECT lo_from_bytea(0, 'kept aside')",
        )
        with as_role(role) as connection:
            codes = {raw.refused(connection, attempt) for attempt in attempts}

        assert codes <= {NO_PRIVILEGE}


class TestTheDefiner:
    """The role whose functions open the record for others."""

    def test_cannot_log_in_and_owns_no_table(self):
        assert rows("SELECT rolcanlogin FROM pg_roles WHERE rolname = 'opennrm_definer'") == [
            (False,)
        ]
        assert (
            rows(
                "SELECT relname FROM pg_class WHERE pg_get_userbyid(relowner) = 'opennrm_definer'"
            )
            == []
        )

    def test_may_make_nothing_in_the_schema_of_its_functions(self):
        may = rows("SELECT has_schema_privilege('opennrm_definer', 'nrm', 'CREATE')")

        assert may == [(False,)]

    def test_may_change_no_fact(self):
        may = rows(
            "SELECT has_table_privilege('opennrm_definer', 'nrm.fact', right_to) "
            "FROM unnest(ARRAY['UPDATE', 'DELETE', 'TRUNCATE']) AS right_to"
        )

        assert set(may) == {(False,)}

    def test_may_blank_what_erasure_blanks_and_no_other_column(self):
        may = rows(
            "SELECT attname FROM pg_attribute WHERE attrelid = 'nrm.fact'::regclass "
            "AND attnum > 0 AND "
            "has_column_privilege('opennrm_definer', attrelid, attnum, 'UPDATE')"
        )

        assert set(may) == {("open",), ("sealed",), ("open_salt",), ("sealed_salt",)}

    def test_owns_every_function_that_runs_with_its_rights_and_pins_what_it_sees(self):
        with as_administrator() as connection:
            functions = connection.execute(FUNCTIONS).fetchall()

        defining = [one for one in functions if one[1]]
        assert len(defining) > 20
        assert {one[2] for one in defining} == {"opennrm_definer"}
        assert {tuple(one[3]) for one in defining} == {("search_path=nrm, pg_temp",)}

    def test_lets_public_execute_none_of_them(self):
        with as_administrator() as connection:
            functions = connection.execute(FUNCTIONS).fetchall()

        assert {one[0] for one in functions if one[4]} <= HARMLESS


class TestEveryTableOfTheRecord:
    """Row-level security is on and forced, from the owner down."""

    def test_has_row_level_security_switched_on_and_forced(self):
        open_tables = rows(
            "SELECT relname FROM pg_class WHERE relnamespace = 'nrm'::regnamespace "
            "AND relkind IN ('r', 'p') AND NOT (relrowsecurity AND relforcerowsecurity)"
        )

        assert open_tables == []

    def test_grants_nothing_to_public_and_has_no_view_beside_it(self):
        granted = rows(
            "SELECT relname, grantee FROM pg_class, aclexplode(relacl) "
            "WHERE relnamespace = 'nrm'::regnamespace AND grantee = 0"
        )
        views = rows(
            "SELECT relname FROM pg_class WHERE relnamespace = 'nrm'::regnamespace "
            "AND relkind IN ('v', 'm', 'f')"
        )

        assert granted == views == []

    def test_shows_the_owner_no_fact(self):
        with as_role("opennrm_owner") as connection:
            found = raw.visible_anywhere(connection)

        assert [t for t in ("fact", "access", "case_head", "wrap", "journal") if found[t]] == []


class TestTheRecorder:
    """It folds open parts, and holds neither keys nor sealed bytes nor proofs."""

    @pytest.mark.parametrize(
        "statement",
        (
            "SELECT sealed FROM nrm.fact",
            "SELECT * FROM nrm.fact",
            "SELECT fact FROM nrm.fact AS fact",
            "SELECT open_salt, sealed_salt FROM nrm.fact",
            "SELECT * FROM nrm.account_secret",
            "SELECT * FROM nrm.sign_in",
            "SELECT * FROM nrm.search_entry",
            "SELECT * FROM nrm.journal",
            "INSERT INTO nrm.fact (fact_ref) VALUES (gen_random_uuid())",
            "INSERT INTO nrm.access (access_ref) VALUES (gen_random_uuid())",
            "UPDATE nrm.access SET closed_at = NULL",
            "UPDATE nrm.case_head SET hash = ''",
            "DELETE FROM nrm.wrap",
        ),
    )
    def test_is_refused(self, statement):
        with as_role(raw.RECORDER) as connection:
            assert raw.refused(connection, statement) == NO_PRIVILEGE

    def test_reads_no_sealed_part_and_no_wrap_without_a_reader(self, case):
        with raw.reader("", raw.RECORDER) as connection:
            wraps = connection.execute("SELECT count(*) FROM nrm.wrap").fetchone()
            groups = connection.execute("SELECT count(*) FROM nrm.group_wrap").fetchone()

        assert (wraps, groups) == ((0,), (0,))


class TestTheApplication:
    """It reads what its reader may read and writes no right of anybody."""

    @pytest.mark.parametrize(
        "table",
        (
            "accounts_account",
            "accounts_membership",
            "accounts_agreement",
            "accounts_organisation",
            "accounts_trainingtag",
        ),
    )
    def test_writes_no_account_membership_or_agreement(self, table):
        with as_role(raw.APP) as connection:
            codes = {
                raw.refused(connection, f"DELETE FROM {table}"),
                raw.refused(connection, f"INSERT INTO {table} DEFAULT VALUES"),
                raw.refused(connection, f"TRUNCATE {table}"),
            }

        assert codes == {NO_PRIVILEGE}

    def test_changes_no_column_of_an_account_but_the_last_sign_in(self):
        may = rows(
            "SELECT table_name || '.' || column_name FROM information_schema.column_privileges "
            "WHERE grantee = 'opennrm_app' AND privilege_type IN ('UPDATE', 'INSERT') "
            "AND table_name LIKE 'accounts%%'"
        )

        assert may == [("accounts_account.last_login",)]

    def test_writes_no_table_of_the_record(self):
        may = rows(
            "SELECT relname, right_to FROM pg_class, "
            "unnest(ARRAY['INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'TRIGGER']) AS right_to "
            "WHERE relnamespace = 'nrm'::regnamespace AND relkind = 'r' "
            "AND (has_table_privilege('opennrm_app', oid, right_to))"
        )

        assert may == []

    def test_executes_no_function_that_writes_a_case(self):
        may = rows(
            "SELECT proname FROM pg_proc WHERE pronamespace = 'nrm'::regnamespace "
            "AND has_function_privilege('opennrm_app', oid, 'EXECUTE')"
        )

        assert {name for (name,) in may} <= {
            "places_taken",
            "free_places",
            "unmet_needs",
            "own_recovery_ends",
            "partner_preview",
            "partner_answer",
            "answer_partner_question",
            "own_places",
            "own_waiting",
            "only_codes",
            "refuse_change",
            "bind_reader",
            "reader_account",
            "reader_organisation",
            "reader_roles",
            "session_key",
            "resume_session",
            "who_is_at_work",
            "sign_in_salt",
            "open_session",
            "open_front_door",
            "keep_session_key",
            "end_session",
            "read_file",
            "read_sealed",
            "search_entries",
            "names_to_search",
            "names_found",
            "who_is_on",
            "who_looked",
            "person_answers",
            "answer_person",
            "mark_seen",
            "answer_notice",
            "asked_to_delete",
            "standing_by",
            "parts_standing_by",
            "propose_officers",
            "end_sessions_of",
            # A directory's word names an account; officers bind it, and it opens no session alone.
            "name_known_as",
            "bind_to_directory",
            "unbind_from_directory",
            "bound_to_directories",
            "agree_to_be_officer",
            "confirm_officers",
            "officer_proposals",
            "note_failed_sign_in",
            "note_failed_factor",
            "note_refusal",
            "emergencies_asked",
            "officer_reads_log",
            "unusual_readings",
            "names_not_kept",
            "keep_list",
            "drop_list",
            "make_calendar_address",
            "close_calendar_address",
            "keep_mail_wish",
            "drop_mail_wish",
            "own_mail_wish",
            "note_list_saved",
            "calendar_address_stands",
            "open_calendar",
            "keep_draft",
            "own_drafts",
            "drop_draft",
            "may_coordinate",
            "answered_before",
            "keep_answer",
            "bring_into_force",
            "end_agreement",
            "close_cases",
            # Tell what an agreement that ended leaves of roles and cases.
            "standing_roles",
            "reader_closed_since",
            "take_place",
            "certify",
            "withdraw_certificate",
            "may_name_conduct_reader",
            "words_of",
            "sought",
            "bind_waiting",
            "factor_account",
            "factor_is_fresh",
            "factor_is_strong",
            "may_change_factors",
            "pass_factor",
            "reader_factor",
            "reader_parts",
            "let_program_in",
            "shut_program_out",
            "own_programs",
            "this_program",
            # Each asks for who takes cases in for her house, and moves rows that wait, no case.
            "begin_import",
            "own_imports",
            "import_rows",
            "imported_rows",
            "move_import",
            "keep_import_rows",
            "give_up_import",
            "import_memory",
            "remember_import",
            "cases_to_undo",
            "end_undoing",
            # Each asks for a helpline or who reports for the State; a call is no case.
            "keep_call",
            "keep_call_back",
            "call_backs",
            "drop_call_back",
            "counted_calls",
            # Each asks for a focal point or a co-ordinator; none writes a case.
            "propose_partner",
            "decide_partner",
            "keep_hand_over_key",
            "own_hand_over_keys",
            "seal_hand_over_key_again",
            "contents_of_hand_over",
            "send_word_again",
            # Each asks for an officer.
            "add_hook",
            "end_hook",
            "own_hooks",
            "add_file_key",
            "end_file_key",
            "own_file_keys",
            # Each asks for the token of her own session, or for who keeps her consents.
            "own_door_state",
            "own_door_salt",
            "begin_own_door",
            "enter_own_door",
            "keep_own_session_key",
            "own_page",
            "own_page_seen_by",
            "speak_own_page",
            "leave_own_page",
            "own_letter_key",
            "send_own_letter",
            "own_letters",
            "read_own_letters",
            "own_answer_key",
            "answer_own_letter",
            # Tells a public key of the own house, as anybody may know it.
            "file_key",
            # Each asks for an officer, a registrar, the holder of a key or of a code.
            *ARGUMENTS,
        }


class TestStatistics:
    """It reads the copy and nothing else."""

    def test_reads_only_the_schema_of_the_copy(self):
        readable = rows(
            "SELECT oid::regclass::text FROM pg_class WHERE relkind IN ('r', 'v', 'm', 'p') "
            "AND relnamespace NOT IN ('pg_catalog'::regnamespace, "
            "'information_schema'::regnamespace) "
            "AND has_any_column_privilege('opennrm_statistics', oid, 'SELECT')"
        )

        assert readable
        assert all(str(name).startswith("statistics.") for (name,) in readable)

    def test_cannot_change_the_copy_or_call_a_function_of_the_record(self):
        with as_role("opennrm_statistics") as connection:
            codes = {
                raw.refused(connection, "DELETE FROM statistics.person"),
                raw.refused(connection, "SELECT nrm.reader_account()"),
                raw.refused(connection, "SELECT * FROM nrm.statistics_link"),
            }

        assert codes == {NO_PRIVILEGE}


class TestFacts:
    """Nothing that is recorded is changed, by whomever."""

    CHANGES = (
        "UPDATE nrm.fact SET kind = kind",
        "DELETE FROM nrm.fact",
        "TRUNCATE nrm.fact CASCADE",
        "DELETE FROM nrm.journal",
        "UPDATE nrm.journal SET action = 'nothing'",
        "TRUNCATE nrm.journal",
    )

    @pytest.mark.parametrize("change", CHANGES)
    def test_are_not_changed_by_the_administrator(self, change):
        with as_administrator() as connection:
            assert raw.refused(connection, change) == REFUSED

    @pytest.mark.parametrize("change", CHANGES)
    def test_are_not_changed_where_a_session_leaves_triggers_out(self, change):
        with as_administrator() as connection:
            connection.execute("SET LOCAL session_replication_role = replica")

            assert raw.refused(connection, change) == REFUSED

    @pytest.mark.parametrize("role", LOGIN)
    @pytest.mark.parametrize("change", CHANGES)
    def test_are_not_changed_by_any_role(self, role, change):
        before = rows("SELECT count(*) FROM nrm.fact")

        with as_role(role) as connection, connection.transaction(force_rollback=True):
            try:
                touched = connection.execute(change).rowcount
            except psycopg.Error as refusal:
                assert refusal.sqlstate in (REFUSED, NO_PRIVILEGE)
            else:
                assert touched == 0
        assert rows("SELECT count(*) FROM nrm.fact") == before

    def test_are_read_by_the_application_without_their_sealed_part(self):
        with raw.reader(signed_in(cast.POLICE_OFFICER).token) as connection:
            assert raw.refused(connection, "SELECT sealed FROM nrm.fact") == NO_PRIVILEGE
            assert raw.refused(connection, "SELECT * FROM nrm.fact") == NO_PRIVILEGE
            assert raw.refused(connection, "COPY nrm.fact TO STDOUT") == NO_PRIVILEGE
