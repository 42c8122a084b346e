"""The long attacks and faults: `python -m tests.nightly.security [NAME...]`.

OPENNRM_SHARE=0.1 runs a tenth of each; the page of figures says how much was really run.
"""

import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.faults.disk import why_not
from tests.homes import new_home, remove_home
from tests.nightly.batches import in_batches
from tests.nightly.figures import ROOT, keep

SHARE = float(os.environ.get("OPENNRM_SHARE", "1"))
STEPS, STORIES_PER_DATABASE, KILLS_PER_HOME = 50, 100, 50
Counts = dict[str, dict[str, Any]]
SUMMED = (
    "stories",
    "steps",
    "done",
    "questions",
    "by_everybody",
    "seen",
    "pages",
    "programs",
    "read",
    "seconds",
)
KILLED = ("kills_of_worker", "kills_of_database", "acknowledged", "lost", "half", "broken_links")


class Failed(Exception):
    """A part did not hold; what it said is in the message."""


def times(promised: int) -> int:
    """Return the share of what is promised that this run does."""
    return max(1, round(promised * SHARE))


def attacker() -> Counts:
    """Play random stories in fresh databases, as many at once as there are processors."""
    done = _batched("attacker", times(5_000), STORIES_PER_DATABASE, _stories)
    return {"attacker": {**_summed(done, SUMMED), "leaks": 0, "databases": len(done)}}


def _stories(stories: int, seed: int) -> dict[str, Any]:
    words = ("tests.attacks.machine", str(stories), str(STEPS), str(seed))
    return machine(words, {"OPENNRM_THROW_AWAY": "1"})


def kills() -> Counts:
    """Kill worker and database, so many times in a home of their own."""
    done = _batched("kills", times(1_000), KILLS_PER_HOME, _kills)
    slowest = max((one["slowest_start_s"] for one in done), default=0)
    told = _summed(done, (*KILLED, "seconds"))
    return {"kills": _whole({**told, "slowest_start_s": slowest, "homes": len(done)})}


def _kills(number: int, seed: int) -> dict[str, Any]:
    return machine(("tests.faults.kills", str(number), str(seed)))


def _whole(tally: dict[str, Any]) -> dict[str, Any]:
    """Take a tally in which nothing was lost.

    :raises Failed: when something acknowledged is gone, half there, or no longer linked.
    """
    if any(tally.get(name) for name in ("lost", "half", "broken_links")):
        raise Failed(json.dumps(tally))
    return tally


def _batched(
    name: str, number: int, each: int, run: Callable[[int, int], dict[str, Any]]
) -> list[dict[str, Any]]:
    whole, rest = divmod(number, each)
    sizes = [each] * whole + [rest] * bool(rest)
    return in_batches(ROOT / "build" / f"{name}-{commit()}.json", sizes, run)


def _summed(done: Sequence[dict[str, Any]], names: Sequence[str]) -> dict[str, Any]:
    return {name: sum(one[name] for one in done) for name in names}


def power() -> Counts:
    """Cut the power, with and without waiting for the disk; without, something must be lost."""
    on, off = (
        machine(("tests.faults.power", str(times(cuts)), "1", commit), mounts=True)
        for commit, cuts in (("on", 200), ("off", 20))
    )
    return {"power_on": _whole(on), "power_off": off}


def drill() -> Counts:
    """Back up and restore on a fresh instance."""
    return {"drill": machine(("tests.nightly.drill", str(times(100_000))))}


def fullness() -> Counts:
    """Fill the disk."""
    return {"fullness": _whole(machine(("tests.faults.fullness", str(times(20))), mounts=True))}


def machine(
    words: tuple[str, ...], more: dict[str, str] | None = None, *, mounts: bool = False
) -> dict[str, Any]:
    """Run a machine in a home of its own and return its tally.

    :raises Failed: when it does not hold, or the disk cannot be mounted.
    """
    if mounts and (reason := why_not()):
        return {"not_run": reason}
    home = new_home("night", mode=0o711)
    own = ["unshare", "--mount", "--propagation", "private"] if mounts else []
    try:
        done = _run(
            [*own, sys.executable, "-m", *words], {"OPENNRM_HOME": str(home), **(more or {})}
        )
    finally:
        remove_home(home)
    tally: dict[str, Any] = json.loads(done.splitlines()[-1])
    return tally


