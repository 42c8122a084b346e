"""`./run practice`: an installation of its own with invented people only, for training."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from opennrm.console import stopping
from opennrm.console.machine import Machine
from opennrm.console.saying import say
from opennrm.console.serving import child, stop_serving

MARK = "practice-only"
# What leads out of an installation: mail, partners abroad, another database.
NOT_HERE = (
    *("OPENNRM_MAIL_HOST", "OPENNRM_TEXT_GATEWAY", "OPENNRM_ADDRESS"),
    *("OPENNRM_PARTNER_KEY_FILE", "OPENNRM_FACTOR_KEY_FILE"),
    *("OPENNRM_PARTNER_CERTIFICATE", "OPENNRM_PARTNER_PINS", "OPENNRM_PRIVATE_HOSTS"),
    *("OPENNRM_DATABASE", "OPENNRM_DATABASE_URL"),
)


def run(given: argparse.Namespace, machine: Machine) -> int:
    """Serve the practice installation; with --anew, forget what was practised before."""
    stopping.listen()
    home = practice_home(machine.home)
    if not is_ours(home):
        say(f"{home} holds something that is no practice. Move it away first.", to=sys.stderr)
        return 1
    if given.anew:
        begin_anew(home)
    home.mkdir(mode=0o711, parents=True, exist_ok=True)
    (home / MARK).touch()
    say("PRACTICE: invented people only. No mail, no partners abroad, no published figures.")
    words = [*_opennrm(), "demonstration", "--cases", str(given.cases)]
    words += ["--port", str(given.port)] if given.port else []
    with child(words, surroundings(home)) as serving:
        return serving.wait()


def practice_home(home: Path) -> Path:
    """Name the folder of the practice installation: beside the one for real work."""
    return home.with_name(f"{home.name}-practice")


def is_ours(home: Path) -> bool:
    """Tell whether a folder is a practice installation, or nothing yet."""
    return not home.exists() or (home / MARK).exists() or not any(home.iterdir())


def begin_anew(home: Path) -> None:
    """Stop what is served from the practice folder and remove all that was practised in it."""
    if not (home / MARK).exists():
        return
    stop_serving(home)
    subprocess.run([*_opennrm(), "stop"], env=os.environ | surroundings(home), check=True)  # noqa: S603 - our own words
    shutil.rmtree(home)


def surroundings(home: Path) -> Mapping[str, str]:
    """Return the environment of the practice: its own folder, and no way out."""
    return dict.fromkeys(NOT_HERE, "") | {"OPENNRM_HOME": str(home), "OPENNRM_PRACTICE": "1"}


def _opennrm() -> list[str]:
    return [sys.executable, "-m", "opennrm"]
