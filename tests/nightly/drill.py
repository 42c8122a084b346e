"""Makes a record, backs it up, restores it on a fresh instance, and says how long that took.

Run it as `python -m tests.nightly.drill`; OPENNRM_DRILL_CASES says how many cases (2,000).
"""

import os
import re
import subprocess
import sys
import time
from pathlib import Path

from tests.homes import new_home, remove_home

CASES = int(os.environ.get("OPENNRM_DRILL_CASES", "2000"))
OURS = ("OPENNRM_DATABASE", "OPENNRM_DATABASE_URL")


def main() -> int:
    """Measure, print and clean up."""
    home = new_home("drill", mode=0o711)
    for name in OURS:
        os.environ.pop(name, None)
    os.environ["OPENNRM_HOME"] = str(home)
    try:
        return _measured(home)
    finally:
        remove_home(home)


def _measured(home: Path) -> int:
    made = _timed("made", _make_cases)
    shelf, private = home / "shelf", home / "private.key"
    said = _ran("backup", "--new-key", str(private))
    public = re.search(r"age1\w+", said)
    if public is None:
        return 1
    backed = _timed(
        "backed up", lambda: _ran("backup", "--to", str(shelf), "--recipient", public[0])
    )
    size = sum(path.stat().st_size for path in shelf.rglob("*.age"))
    began = time.monotonic()
    told = _ran("drill", str(shelf), "--identity", str(private))
    took = time.monotonic() - began
    print(told)
    print(f"{CASES} cases: made in {made:.0f} s, backed up in {backed:.1f} s ({size:,} bytes), "
          f"restored and checked in {took:.0f} s")  # fmt: skip
    return 0 if "The drill held" in told else 1


def _make_cases() -> None:
    # Imported late: the home must be named before the settings are read.
    from tests import cast, database, stories

    database.prepared()
    for number in range(CASES):
        case_ref = stories.contact(cast.POLICE_OFFICER, words=f"Words {number}")
        stories.described(cast.POLICE_OFFICER, case_ref, names=f"Invented Number{number}")
    from opennrm.config.databases import server

    server().release()


def _timed(what: str, work: object) -> float:
    began = time.monotonic()
    work()  # type: ignore[operator]
    took = time.monotonic() - began
    print(f"{what} in {took:.1f} s", flush=True)
    return took


def _ran(*words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "opennrm", *words], capture_output=True, text=True, check=False
    )
    if done.returncode:
        print(done.stdout, done.stderr)
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())
