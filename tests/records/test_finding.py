"""Names sealed for finding people by: as they are kept today, and as they were kept before."""

import json
from uuid import uuid4

import pytest

from opennrm.records import name_pages, queries, search
from opennrm.records.people import group_keys, members
from opennrm.records.sealing import lock
from opennrm.records.sessions import reading
from tests.database import NOW, as_administrator
from tests.records.test_ended_agreements import ENDS
from tests.records.test_people import NAME, described, named
from tests.web.real_people import at_work_as, enrolled

KEEP = "SELECT nrm.keep_search_entry(%s, %s, %s, %s, %s)"
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
        entry = name_pages.searchable(cursor, session).loose[0].entry
    told = {"names": ["Drita Krasniqi"], "fact": str(entry.fact_ref), "source": None}
    for more in ({}, {"folding": search.FOLDING - 1, "folded": [[False, ["nobody"]]]}):
        plain = json.dumps(told | more).encode()
        sealed = lock(plain, key, search.purposes(session)(case_ref))
        with reading(session.token, "recorder") as cursor:
            cursor.execute(KEEP, [case_ref, uuid4(), "D2", sealed, None])

    hits = queries.find_people(session, "Drita Krasniqi", at=NOW)

    assert [hit.names for hit in hits] == [("Drita Krasniqi",)]


def test_what_cannot_be_opened_is_left_out_and_hides_nothing_else():
    session = at_work_as(enrolled("FR", people=1, officers=0)[0])
    case_ref = described(session)
    sealed = lock(b"{}", bytes(32), search.purposes(session)(case_ref))
    with reading(session.token, "recorder") as cursor:
        cursor.execute(KEEP, [case_ref, uuid4(), "D2", sealed, None])

    assert found(session) == [(NAME,)]


class TestNamesOnPages:
    """What many names are compared by stands on sealed pages, shut when anything changes."""

    @pytest.fixture(autouse=True)
    def few_are_enough(self, monkeypatch):
        monkeypatch.setattr(name_pages, "FEWEST", 2)

    @pytest.fixture
    def people(self):
        """A house of two people and an officer; one of them has described two persons."""
        people = enrolled("FR", people=3, officers=1)
        session = at_work_as(people[1])
        for name in ("Arta Selimi", "Ајше Ђорђевић"):
            named(session, described(session), name)
        assert found(session)
        return people

    def test_are_found_as_each_by_itself_was(self, people):
        session = at_work_as(people[1])

        assert alone(session) == 0
        assert (NAME,) in found(session)
        hits = queries.find_people(session, "Ajse Djordjevic", at=NOW)
        assert [hit.names for hit in hits] == [("Ајше Ђорђевић",)]
        assert queries.find_people(session, "أرتا سليمي", at=NOW)

    def test_told_later_are_found_beside_the_page(self, people):
        session = at_work_as(people[1])
        named(session, described(session), "Drita Krasniqi")

        assert alone(session) == 2
        assert queries.find_people(session, "Drita Krasniqi", at=NOW)

    def test_stand_alone_again_when_one_of_them_goes(self, people):
        session = at_work_as(people[1])
        with as_administrator() as connection:
            connection.execute(
                "UPDATE nrm.access SET closed_at = now() WHERE organisation = %s AND case_ref = "
                "(SELECT case_ref FROM nrm.search_entry WHERE organisation = %s LIMIT 1)",
                [session.actor.organisation] * 2,
            )
            assert pages(connection, session) == [None]

        before = alone(session)
        assert before > 0
        assert found(session)
        assert alone(session) == 0

    def test_leave_the_page_when_it_no_longer_opens(self, people):
        session = at_work_as(people[1])
        with as_administrator() as connection:
            connection.execute("UPDATE nrm.name_page SET sealed = 'spoilt'")

        assert found(session)
        assert alone(session) == 0

    def test_are_folded_again_when_names_are_folded_otherwise(self, people, monkeypatch):
        session = at_work_as(people[1])
        monkeypatch.setattr(name_pages, "FOLDING", name_pages.FOLDING + 1)

        assert found(session)

    def test_are_shown_to_nobody_who_may_not_read_all_of_them(self, people):
        session = at_work_as(people[1])
        with as_administrator() as connection:
            connection.execute(
                "UPDATE nrm.name_page SET roles = '{CM}' WHERE organisation = %s",
                [session.actor.organisation],
            )

        assert seen(session) == []

    def test_are_shown_to_nobody_of_a_house_that_no_agreement_binds(self):
        session = at_work_as(enrolled("FR SH", people=1, officers=0)[0])
        for name in ("Arta Selimi", "Drita Krasniqi"):
            named(session, described(session), name)
        assert found(session) and alone(session) == 0
        house = session.actor.organisation
        with as_administrator() as connection:
            connection.execute(
                "UPDATE nrm.name_page SET roles = '{SH}' WHERE organisation = %s", [house]
            )
            assert len(seen(session)) == 1
            connection.execute(ENDS, [40, 30, house])

        assert seen(session) == []

    def test_are_not_seen_past_the_end_of_the_first_access(self, people):
        session = at_work_as(people[1])
        with as_administrator() as connection:
            connection.execute(
                "UPDATE nrm.name_page SET until = now() WHERE organisation = %s",
                [session.actor.organisation],
            )

        assert alone(session) > 0
        assert found(session)

    def test_open_with_a_new_key_after_who_left(self, people):
        officer = at_work_as(people[0])
        members.close_account(officer, people[1].account)
        group_keys.renew(officer, "FR")
        session = at_work_as(people[2])

        assert alone(session) > 0
        assert found(session)
        assert alone(session) == 0

    def test_are_kept_together_only_where_the_same_may_read_them(self, people):
        session = at_work_as(people[1])
        stranger = at_work_as(enrolled("FR", people=1, officers=0)[0])
        named(stranger, described(stranger), "Drita Krasniqi")
        with as_administrator() as connection:
            theirs = [
                ref
                for (ref,) in connection.execute(
                    "SELECT entry_ref FROM nrm.search_entry WHERE organisation = %s",
                    [session.actor.organisation],
                )
            ]

        with reading(stranger.token, "recorder") as cursor:
            cursor.execute(name_pages.KEEP, [uuid4(), theirs, b"a page of others"])
            kept = cursor.fetchone()[0]

        assert kept is False
        assert found(session)


def seen(session) -> list:
    """Return the pages and entries the database hands out to a reader."""
    with reading(session.token) as cursor:
        cursor.execute(name_pages.TO_SEARCH)
        return cursor.fetchall()


def alone(session) -> int:
    """Count the entries of a reader's house that stand on no page."""
    return sum(1 for row in seen(session) if row[0] is None)


def pages(connection, session) -> list:
    """Return what the pages of a reader's house hold."""
    rows = connection.execute(
        "SELECT sealed FROM nrm.name_page WHERE organisation = %s", [session.actor.organisation]
    )
    return [sealed for (sealed,) in rows.fetchall()]
