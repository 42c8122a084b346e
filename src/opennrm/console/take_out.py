"""`./run take-out`: all that an organisation holds, in open formats, sealed to a key."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from django.utils import timezone

from opennrm.console.import_file import signed_in
from opennrm.console.machine import Machine
from opennrm.console.saying import say
from opennrm.records import sessions
from opennrm.records.backup.administration import BackupRefused
from opennrm.records.sessions import SignInRefused
from opennrm.records.taking_out import TakingOutRefused, take_out


def run(given: argparse.Namespace, _machine: Machine) -> int:
    """Write the archive; exit 1 when it is refused."""
    at = timezone.now()
    try:
        opened = signed_in(given.sign_in_name, at=at)
    except SignInRefused as refused:
        return _refused(str(refused))
    try:
        done = take_out(opened.session, Path(given.file), given.recipient, at=at)
    except (TakingOutRefused, BackupRefused) as refused:
        return _refused(str(refused))
    except FileExistsError:
        return _refused(f"{given.file} is there already. Name another file.")
    finally:
        sessions.end(opened.secret, at=at)
    say(f"{done.cases} cases and {done.files} files are in {given.file}, encrypted.")
    say(f"{done.losses} values had no place in the case data standard; losses.csv names them.")
    say("Open it with: age --decrypt --identity KEY_FILE FILE > everything.zip")
    return 0


def _refused(why: str) -> int:
    say(why, to=sys.stderr)
    return 1
