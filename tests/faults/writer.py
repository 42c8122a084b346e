"""A worker in a process of its own: says each fact aloud once it is recorded, until it is killed.

Run as `python -m tests.faults.writer write 200`, or with `check` to look at what is left.
"""

import json
import sys
from typing import Any
from uuid import UUID

from tests import cast, database

database.prepared()

from opennrm.casework.breach import Breach, observe_breach  # noqa: E402
from opennrm.records import rebuilding  # noqa: E402
from opennrm.records.verifying import verify  # noqa: E402
from tests import stories  # noqa: E402

POLICE = cast.POLICE_OFFICER
HALF = (
    "SELECT count(*) FROM nrm.fact AS seen WHERE kind = 'breach_observed' AND NOT EXISTS ("
    "SELECT 1 FROM nrm.fact AS told WHERE told.kind = 'breach_described' "
    "AND told.open ->> 'breach' = seen.fact_ref::text)"
)


def write(acts: int) -> None:
    """Record acts of two facts each in three cases, one commit each, and acknowledge each."""
    cases = [stories.contact(POLICE, words="Before the fault.") for _ in range(3)]
    for number in range(acts):
        acknowledge(described(cases[number % 3]))


def described(case_ref: UUID) -> UUID:
    """Record something that happened, and beside it, sealed, how."""
    breach = Breach(
        breach="shared_without_consent", observed_on=stories.TODAY, description="As it happened."
    )
    recorded = stories.do(observe_breach, POLICE, case_ref=case_ref, breach=breach)
    assert isinstance(recorded, UUID)
    return recorded


def acknowledge(fact_ref: UUID) -> None:
    """Say that a fact is recorded: from now on it may not be lost."""
    sys.stdout.write(f"{fact_ref}\n")
    sys.stdout.flush()


def found() -> dict[str, Any]:
    """Say what is in the record, whether it holds together, and that work goes on."""
    report = rebuilding.check(lambda done, of: None)
    chains = verify()
    with database.as_administrator() as connection:
        facts = connection.execute(
            "SELECT fact_ref::text FROM nrm.fact WHERE kind = 'breach_observed'"
        ).fetchall()
        half = connection.execute(HALF).fetchone()
        safety = connection.execute("SHOW fsync").fetchone()
    return {
        "facts": [fact_ref for (fact_ref,) in facts],
        "half": half and half[0],
        "broken": [str(link) for link in chains.broken],
        "differences": [str(one) for one in report.differences],
        "fsync": safety and safety[0],
        "afterwards": str(described(stories.contact(POLICE))),
    }


def check() -> None:
    """Say all that was found, for a test in another process."""
    json.dump(found(), sys.stdout)


if __name__ == "__main__":
    if sys.argv[1] == "write":
        write(int(sys.argv[2]))
    else:
        check()
