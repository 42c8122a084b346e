"""Tries every operation of the API against its description, in pieces, the newest first.

`python -m tests.nightly.contract`, with schemathesis named by OPENNRM_SCHEMATHESIS. A night cut
short (OPENNRM_MINUTES) is gone on with by the next; what each piece tried is printed.
"""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import django

from tests.homes import new_home, remove_home
from tests.nightly.batches import in_batches
from tests.nightly.figures import ROOT
from tests.nightly.security import Failed, commit

TEST = "tests/api/test_contract.py"
EXAMPLES = os.environ.get("OPENNRM_CONTRACT_EXAMPLES", "200")
PHASES = os.environ.get("OPENNRM_CONTRACT_PHASES", "examples,coverage,fuzzing")
PIECE = int(os.environ.get("OPENNRM_CONTRACT_PIECE", "8"))
# How this process does without a database, which the pieces do not.
APART = ("OPENNRM_WITHOUT_DATABASE", "OPENNRM_HOME", "OPENNRM_DATABASE")
# Whoever has addresses of her own is tried at these: for others they are not there.
OWN = {
    "rapporteur": r"/(figures|release)",
    "focal": r"/(hand-over|partners|carried-file)",
    "helpline": r"/call",
    "data": r"/(unusual-)?readings",
}
OF_COORDINATION = re.compile(r"/(surveys|rounds|replies|reports|report-parts|hearings|matrix)")
TRIED = re.compile(r"Tested: ([\d,]+)")
SENT = re.compile(r"([\d,]+) generated")


@dataclass(frozen=True)
class Piece:
    """Some addresses, and who tries them."""

    who: str
    addresses: str


def pieces(paths: list[str]) -> Iterator[Piece]:
    """Cut the addresses into pieces: co-ordination, registers, cases, then each one's own."""
    steps = [path for path in paths if OF_COORDINATION.match(path)]
    registers = [path for path in paths if path.startswith("/registers")]
    others = [path for path in paths if path not in {*steps, *registers}]
    tries = (("co-ordinator", steps + registers), ("manager", others), ("police", others))
    for who, some in tries:
        for start in range(0, len(some), PIECE):
            yield Piece(who, named(some[start : start + PIECE]))
    for who, pattern in OWN.items():
        yield Piece(who, pattern)


def named(paths: list[str]) -> str:
    """Write a pattern that fits these addresses and no other."""
    return "^(/api/v1)?({})$".format("|".join(map(re.escape, paths)))


def tried(piece: Piece) -> dict[str, Any]:
    """Try one piece.

    :raises Failed: when the door did not keep its description.
    """
    given = {
        "OPENNRM_CONTRACT_ONLY": piece.addresses,
        "OPENNRM_CONTRACT_EXAMPLES": EXAMPLES,
        "OPENNRM_CONTRACT_PHASES": PHASES,
    }
    left = {name: value for name, value in os.environ.items() if name not in APART}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-s", TEST, "-k", piece.who],
        cwd=ROOT,
        env={**left, **given},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        # Told at once: other pieces go on, and the night ends with what the first of them said.
        sys.stderr.write(f"{piece}\n{done.stdout[-6000:]}{done.stderr[-2000:]}\n")
        raise Failed(f"{piece.who} at {piece.addresses}")
    counted = {
        name: sum(int(found.replace(",", "")) for found in pattern.findall(done.stdout))
        for name, pattern in (("operations", TRIED), ("calls", SENT))
    }
    told = {"who": piece.who, **counted}
    sys.stdout.write(f"{told}\n")
    sys.stdout.flush()
    return told


def described() -> list[str]:
    """Return every address of the description, which needs no database."""
    home = new_home("contract")
    os.environ |= dict.fromkeys(APART, "1") | {"OPENNRM_HOME": str(home)}
    os.environ["DJANGO_SETTINGS_MODULE"] = "opennrm.config.settings"
    try:
        django.setup()
        from tests.api.calling import described as description

        return list(dict.fromkeys(path.removeprefix("/api/v1") for path in description()["paths"]))
    finally:
        remove_home(home)


def main() -> int:
    """Try what is left of this night, and say how much was tried in all."""
    cut = list(pieces(described()))
    kept_in = ROOT / "build" / f"contract-{commit()}-{PIECE}-{EXAMPLES}-{PHASES}.json"
    try:
        done = in_batches(kept_in, range(len(cut)), lambda place, _seed: tried(cut[place]))
    except Failed as failure:
        sys.stderr.write(f"{failure}\n")
        return 1
    total = {name: sum(one[name] for one in done) for name in ("operations", "calls", "seconds")}
    sys.stdout.write(
        f"{len(done)} of {len(cut)} pieces, {EXAMPLES} examples each of {PHASES}: {total}\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
