"""The statements of the recorder: used only inside load and append."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from psycopg.pq import Format

FACT_COLUMNS = (
    "fact_ref, case_ref, position, compartment, sequence, kind, at, actor, organisation, "
    "basis, corrects, open, key_version > 0"
)
# The application role may not read positions, which count hidden facts; it numbers what it sees.
VISIBLE_COLUMNS = FACT_COLUMNS.replace(
    "position", "row_number() OVER (ORDER BY at, compartment, sequence)"
)
ACCESS_COLUMNS = (
    "access_ref, organisation, role, account, compartment, mode, state, basis_fact, offer_fact, "
    "opens_at, until, is_kept"
)
READ = "SELECT * FROM nrm.read_case(%s)"
LOCK_AND_READ = "SELECT * FROM nrm.lock_and_read(%s, %s)"
# Rows of the safety sheet that stayed when their ground ended: no later key opens to them.
LEFT_BEHIND = (
    "SELECT access_ref FROM nrm.access WHERE case_ref = %s AND is_kept AND opens_at <= now()"
)
ORGANISATION = (
    "SELECT ref, name, kind, roles, (SELECT max(in_force_until) FROM accounts_agreement "
    "WHERE organisation_id = ref), jurisdiction, is_enforcement, "
    "EXISTS (SELECT FROM nrm.partner WHERE organisation = ref) "
    "FROM accounts_organisation WHERE ref = %s"
)
STANDING_BY = "SELECT case_ref FROM nrm.standing_by()"
KEEP_FILE = "SELECT nrm.keep_file(%s, %s)"
ERASE = "SELECT nrm.erase_case(%s, %s)"
UNDO_IMPORTED = "SELECT nrm.undo_imported(%s, %s)"
NOTE_IMPORTED = "SELECT nrm.note_imported(%s, %s, %s)"
NOTIFICATION = "SELECT nrm.send_notification(%s, %s, %s::jsonb)"
JOURNAL = "SELECT nrm.write_journal(%s, %s, %s, NULL)"
WORN_KEYS = "SELECT part FROM unnest(%s::text[]) AS part WHERE nrm.needs_new_key(%s, part)"
PUBLIC_KEY_OF_GROUP = "SELECT public_key FROM nrm.group_key WHERE organisation = %s AND role = %s"
PUBLIC_KEY_OF_ACCOUNT = "SELECT public_key FROM nrm.account_key WHERE account = %s"
PUBLIC_KEYS = (
    "SELECT organisation, role, NULL::uuid, public_key FROM nrm.group_key "
    "WHERE (organisation, role) IN (SELECT * FROM unnest(%s::uuid[], %s::text[])) UNION ALL "
    "SELECT NULL, NULL, account, public_key FROM nrm.account_key WHERE account = ANY(%s::uuid[])"
)
# Asked for each row of the case by itself: the planner, which knows nothing of what names a case,
# would go through the wraps of all cases (decision 0092).
_WRAPS = (
    "SELECT a.case_ref, a.compartment, w.version, a.organisation, a.role, a.account, w.ciphertext "
    "FROM nrm.access AS a CROSS JOIN LATERAL (SELECT version, ciphertext FROM nrm.wrap "
    "WHERE wrap.access_ref = a.access_ref OFFSET 0) AS w WHERE a.state = 'open' "
)
OWN_WRAPS = _WRAPS + "AND a.case_ref = %s"
OWN_WRAPS_OF_CASES = _WRAPS + "AND a.case_ref = ANY(%s)"
READ_SEALED = (
    "SELECT fact_ref, compartment, key_version, sealed FROM nrm.read_sealed(%s, %s::text[])"
)
READ_SEALED_OF_CASES = (
    "SELECT asked.case_ref, told.fact_ref, told.compartment, told.key_version, told.sealed "
    "FROM unnest(%s::uuid[]) AS asked (case_ref), "
    "LATERAL nrm.read_sealed(asked.case_ref, %s::text[]) AS told"
)
ANSWERED_BEFORE = "SELECT digest, reference FROM nrm.answered_before(%s)"
KEEP_ANSWER = "SELECT nrm.keep_answer(%s, %s, %s)"
LISTED_SERVICE = "SELECT organisation, service, is_given_here FROM nrm.listed_service(%s)"
LOWEST_FREE = "SELECT nrm.lowest_free_place(%s)"
WAITING_BEFORE = "SELECT nrm.waiting_before(%s, %s)"
KEEP_OWN_PAGE = "SELECT nrm.keep_own_page(%s, %s)"
OWN_STEP = "SELECT nrm.own_step(%s)"
WITHDRAW_OWN = "SELECT nrm.withdraw_own(%s, %s, %s::uuid[], %s::jsonb)"
CLOSE_OWN = "SELECT nrm.close_own(%s)"
PARTNER_ANSWER = "SELECT answer, reason FROM nrm.partner_answer(%s)"


def send_each(cursor: Any, statement: str, rows: Sequence[Sequence[Any]]) -> None:
    """Send a statement once for each row; where there is none, nothing is waited for."""
    if rows:
        cursor.executemany(statement, rows)


@contextmanager
def together(cursor: Any) -> Iterator[None]:
    """Send statements without waiting for each answer; the first fault is raised at the end.

    Where somebody sends without waiting already, hers goes on: an end of ours would wait.
    """
    if cursor.connection.info.pipeline_status:
        yield
        return
    with cursor.db.wrap_database_errors, cursor.connection.pipeline():
        yield


@contextmanager
def in_bytes(cursor: Any) -> Iterator[None]:
    """Let the database answer in bytes and not in text, which doubles what is sealed."""
    cursor.cursor.format = Format.BINARY
    try:
        yield
    finally:
        cursor.cursor.format = Format.TEXT
