"""`./run import`: cases from a workbook, or a public data set for the page of figures."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from datetime import datetime, timedelta
from pathlib import Path

from django.db import connections
from django.utils import timezone

from opennrm.casework.refusals import Refused
from opennrm.console import stopping
from opennrm.console.import_htcds import Imported, import_workbook, write_problems
from opennrm.console.import_notifications import send_notifications
from opennrm.console.machine import Machine
from opennrm.console.saying import UNKNOWN, Progress, say
from opennrm.exchange.htcds.refusals import WorkbookRefused
from opennrm.rapporteur.ctdc.reading import ImportRefused
from opennrm.rapporteur.importing import import_ctdc
from opennrm.records import factors, sessions
from opennrm.records.importing import MarksImpossible
from opennrm.records.sessions import OpenedSession, SignInRefused

REFUSED, LEFT_OUT = 1, 3
LONG = timedelta(hours=8)


def run(given: argparse.Namespace, _machine: Machine) -> int:
    """Import the file; exit 1 when it is refused, 3 when rows have to be corrected."""
    stopping.listen()
    path = Path(given.file)
    if not path.is_file():
        return _refused(f"There is no file {path}. Check its name.")
    if given.format == "notifications":
        return _notifications(given, path)
    return _cases(given, path) if given.format == "htcds" else _data_set(path)


def _cases(given: argparse.Namespace, path: Path) -> int:
    if not given.sign_in_name:
        return _refused("Name who imports: ./run import htcds FILE --as NAME")
    report = Path(given.report) if given.report else path.with_suffix(".problems.csv")
    if report.suffix.lower() not in (".csv", ".xlsx"):
        return _refused("The report is written as .csv or .xlsx. Name such a file.")
    at = timezone.now()
    try:
        opened = signed_in(given.sign_in_name, at=at)
    except SignInRefused as refused:
        return _refused(str(refused))
    try:
        done = import_workbook(path, opened.session, at=at, progress=Progress("Read", "rows"))
    except (WorkbookRefused, Refused, MarksImpossible) as refused:
        return _refused(f"{refused} Nothing was imported.")
    finally:
        sessions.end(opened.secret, at=at)
    _tell(done)
    return _corrections(done, report)


def _notifications(given: argparse.Namespace, path: Path) -> int:
    if not given.sign_in_name:
        return _refused("Name who sends them: ./run import notifications FILE --as NAME")
    at = timezone.now()
    try:
        opened = signed_in(given.sign_in_name, at=at)
    except SignInRefused as refused:
        return _refused(str(refused))
    try:
        done = send_notifications(path, opened.session, at=at)
    except (WorkbookRefused, Refused) as refused:
        return _refused(f"{refused} Nothing more was sent.")
    finally:
        sessions.end(opened.secret, at=at)
    say(f"{done.sent} notifications sent, {done.known} were sent before.")
    for row, answer in done.faults:
        say(f"Row {row}: {answer} is missing or is no code of the form. It was not sent.")
    return LEFT_OUT if done.faults else 0


def signed_in(name: str, *, at: datetime) -> OpenedSession:
    """Sign a person in at the terminal: her passphrase, then the code of her app.

    :raises SignInRefused: when one of them is not right, or she has no app.
    """
    opened = sessions.open_session(name, asked("Passphrase"), at=at, idle=LONG)
    session = opened.session
    if session.needs_enrolment:
        raise SignInRefused("Sign in on the pages first and add an authenticator app there.")
    if session.waits_for_factor:
        kind = factors.accepts_code(session.token, session.actor.account, asked("Code"))
        if kind is None:
            raise SignInRefused("The code is not right, or it was used before.")
        factors.pass_factor(session.token, kind)
        session = sessions.resume(opened.secret, at=at) or session
    return OpenedSession(session, opened.secret)


def asked(what: str) -> str:
    """Ask for a passphrase or a code: in OPENNRM_..., on standard input, or at the terminal."""
    given = os.environ.get(f"OPENNRM_{what.upper()}")
    if given is not None:
        return given
    if sys.stdin.isatty():
        return getpass.getpass(f"{what}: ")
    return sys.stdin.readline().rstrip("\r\n")


def _tell(done: Imported) -> None:
    say(f"{done.rows} rows: {done.cases} cases recorded, {done.known} were imported before.")
    if done.refused:
        say(f"{done.refused} rows were refused by a rule and not recorded.", to=sys.stderr)
    if done.without_consent:
        say(
            f"{done.without_consent} rows say that the person did not consent: recorded without "
            "name, contact and account."
        )


def _corrections(done: Imported, report: Path) -> int:
    if not done.problems:
        return 0
    lines = write_problems(done.problems, report)
    say(f"{done.left_out} rows were left out. {lines} remarks are in {report}")
    if done.left_out:
        say("Correct them and import the file again; what was recorded is not doubled.")
    return LEFT_OUT if done.left_out else 0


def _data_set(path: Path) -> int:
    at, progress = timezone.now(), Progress("Read", "rows")
    connection = connections["statistics"]
    try:
        found = import_ctdc(
            path,
            connection=connection,
            progress=lambda rows: progress(rows, UNKNOWN),
            at=at,
        )
    except ImportRefused as refused:
        return _refused(str(refused))
    word = "was there before" if found.already_there else "is imported"
    say(f"{found.name} {word}: {found.rows} rows, kept apart from the cases of this mechanism.")
    say(f"Terms: {found.terms}")
    say(f"Cite as: {found.citation}")
    for note in found.notes:
        say(f"Note: {note}")
    say("Look at it on the page of figures.")
    return 0


def _refused(why: str) -> int:
    say(why, to=sys.stderr)
    return REFUSED
