"""Makes a record, backs it up, restores it on a fresh instance, and says how long that took.

Run as `python -m tests.nightly.drill 2000` in a home of its own; the last line is its tally.
"""

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

# So many cases are told through the use cases, and copied.
PATTERNS = 20


def main(cases: int) -> int:
    """Measure and print."""
    home = Path(os.environ["OPENNRM_HOME"])
    tally = {"cases": cases, "making_s": _timed(lambda: _make_cases(cases))}
    shelf, private = home / "shelf", home / "private.key"
    public = re.search(r"age1\w+", _ran("backup", "--new-key", str(private)))
    if public is None:
        return 1
    to = ("--to", str(shelf), "--recipient", public[0])
    tally["backing_up_s"] = _timed(lambda: _ran("backup", *to))
    tally["bytes"] = sum(path.stat().st_size for path in shelf.rglob("*.age"))
    words = ("drill", str(shelf), "--identity", str(private))
    tally["restoring_and_checking_s"] = _timed(lambda: _ran(*words))
    sys.stdout.write(json.dumps(tally) + "\n")
    return 0


def _make_cases(cases: int) -> None:
    # Imported late: the home must be named before the settings are read.
    from tests import cast, database, stories

    database.prepared()
    from opennrm.config.databases import server
    from tests.nightly.copies import copy_cases

    for number in range(PATTERNS):
        case_ref = stories.contact(cast.POLICE_OFFICER, words=f"Words {number}")
        stories.described(cast.POLICE_OFFICER, case_ref, names=f"Invented Number{number}")
        scopes = ("D1", "D2", "D8", "D10")
        sent = stories.referred(cast.POLICE_OFFICER, case_ref, cast.CASE_MANAGER, "CM", scopes)
        if number % 4:
            stories.answered(cast.CASE_MANAGER, case_ref, sent)
    copy_cases(cases - PATTERNS)
    server().release()


def _timed(work: Callable[[], object]) -> int:
    began = time.monotonic()
    work()
    return round(time.monotonic() - began)


def _ran(*words: str) -> str:
    """Run a command and return what it said; one that fails ends the measuring."""
    done = subprocess.run(
        [sys.executable, "-m", "opennrm", *words], stdout=subprocess.PIPE, text=True, check=True
    )
    return done.stdout


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
