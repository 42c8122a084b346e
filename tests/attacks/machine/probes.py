"""What outsiders send past all of our code: every table and function, as the application role."""

import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import psycopg

from opennrm.casework.permissions import COMPARTMENTS
from tests import cast
from tests.attacks.machine.shadow import Leak, Shadow
from tests.attacks.raw import APP
from tests.database import as_administrator, as_role, signed_in

# What may be found in each table by somebody to whom nothing but a preview is open.
SHOWN_WITH_AN_OFFER = frozenset({"access", "worklist", "seen", "who_is_on"})
# Everyone asks every table after every step; the dearer functions are asked by one in four.
ONE_IN = 4
READABLE = """
SELECT relname, (SELECT array_agg(attname::text) FROM pg_attribute AS a
    WHERE a.attrelid = c.oid AND attnum > 0 AND NOT attisdropped AND atttypid = 'uuid'::regtype
      AND has_column_privilege('opennrm_app', c.oid, attnum, 'SELECT')),
    (SELECT bool_or(attname = 'compartment') FROM pg_attribute AS a WHERE a.attrelid = c.oid)
FROM pg_class AS c WHERE relnamespace = 'nrm'::regnamespace AND relkind IN ('r', 'v', 'm')
  AND has_any_column_privilege('opennrm_app', c.oid, 'SELECT') ORDER BY relname
"""
CALLABLE = """
SELECT proname::text, pronargs,
    EXISTS (SELECT 1 FROM unnest(proargnames) AS name WHERE name = 'compartment')
FROM pg_proc WHERE pronamespace = 'nrm'::regnamespace AND proretset
  AND has_function_privilege('opennrm_app', oid, 'EXECUTE')
  AND oidvectortypes(proargtypes) IN ('uuid', 'uuid, text[]')
  -- What is asked about a recovery, an import or a hand-over names no case, and refuses aloud.
  AND proargnames[1] NOT IN ('of_ref', 'of_import', 'ref')
"""
REFS = """
SELECT fact_ref FROM nrm.fact WHERE case_ref = %(case)s
UNION SELECT access_ref FROM nrm.access WHERE case_ref = %(case)s
"""


@dataclass
class Counts:
    """What was really done."""

    stories: int = 0
    steps: int = 0
    done: int = 0
    statements: int = 0
    seen: int = 0
    pages: int = 0
    read: int = 0
    by_step: dict[str, int] = field(default_factory=dict)

    def count(self, step: str, *, is_done: bool) -> None:
        """Count a step that was taken, under its name where it was not refused."""
        if is_done:
            self.done += 1
            self.by_step[step] = self.by_step.get(step, 0) + 1


class Prober:
    """Asks every table and function of the record, as whoever, about one case."""

    def __init__(
        self,
        administrator: psycopg.Connection[Any],
        app: psycopg.Connection[Any],
        counts: Counts,
    ) -> None:
        self._administrator, self._app, self._counts = administrator, app, counts
        self.tables, self.functions = tables(administrator), functions(administrator)
        self._turn = 0

    def begin(self, turn: int) -> None:
        """Begin a story with whose turn it is to ask the functions."""
        self._turn = turn

    def compare(self, case_ref: UUID, shadow: Shadow, members: Sequence[cast.Member]) -> None:
        """Let members and strangers ask every table, and in turn every function.

        :raises Leak: when somebody gets what the shadow gives her no right to.
        """
        rows = self._administrator.execute(REFS, {"case": case_ref}).fetchall()
        refs = {"case": case_ref, "refs": [ref for (ref,) in rows], "parts": list(COMPARTMENTS)}
        self._turn += 1
        # Rolled back, so that the questions leave no mark in the journal.
        with self._app.transaction(force_rollback=True):
            for token in ("", secrets.token_hex(32)):
                if leaked := self._found(token, refs, self.tables | self.functions):
                    raise Leak(f"A stranger was answered by {leaked}.")
            for place, member in enumerate(members):
                asked = self.tables | (
                    self.functions if (place + self._turn) % ONE_IN == 0 else {}
                )
                found = self._found(signed_in(member).token, refs, asked)
                self._hold_against(shadow, member, found)

    def _found(
        self, token: str, refs: Mapping[str, Any], asked: Mapping[str, str]
    ) -> list[tuple[str, str | None]]:
        self._app.execute("SELECT set_config('opennrm.token', %s, true)", [token])
        self._counts.statements += len(asked)
        question = " UNION ".join(asked.values())
        return self._app.execute(question, refs, prepare=True).fetchall()

    def _hold_against(
        self, shadow: Shadow, member: cast.Member, found: list[tuple[str, str | None]]
    ) -> None:
        parts, knows = shadow.parts_of(member), shadow.knows(member)
        if knows:
            shadow.knew.add(member.account)
        self._counts.seen += len(found)
        for where, part in found:
            may_see = part in parts if part is not None else bool(parts)
            # When she looked herself is hers to know, also after it was closed to her.
            may_see = may_see or (where == "seen" and member.account in shadow.knew)
            if not may_see and not (knows and where in SHOWN_WITH_AN_OFFER):
                raise Leak(f"{member.organisation.name} got {part or 'rows'} from {where}.")


def tables(connection: psycopg.Connection[Any]) -> dict[str, str]:
    """Write one question for each table that the application role may read."""
    asked = {}
    for table, columns, has_parts in connection.execute(READABLE).fetchall():
        keys = ["case_ref"] if "case_ref" in (columns or ()) else sorted(columns or ())
        wanted = " OR ".join(
            f"{key} = %(case)s" if key == "case_ref" else f"{key} = ANY(%(refs)s)" for key in keys
        )
        # Notices carry the reference of an offer to whoever was asked, and stay with her.
        if wanted and table != "notice":
            part = "compartment" if has_parts and "case_ref" in keys else "NULL"
            asked[table] = f"SELECT '{table}', {part}::text FROM nrm.{table} WHERE {wanted}"
    return asked


def functions(connection: psycopg.Connection[Any]) -> dict[str, str]:
    """Write one question for each function that answers about a case."""
    asked = {}
    for name, arguments, has_parts in connection.execute(CALLABLE).fetchall():
        given = "%(case)s" + (", %(parts)s" if arguments == 2 else "")
        part = "compartment" if has_parts and name == "read_sealed" else "NULL"
        asked[name] = f"SELECT '{name}', {part}::text FROM nrm.{name}({given})"
    return asked


@contextmanager
def prober(counts: Counts) -> Iterator[Prober]:
    """Connect as the administrator, who knows every reference, and as the application role."""
    with as_administrator() as administrator, as_role(APP) as app:
        administrator.autocommit = True
        yield Prober(administrator, app, counts)
