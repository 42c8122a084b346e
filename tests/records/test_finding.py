"""Names sealed for finding people by: as they are kept today, and as they were kept before."""

import json
from uuid import uuid4

from opennrm.records import queries, search, statements
from opennrm.records.sealing import lock
from opennrm.records.sessions import reading
from tests.database import NOW
from tests.records.test_people import NAME, described
from tests.web.real_people import at_work_as, enrolled

SPELLED = "Арта Селими"


def found(session) -> list[tuple[str, ...]]:
    """Return the names found by the spelling in other letters."""
    return [hit.names for hit in queries.find_people(session, SPELLED, at=NOW)]


def test_a_name_is_found_in_other_letters_by_what_was_folded_when_it_was_kept(monkeypatch):
    session = at_work_as(enrolled("FR", people=1, officers=0)[0])
    described(session)
    assert found(session) == [(NAME,)]

    monkeypatch.setattr(search, "folded", lambda _name: search.FoldedName(False, ("",)))
    assert found(session) == [(NAME,)]


def test_a_name_folded_otherwise_before_is_folded_again():
    session = at_work_as(enrolled("FR", people=1, officers=0)[0])
    case_ref = described(session)
    key = session.keyring.search
    with reading(session.token) as cursor:
        entry = next(iter(search.opened_entries(cursor, session)))
    told = {"names": ["Drita Krasniqi"], "fact": str(entry.fact_ref), "source": None}
    for more in ({}, {"folding": search.FOLDING - 1, "folded": [[False, ["nobody"]]]}):
        plain = json.dumps(told | more).encode()
        sealed = lock(plain, key, search.purposes(session)(case_ref))
        with reading(session.token, "recorder") as cursor:
            cursor.execute(statements.KEEP_SEARCH_ENTRY, [case_ref, uuid4(), "D2", sealed])

    hits = queries.find_people(session, "Drita Krasniqi", at=NOW)

    assert [hit.names for hit in hits] == [("Drita Krasniqi",)]


def test_what_cannot_be_opened_is_left_out_and_hides_nothing_else():
    session = at_work_as(enrolled("FR", people=1, officers=0)[0])
    case_ref = described(session)
    sealed = lock(b"{}", bytes(32), search.purposes(session)(case_ref))
    with reading(session.token, "recorder") as cursor:
        cursor.execute(statements.KEEP_SEARCH_ENTRY, [case_ref, uuid4(), "D2", sealed])

    assert found(session) == [(NAME,)]
