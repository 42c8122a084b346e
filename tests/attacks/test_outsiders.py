"""Whoever was given nothing finds nothing: not the case, not a trace that there is one."""

from uuid import UUID, uuid4

import pytest

from opennrm.casework.refusals import CaseNotFound
from opennrm.lifecycle.case import Case
from opennrm.records import queries, sessions
from opennrm.records.reference import reference
from tests import cast, stories
from tests.attacks import raw
from tests.database import NOW, as_administrator, as_role, signed_in

POLICE = cast.POLICE_OFFICER
NAMES = "Arlinda Vokshi"
PARTS = ("D1", "D2", "D4", "D8", "D10")
outsiders = pytest.mark.parametrize("token_of", raw.OUTSIDERS.values(), ids=raw.OUTSIDERS)


@pytest.fixture(scope="module")
def case() -> Case:
    case_ref = stories.contact(POLICE, words="She was told to stay inside.", safe_way="by day")
    stories.described(POLICE, case_ref, names=NAMES, sex="female")
    stories.consent(POLICE, case_ref, cast.CASE_MANAGER, "CM", ("D1", "D10"))
    return stories.folded(POLICE, case_ref)


@pytest.fixture(scope="module")
def withdrawn() -> UUID:
    shelter = cast.CASE_MANAGER
    case_ref = stories.contact(POLICE, words="She wants to go home.")
    stories.described(POLICE, case_ref, names=NAMES)
    referral = stories.referred(POLICE, case_ref, shelter, "CM", PARTS)
    stories.answered(shelter, case_ref, referral)
    queries.find_people(signed_in(shelter), NAMES, at=NOW)
    queries.case_page(signed_in(shelter), case_ref, at=NOW, opened=PARTS)
    given = stories.newest(POLICE, case_ref, "consent_given")
    stories.withdrawn(POLICE, case_ref, given)
    return case_ref


def traces(case: Case) -> list[object]:
    rows = [row.access_ref for row in case.access]
    return [case.case_ref, reference(case.case_ref), *rows, *(f.fact_ref for f in case.facts)]


class TestRawSqlAsTheApplicationRole:
    """Every table, every function, with every token that gives no right to the case."""

    @outsiders
    def test_shows_no_trace_of_the_case_in_any_table(self, case, token_of):
        with raw.reader(token_of()) as connection:
            found = raw.visible_anywhere(connection)

        assert raw.mentions(found, *traces(case)) == []

    @outsiders
    def test_answers_no_function_with_anything(self, case, token_of):
        with raw.reader(token_of()) as connection:
            sealed = connection.execute(
                "SELECT * FROM nrm.read_sealed(%s, %s)", [case.case_ref, raw.EVERY_PART]
            ).fetchall()
            who = connection.execute("SELECT * FROM nrm.who_is_on(%s)", [case.case_ref]).fetchall()

        assert (sealed, who) == ([], [])

    @outsiders
    def test_leaves_no_mark_that_would_show_the_case_is_there(self, case, token_of):
        with raw.reader(token_of()) as connection:
            connection.execute("SELECT nrm.mark_seen(%s)", [case.case_ref])

            marks = connection.execute(
                "SELECT * FROM nrm.seen WHERE case_ref = %s", [case.case_ref]
            ).fetchall()
        assert marks == []

    def test_shows_the_case_to_whoever_recorded_it(self, case):
        """The control: the same search finds it where it is open."""
        with raw.reader(signed_in(POLICE).token) as connection:
            found = raw.visible_anywhere(connection)

        assert {"access", "fact", "worklist", "wrap"} <= set(raw.mentions(found, *traces(case)))


