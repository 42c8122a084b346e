"""What ends with what it rests on, and what waits for two persons, past our code."""

import json
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from opennrm.casework.refusals import CaseNotFound, Refused
from opennrm.records import queries
from tests import cast, stories
from tests.attacks import raw
from tests.database import NOW, as_administrator, signed_in
from tests.records.test_holds import (
    CHIEF,
    GRANT,
    POLICE,
    READER,
    REFUSED,
    STEP,
    held,
    said,
    waiting,
)

APPEND = "SELECT nrm.append_fact(%s, %s, %s, %s, now(), 'public_task', "
APPEND += "%s, %s::jsonb, NULL, 0, NULL)"
NOTICE = "SELECT nrm.send_notice(%s, 'MI', 'removal_task_recorded', %s, now())"
TODAY = stories.TODAY.isoformat()


def put(who: cast.Member, case_ref: UUID, kind: str, content: dict[str, Any], **more: Any) -> str:
    """Append a fact past our code, as the recorder; return the code of a refusal, or nothing."""
    new = more.get("new", uuid4())
    values = [case_ref, new, kind, more.get("part", "D14"), more.get("corrects")]
    with raw.reader(signed_in(who).token, raw.RECORDER) as connection:
        try:
            connection.execute(APPEND, [*values, json.dumps(content)])
        except psycopg.Error as error:
            return error.sqlstate or ""
        connection.commit()
    return ""


def consent_of(case_ref: UUID) -> UUID:
    return stories.newest(POLICE, case_ref, "consent_given")


def open_rows(case_ref: UUID, house: cast.Member) -> int:
    with as_administrator() as connection:
        row = connection.execute(
            "SELECT count(*) FROM nrm.access WHERE case_ref = %s AND organisation = %s "
            "AND closed_at IS NULL AND until > now()",
            [case_ref, house.organisation.organisation],
        ).fetchone()
    assert row is not None
    return int(row[0])


class TestTheEndOfWhatAHoldRestsOn:
    def test_closes_her_account_to_the_reader(self) -> None:
        case_ref = waiting()
        held(case_ref)
        assert queries.case_page(signed_in(READER), case_ref, at=NOW).compartments

        stories.withdrawn(POLICE, case_ref, consent_of(case_ref))

        with pytest.raises(CaseNotFound):
            queries.case_page(signed_in(READER), case_ref, at=NOW)
        assert stories.newest(POLICE, case_ref, "hold_ended")

    def test_is_seen_to_by_the_database_itself(self) -> None:
        case_ref = waiting()
        held(case_ref)
        consent = consent_of(case_ref)
        content = {"consent": str(consent), "withdrawn_on": TODAY}

        with raw.reader(signed_in(POLICE).token, raw.RECORDER) as connection:
            connection.execute(
                APPEND, [case_ref, uuid4(), "consent_withdrawn", "D10", None, json.dumps(content)]
            )
            connection.execute("SELECT nrm.close_access(%s, %s, NULL)", [case_ref, consent])
            connection.commit()

        assert open_rows(case_ref, READER) == 0
        with as_administrator() as connection:
            left = connection.execute(
                "SELECT count(*) FROM nrm.wrap JOIN nrm.access USING (access_ref) "
                "WHERE case_ref = %s AND closed_at IS NOT NULL",
                [case_ref],
            ).fetchone()
        assert left == (0,)

    def test_is_no_way_to_end_the_hold_of_a_house_that_stays(self) -> None:
        case_ref = waiting()
        hold = held(case_ref)
        content = {"answers": str(hold), "how": "given_up"}

        assert put(POLICE, case_ref, "hold_ended", content) == REFUSED

    def test_leaves_what_another_withdrawal_has_nothing_to_do_with(self) -> None:
        case_ref = waiting()
        held(case_ref)
        manager = cast.CASE_MANAGER
        sent = stories.referred(POLICE, case_ref, manager, "CM", ("D1", "D2", "D9"))
        stories.answered(manager, case_ref, sent)

        stories.withdrawn(POLICE, case_ref, consent_of(case_ref))

        assert open_rows(case_ref, READER) > 0


