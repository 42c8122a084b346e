"""`./run drill`: a backup restored on a fresh instance by commands alone, and looked at there."""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from opennrm.console.backup import shelf_named
from opennrm.console.machine import Machine
from opennrm.console.saying import say
from opennrm.records.backup.administration import BackupRefused

CHECKS = (("verify",), ("rebuild", "--check"))
OURS = ("OPENNRM_DATABASE", "OPENNRM_DATABASE_URL", "OPENNRM_THROW_AWAY", "OPENNRM_HOME")
IN_TIME = 30 * 60


def run(given: argparse.Namespace, _machine: Machine) -> int:
    """Restore into an empty home of its own, check everything, and throw that home away."""
    try:
        words = _words(given)
    except BackupRefused as refused:
        say(str(refused))
        return 1
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="opennrm-drill-") as scratch:
        Path(scratch).chmod(0o711)
        home = Path(scratch) / "home"
        try:
            failed = next((one for one in (words, *CHECKS) if not _did(home, one)), None)
        finally:
            _did(home, ("stop",))
    took = time.monotonic() - began
    if failed is not None:
        say(f"The drill failed at ./run {failed[0]}. This backup would not bring you back.")
        return 1
    in_time = "within" if took <= IN_TIME else "NOT within"
    say(f"The drill held: restored and checked in {took:.0f} s, {in_time} 30 minutes.")
    return 0 if took <= IN_TIME else 1


def _words(given: argparse.Namespace) -> tuple[str, ...]:
    folder = shelf_named(given, "source")
    words = ["restore", str(folder), "--identity", str(Path(given.identity).absolute())]
    for name in ("record", "keys", "signed_by"):
        if getattr(given, name):
            words += [f"--{name.replace('_', '-')}", getattr(given, name)]
    return tuple(words)


def _did(home: Path, words: tuple[str, ...]) -> bool:
    kept = {name: value for name, value in os.environ.items() if name not in OURS}
    done = subprocess.run(  # noqa: S603 - our own interpreter and our own words
        [sys.executable, "-m", "opennrm", *words],
        env={**kept, "OPENNRM_HOME": str(home)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    for line in done.stdout.splitlines():
        say(f"  {words[0]}: {line}")
    return done.returncode == 0