class TestPagesAndSearch:
    """The same outsiders, through the queries the pages use."""

    @pytest.mark.parametrize(
        "who", [cast.SHELTER_WITHOUT_CONSENT, cast.IMMIGRATION_OFFICER, cast.DETECTIVE]
    )
    def test_answer_as_if_there_were_no_such_case(self, case, who):
        viewer = signed_in(who)

        with pytest.raises(CaseNotFound) as hidden:
            queries.case_page(viewer, case.case_ref, at=NOW, opened=PARTS)
        with pytest.raises(CaseNotFound) as invented:
            queries.case_page(viewer, uuid4(), at=NOW, opened=PARTS)
        assert str(hidden.value) == str(invented.value)
        assert hidden.value.finding == invented.value.finding

    @pytest.mark.parametrize(
        "who", [cast.SHELTER_WITHOUT_CONSENT, cast.IMMIGRATION_OFFICER, cast.DETECTIVE]
    )
    def test_find_nothing_by_name_or_reference(self, case, who):
        viewer = signed_in(who)

        assert queries.find_people(viewer, NAMES, at=NOW) == []
        for view in ("all", "due", "waiting", "new", "offered"):
            page = queries.worklist(viewer, at=NOW, view=view, text=reference(case.case_ref)[:4])
            assert case.case_ref not in [row.case_ref for row in page.rows]
            assert page.total == len(page.rows)

    def test_refuse_a_session_that_has_ended(self, case):
        session = raw.fresh_session(POLICE)
        with as_role(raw.APP) as connection:
            connection.execute("SELECT nrm.bind_reader(%s)", [session.token])
            connection.execute("SELECT nrm.end_session()")

        with pytest.raises(sessions.SignedOut):
            queries.case_page(session, case.case_ref, at=NOW)
        with pytest.raises(sessions.SignedOut):
            queries.worklist(session, at=NOW)


class TestAnOrganisationWhoseConsentWasTakenBack:
    """It saw the case once, and knows its reference; from now on it sees nothing."""

    def test_finds_no_trace_of_it_by_raw_sql(self, withdrawn):
        with raw.reader(signed_in(cast.CASE_MANAGER).token) as connection:
            found = raw.visible_anywhere(connection)
            sealed = connection.execute(
                "SELECT * FROM nrm.read_sealed(%s, %s)", [withdrawn, raw.EVERY_PART]
            ).fetchall()
            entries = connection.execute("SELECT case_ref FROM nrm.names_to_search()").fetchall()

        assert raw.mentions(found, withdrawn, reference(withdrawn)) == []
        assert sealed == []
        assert (withdrawn,) not in entries

    def test_finds_nothing_by_page_list_name_or_reference(self, withdrawn):
        viewer = signed_in(cast.CASE_MANAGER)

        with pytest.raises(CaseNotFound):
            queries.case_page(viewer, withdrawn, at=NOW)
        assert withdrawn not in [
            hit.case_ref for hit in queries.find_people(viewer, NAMES, at=NOW)
        ]
        assert queries.worklist(viewer, at=NOW, text=reference(withdrawn)).total == 0
        assert withdrawn not in [notice.case_ref for notice in queries.notices(viewer)]

    def test_cannot_load_or_lock_it(self, withdrawn):
        with pytest.raises(CaseNotFound):
            stories.folded(cast.CASE_MANAGER, withdrawn)
        with raw.reader(signed_in(cast.CASE_MANAGER).token, raw.RECORDER) as connection:
            locked = connection.execute("SELECT nrm.lock_case(%s)", [withdrawn]).fetchone()
        assert locked == (False,)

    def test_loses_it_in_the_next_statement_of_a_transaction_that_was_open(self):
        shelter = cast.CASE_MANAGER
        case_ref = stories.contact(POLICE)
        referral = stories.referred(POLICE, case_ref, shelter, "CM", PARTS)
        stories.answered(shelter, case_ref, referral)
        facts = "SELECT count(*) FROM nrm.fact WHERE case_ref = %s"
        with raw.reader(signed_in(shelter).token) as connection:
            before = connection.execute(facts, [case_ref], prepare=True).fetchone()

            given = stories.newest(POLICE, case_ref, "consent_given")
            stories.withdrawn(POLICE, case_ref, given)

            after = connection.execute(facts, [case_ref], prepare=True).fetchone()
        assert before > (0,)
        assert after == (0,)


class TestAPersonWhoLeft:
    """Who no longer signs in, or no longer holds her role, sees nothing from then on."""

    LEFT = {
        "her account": "UPDATE public.accounts_account SET is_active = %s WHERE ref = %s",
        "her role": "UPDATE public.accounts_membership SET role = CASE WHEN %s THEN 'FR' "
        "ELSE 'TR' END WHERE account_id = %s",
    }

    @pytest.mark.parametrize("change", LEFT.values(), ids=LEFT)
    def test_sees_nothing_in_the_next_statement(self, case, change):
        leaver = cast.POLICE_COLLEAGUE
        facts = "SELECT count(*) FROM nrm.fact WHERE case_ref = %s"
        seen = []
        with raw.reader(signed_in(leaver).token) as connection:
            for stays in (True, False, True):
                with as_administrator() as administrator:
                    administrator.execute(change, [stays, leaver.account])
                seen.append(connection.execute(facts, [case.case_ref], prepare=True).fetchone())

        assert seen[0] == seen[2] > (0,)
        assert seen[1] == (0,)