class TestAnAgreementPastOurCode:
    NO = {"outcome": "negative", "standard": "signs", "decided_on": TODAY}

    def test_carries_nothing_after_its_last_day(self) -> None:
        case_ref = waiting()
        to = str(cast.AUTHORITY.organisation)
        hold = str(uuid4())
        asked = {
            "act": "negative_decision",
            "rule": "R23",
            "to": to,
            "to_role": "CA",
            "answer_by": "2026-01-01",
            "until": "2026-01-11",
            "step": STEP,
        }
        assert put(CHIEF, case_ref, "act_held", asked, new=hold) == ""
        said(case_ref, UUID(hold), cast.SECOND_READER)

        assert put(CHIEF, case_ref, STEP, self.NO | {"hold": hold}) == REFUSED

    def test_is_not_asked_for_again_where_it_was_refused(self) -> None:
        case_ref = waiting()
        said(case_ref, held(case_ref), opinion="disagrees")
        first = stories.folded(CHIEF, case_ref).facts[0].fact_ref

        for about in (first, uuid4()):
            with pytest.raises(Refused):
                held(case_ref, about=about)
        until = stories.in_days(10).isoformat()
        asked = {
            "act": "negative_decision",
            "rule": "R23",
            "to": str(cast.PANEL.organisation),
            "to_role": "RP",
            "answer_by": until,
            "until": until,
            "about": str(first),
            "step": STEP,
        }
        assert put(CHIEF, case_ref, "act_held", asked) == REFUSED

    def test_opens_nothing_for_an_act_that_is_no_decision(self) -> None:
        case_ref = waiting()

        with pytest.raises(Refused):
            held(case_ref, act="return_with_open_remedies", step=None)
        until = stories.in_days(20).isoformat()
        hold = str(uuid4())
        asked = {
            "act": "return_with_open_remedies",
            "rule": "R63",
            "to": str(cast.PANEL.organisation),
            "to_role": "RP",
            "answer_by": until,
            "until": until,
            "scopes": ["D1", "D4", "D14"],
        }
        values = {
            "case": case_ref,
            "to": cast.PANEL.organisation,
            "role": "RP",
            "account": None,
            "part": "D14",
            "mode": "read",
            "for": "10 days",
            "basis": hold,
        }
        with raw.reader(signed_in(CHIEF).token, raw.RECORDER) as connection:
            own = [case_ref, hold, "act_held", "D14", None, json.dumps(asked)]
            connection.execute(APPEND, own)
            assert raw.refused(connection, GRANT, values) == REFUSED


class TestWhatTheRecorderMayNotDo:
    def test_makes_no_adult_without_a_second_person(self) -> None:
        case_ref = stories.contact(POLICE, majority="child")
        content = {"age_status": "adult", "basis": "document", "settled_on": TODAY}

        assert put(POLICE, case_ref, "age_settled", content, part="D1") == REFUSED
        assert not stories.folded(POLICE, case_ref).of_kind("age_settled")

    def test_says_that_she_is_a_child_at_any_time(self) -> None:
        case_ref = stories.contact(POLICE, majority="adult")
        content = {"age_status": "child", "basis": "document", "settled_on": TODAY}

        assert put(POLICE, case_ref, "age_settled", content, part="D1") == ""

    def test_writes_over_no_period(self) -> None:
        case_ref = waiting()
        period = {
            "told_on": TODAY,
            "from": TODAY,
            "until": stories.in_days(90).isoformat(),
            "language": "sq",
        }
        opened = uuid4()
        assert put(CHIEF, case_ref, "recovery_period_opened", period, new=opened) == ""

        shorter = period | {"until": TODAY}
        more = {"corrects": opened}
        assert put(CHIEF, case_ref, "recovery_period_opened", shorter, **more) == REFUSED

    def test_tells_those_who_enforce_immigration_law_nothing(self) -> None:
        case_ref = stories.contact(POLICE, majority="adult")

        with raw.reader(signed_in(POLICE).token, raw.RECORDER) as connection:
            values = [cast.REMOVALS.organisation, case_ref]
            assert raw.refused(connection, NOTICE, values) == REFUSED
