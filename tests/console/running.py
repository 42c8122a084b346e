"""Runs a command of `./run` as a process of its own, as a person at a terminal would."""

import os
import subprocess
import sys
from collections.abc import Mapping

PATIENCE_SECONDS = 300


def command(*words: str, given: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command to its end and return what it said."""
    return subprocess.run(
        [sys.executable, "-m", "opennrm", *words],
        env=surroundings(environment),
        input=given,
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
        check=False,
    )


def surroundings(changed: Mapping[str, str]) -> dict[str, str]:
    """Return the environment of this run with some of it changed."""
    return {**os.environ, "PYTHONUTF8": "1", **changed}
