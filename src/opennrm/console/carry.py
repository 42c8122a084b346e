"""`./run carry`: messages between States as a file, taken in or written, where no line is."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from uuid import UUID

from django.utils import timezone

from opennrm.console.machine import Machine
from opennrm.console.saying import say
from opennrm.exchange.crossborder.refusals import NotAccepted
from opennrm.records.abroad import carrying

LARGEST = 2 * 1024 * 1024


def run(given: argparse.Namespace, _machine: Machine) -> int:
    """Take a file in, or write one; nothing in it can be read on the way."""
    path = Path(given.file)
    return _out(path, given.to) if given.way == "out" else _in(path)


def _out(path: Path, partner: str | None) -> int:
    try:
        to = UUID(str(partner))
    except ValueError:
        say("Name the partner with --to and the reference of its organisation.", to=sys.stderr)
        return 1
    text = carrying.written(to, at=timezone.now())
    if not text:
        say("Nothing waits for this partner.")
        return 0
    _keep(path, text)
    say(f"Written: {path}. Bring back the receipts, and take them in with ./run carry in.")
    return 0


def _in(path: Path) -> int:
    try:
        raw = path.read_bytes()[: LARGEST + 1]
        came = carrying.taken_in(raw if len(raw) <= LARGEST else b"", at=timezone.now())
    except OSError as fault:
        say(f"{path} cannot be read: {fault.strerror}", to=sys.stderr)
        return 1
    except NotAccepted:
        say(f"{path} is not from a partner that is trusted here.", to=sys.stderr)
        return 1
    if came.receipts:
        answer = path.with_name(carrying.RECEIPTS)
        _keep(answer, came.receipts)
        say(f"Taken in. Give {answer} back to the partner.")
    if came.heard:
        say(f"Receipts taken in: {came.heard}.")
    return 0


def _keep(path: Path, text: str) -> None:
    """Write a file that only its owner reads; an older one of the name makes way."""
    path.unlink(missing_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as stream:
        stream.write(text)