def tests(*words: str, **more: str) -> Callable[[], Counts]:
    """Return a part that runs tests and reads the counts they tell."""

    def part() -> Counts:
        with tempfile.NamedTemporaryFile("r", suffix=".jsonl") as told:
            names = {f"OPENNRM_{name.upper()}": value for name, value in more.items()}
            _run(
                [sys.executable, "-m", "pytest", "-q", *words],
                {"OPENNRM_FIGURES": told.name, **names},
            )
            lines = [json.loads(line) for line in told.read().splitlines()]
        return {line.pop("figure"): line for line in lines}

    return part


def _run(command: list[str], more: dict[str, str]) -> str:
    surroundings = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}", **more}
    done = subprocess.run(
        command, cwd=ROOT, env=surroundings, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise Failed((done.stdout + done.stderr)[-3000:])
    return done.stdout


MACHINE = "tests/attacks/test_attacker_machine.py"
PARTS: dict[str, Callable[[], Counts]] = {
    "seeded": tests(MACHINE, "-k", "bug or says"),
    "locks": tests("tests/attacks/test_three_locks.py", locks=str(times(500))),
    "addresses": tests("tests/attacks/test_addresses.py", every_address="1"),
    "timing": tests("tests/attacks/test_timing.py", pairs=str(times(2_000))),
    "tampering": tests("tests/attacks/test_tampering.py", tamperings=str(times(10_000))),
    "clocks": tests("tests/attacks/test_clocks.py"),
    "canaries": tests("tests/attacks/test_planted_names.py", canaries=str(times(300))),
    "fuzz": tests("tests/attacks/test_every_form.py", "tests/attacks/test_damaged_files.py",
                  fuzz=str(times(200))),
    "erasure": tests("tests/attacks/test_erasure.py", "-k", "OldestBackup",
                     erased=str(times(100))),
    "drill": drill,
    "races": tests("tests/attacks/test_races.py", races=str(times(1_000))),
    "beds": tests("tests/attacks/test_beds.py", "-k", "each_round", beds=str(times(1_000))),
    "fullness": fullness,
    "power": power,
    "kills": kills,
    "attacker": attacker,
}  # fmt: skip


def entries(part: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Run a part and yield each figure it gives, with where and when."""
    begin = time.monotonic()
    try:
        figures, held = PARTS[part](), True
    except Failed as failure:
        sys.stderr.write(f"{failure}\n")
        figures, held = {part: {"failed": True}}, False
    seconds = round(time.monotonic() - begin)
    for name, counts in figures.items():
        # What ran in batches says itself how long, for it may have been begun by an earlier run.
        entry: dict[str, Any] = {"held": held, "seconds": counts.pop("seconds", seconds)}
        entry |= surroundings()
        if "not_run" in counts:
            entry["not_run"] = counts["not_run"]
        yield name, {**entry, "counts": counts}


def surroundings() -> dict[str, str]:
    """Say on which day, which machine and which commit."""
    return {
        "on": datetime.now(UTC).date().isoformat(),  # noqa: TID251 - the day of this run
        "machine": f"{os.cpu_count()} processors, {platform.system()} {platform.machine()}",
        "commit": commit(),
    }


def commit() -> str:
    """Return which commit this is."""
    head = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return head.stdout.strip() or "no commit known"


def main(names: list[str]) -> int:
    """Run the parts that were named, or all of them; keep and print what they did."""
    failed = False
    for part in names or list(PARTS):
        for name, entry in entries(part):
            keep(name, entry)
            failed = failed or not entry["held"]
            sys.stdout.write(f"{name}: {json.dumps(entry['counts'])} in {entry['seconds']} s\n")
            sys.stdout.flush()
    return int(failed)


if __name__ == "__main__":
    assert Path.cwd() == ROOT, f"Run this in {ROOT}."
    sys.exit(main(sys.argv[1:]))
