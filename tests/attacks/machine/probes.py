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
TOKEN = "SELECT set_config('opennrm.token', %s, true)"


@dataclass
class Counts:
    """What was really done."""

    stories: int = 0
    steps: int = 0
    done: int = 0
    questions: int = 0
    by_everybody: int = 0
    seen: int = 0
    pages: int = 0
    programs: int = 0
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
        self.administrator, self._app, self._counts = administrator, app, counts
        self._asked = tables(administrator) | functions(administrator)
        # Whoever holds some part may see that the case is there: only what says of which part an
        # answer is can show too much to her.
        self._by_part = {name: one for name, one in self._asked.items() if "NULL::text" not in one}
        # One plan for all who ask: what a plan may show depends on the token, which it reads anew.
        app.execute("SET plan_cache_mode = force_generic_plan")

    def compare(self, case_ref: UUID, shadow: Shadow, members: Sequence[cast.Member]) -> None:
        """Let these members ask every table and every function, all in one round trip.

        :raises Leak: when somebody gets what the shadow gives her no right to.
        """
        asked = [
            (signed_in(one).token, self._by_part if shadow.parts_of(one) else self._asked)
            for one in members
        ]
        for member, found in zip(members, self._found(case_ref, asked), strict=True):
            self._hold_against(shadow, member, found)

    def compare_strangers(self, case_ref: UUID) -> None:
        """Let somebody without a token, and with an invented one, ask the same.

        :raises Leak: when a stranger is answered.
        """
        asked = [(token, self._asked) for token in ("", secrets.token_hex(32))]
        for found in self._found(case_ref, asked):
            if found:
                raise Leak(f"A stranger was answered by {found}.")

    def _found(
        self, case_ref: UUID, asked: Sequence[tuple[str, Mapping[str, str]]]
    ) -> list[list[tuple[str, str | None]]]:
        rows = self.administrator.execute(REFS, {"case": case_ref}, prepare=True).fetchall()
        refs = {"case": case_ref, "refs": [ref for (ref,) in rows], "parts": list(COMPARTMENTS)}
        answers = []
        # Rolled back, so that the questions leave no mark in the journal.
        with self._app.transaction(force_rollback=True), self._app.pipeline():
            for token, questions in asked:
                self._counts.questions += len(questions)
                self._app.execute(TOKEN, [token], prepare=True)
                question = " UNION ".join(questions.values())
                answers.append(self._app.execute(question, refs, prepare=True))
            return [answer.fetchall() for answer in answers]

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
        administrator.autocommit = app.autocommit = True
        yield Prober(administrator, app, counts)
