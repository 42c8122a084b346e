"""Measures the record against a floor: one committed row of the same size in the same database.

Run it with `.venv/bin/python benchmarks/record.py`; it makes a home of its own and removes it.
"""

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

HOME = tempfile.mkdtemp(prefix="opennrm-benchmark-")
os.environ["OPENNRM_HOME"] = HOME
os.environ["DJANGO_SETTINGS_MODULE"] = "opennrm.config.settings"

import django  # noqa: E402
import psycopg  # noqa: E402

django.setup()

from opennrm.casework.contact import (  # noqa: E402
    AccountNote,
    Contact,
    PersonDescription,
    describe_person,
    note_account,
    record_contact,
)
from opennrm.config.databases import server  # noqa: E402
from opennrm.config.preparing import prepare_database  # noqa: E402
from opennrm.records import queries, sessions  # noqa: E402
from opennrm.records.desk import at_work  # noqa: E402
from opennrm.records.enrolment import NewAccount, NewOrganisation, enrol_organisation  # noqa: E402

CASES, REPEATS, SEALED_BYTES = 1_000, 200, 1_300
NAMES = ("Мира", "Leyla", "Besa", "Zorica", "Amina", "Ѓулсен", "Drita", "Elif")


def main() -> int:
    """Measure, print and clean up."""
    prepare_database()
    session = signed_in()
    now = datetime.now(UTC)
    floor = plain_commits(REPEATS)
    refs = []
    contact = per_call(lambda: refs.append(new_case(session, now)), REPEATS)
    note = per_call(lambda: noted(session, refs[0], now), REPEATS)
    for number in range(CASES - REPEATS):
        refs.append(new_case(session, now))
        if number % 4 == 0:
            named(session, refs[-1], number, now)
    queries.find_people(session, "first look", at=now)
    found = per_call(lambda: queries.find_people(session, "Mira Petrova", at=now), 20)
    listed = per_call(lambda: queries.worklist(session, at=now), 50)
    shown = per_call(lambda: queries.case_page(session, refs[0], at=now), 50)
    print(f"floor: one committed row of {SEALED_BYTES} bytes    {floor * 1000:7.2f} ms")
    for name, took in (
        ("record_contact (a new case with its keys)", contact),
        (f"note_account (one fact, case of {REPEATS} facts)", note),
        (f"worklist page, {CASES} cases", listed),
        (f"case page, {REPEATS} facts", shown),
        (f"find a person among {(CASES - REPEATS) // 4} names", found),
    ):
        print(f"{name:45} {took * 1000:7.2f} ms  {took / floor:6.1f} x floor")
    return 0


def per_call(work: Callable[[], object], times: int) -> float:
    """Return seconds a call."""
    begun = time.perf_counter()
    for _ in range(times):
        work()
    return (time.perf_counter() - begun) / times


def plain_commits(times: int) -> float:
    """Return seconds a row of the size of a sealed fact, each committed by itself."""
    content = os.urandom(SEALED_BYTES)
    with psycopg.connect(**server().admin_dsn(server().database), autocommit=True) as plain:
        plain.execute("CREATE TABLE floor (row bigserial PRIMARY KEY, content bytea)")
        begun = time.perf_counter()
        for _ in range(times):
            plain.execute("INSERT INTO floor (content) VALUES (%s)", [content])
        return (time.perf_counter() - begun) / times


def signed_in() -> sessions.Session:
    """Enrol one organisation with one person and sign her in."""
    words = "words enough for a measure"
    enrol_organisation(
        NewOrganisation(
            "Measured", "law_enforcement", "MK", ("FR",), date(2020, 1, 1), date(2100, 1, 1)
        ),
        [NewAccount("measure", "Measure", ("FR",), words, is_invented=True)],
    )
    return sessions.open_session("measure", words, at=datetime.now(UTC)).session


def new_case(session: sessions.Session, now: datetime) -> object:
    """Record a first contact with words and a way to reach her."""
    told = Contact(
        route="own_detection",
        channel="in_person",
        contact_on=now.date(),
        words="She asked to sit down. " * 40,
        safe_way="through the kiosk by the station",
        safe_channel="",
    )
    with at_work(session, at=now) as desk:
        return record_contact(contact=told, actor=session.actor, at=now, desk=desk)


def noted(session: sessions.Session, case_ref: object, now: datetime) -> None:
    """Add one fact to a case."""
    with at_work(session, at=now) as desk:
        note_account(
            case_ref=case_ref,
            account=AccountNote(words="She said a little more today. " * 40),
            actor=session.actor,
            at=now,
            desk=desk,
        )


def named(session: sessions.Session, case_ref: object, number: int, now: datetime) -> None:
    """Write down an invented name."""
    name = f"{NAMES[number % len(NAMES)]} Петрова-{number}"
    with at_work(session, at=now) as desk:
        describe_person(
            case_ref=case_ref,
            person=PersonDescription(names=name),
            actor=session.actor,
            at=now,
            desk=desk,
        )


if __name__ == "__main__":
    try:
        status = main()
    finally:
        server().stop()
        place = Path(HOME) / "database.place"
        if place.is_file():
            shutil.rmtree(place.read_text(encoding="utf-8").strip())
        shutil.rmtree(HOME)
    sys.exit(status)
