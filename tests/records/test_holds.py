"""Acts that wait for a second person, on a real database: what opens, what stays closed."""

import json
from typing import Any
from uuid import UUID

import psycopg
import pytest

from opennrm.casework.decision import Decision, decide_reasonable_grounds
from opennrm.casework.holds import Opinion, Proposal, give_opinion, propose_act
from opennrm.casework.refusals import AccessMissing, CaseNotFound
from opennrm.records import queries
from tests import cast, stories
from tests.attacks import raw
from tests.database import NOW, as_administrator, signed_in

POLICE, CHIEF, COLLEAGUE = cast.POLICE_OFFICER, cast.DECIDING_OFFICER, cast.SECOND_READER
READER = cast.PANEL_READER
STEP = "reasonable_grounds_decided"
WHY = "Her account has nothing of a purpose of exploitation."
REFUSED = "NR403"
OPINION = "SELECT nrm.append_fact(%s, gen_random_uuid(), 'opinion_given', 'D14', now(), "
OPINION += "'public_task', NULL, %s::jsonb, NULL, 0, NULL)"
SEALED = "SELECT fact_ref FROM nrm.read_sealed(%s, '{D14}')"


def waiting() -> UUID:
    """A case that waits for the authority."""
    case_ref = stories.contact(POLICE, majority="adult", words="They took her papers.")
    scopes = ("D1", "D2", "D4", "D10", "D14")
    sent = stories.referred(POLICE, case_ref, CHIEF, "CA", scopes)
    stories.answered(CHIEF, case_ref, sent)
    return case_ref


def held(case_ref: UUID, **more: Any) -> UUID:
    known: dict[str, Any] = {
        "act": "negative_decision",
        "to": cast.PANEL.organisation,
        "to_role": "RP",
        "reasons": WHY,
        "step": STEP,
    }
    proposal = Proposal(**(known | more))
    hold = stories.do(propose_act, CHIEF, case_ref=case_ref, proposal=proposal)
    assert isinstance(hold, UUID)
    return hold


def at_home(case_ref: UUID) -> UUID:
    """A hold put to a colleague, who holds the case anyway."""
    return held(case_ref, to=cast.AUTHORITY.organisation, to_role="CA")


def said(case_ref: UUID, hold: UUID, who: cast.Member = READER, opinion: str = "agrees") -> None:
    given = Opinion(hold=hold, opinion=opinion, words="As I read it.")
    stories.do(give_opinion, who, case_ref=case_ref, opinion=given)


def told(who: cast.Member, case_ref: UUID) -> set[str]:
    """Open everything a member can open, and return the reasons that came out."""
    page = queries.case_page(signed_in(who), case_ref, at=NOW, opened=("D1", "D4", "D14"))
    return {e.told["reasons"] for e in page.timeline if e.told and "reasons" in e.told}


def sealed_of(who: cast.Member, case_ref: UUID) -> set[UUID]:
    """Ask the database itself for the sealed parts of decisions, past all our code."""
    with raw.reader(signed_in(who).token, raw.APP) as connection:
        return {row[0] for row in connection.execute(SEALED, [case_ref]).fetchall()}


class TestTheReader:
    def test_sees_what_a_decision_needs_and_not_the_reasons(self) -> None:
        case_ref = waiting()
        hold = held(case_ref)

        page = queries.case_page(signed_in(READER), case_ref, at=NOW, opened=("D4", "D14"))

        assert set(page.compartments) == {"D1", "D4", "D4S", "D14"}
        assert set(page.compartments.values()) == {"read"}
        words = {text for e in page.timeline if e.told for text in e.told.values()}
        assert "They took her papers." in words
        assert hold in {e.fact.fact_ref for e in page.timeline}
        assert WHY not in words

    def test_loses_it_with_her_answer(self) -> None:
        case_ref = waiting()
        said(case_ref, held(case_ref))

        with pytest.raises(CaseNotFound):
            queries.case_page(signed_in(READER), case_ref, at=NOW)

    def test_finds_it_on_her_list_as_waiting_for_her(self) -> None:
        case_ref = waiting()
        held(case_ref)

        rows = queries.worklist(signed_in(READER), at=NOW, sort="updated").rows
        mine = next(row for row in rows if row.case_ref == case_ref)
        assert (mine.waiting_for, mine.next_due_kind) == ("us", "T20")

    def test_alone_is_shown_it_where_she_is_named(self) -> None:
        case_ref = waiting()
        held(case_ref, to_account=READER.account)

        with as_administrator() as connection:
            rows = connection.execute(
                "SELECT DISTINCT account FROM nrm.access WHERE case_ref = %s AND role = 'RP'",
                [case_ref],
            ).fetchall()
        assert rows == [(READER.account,)]
        assert sealed_of(READER, case_ref) == set()


class TestTheReasons:
    def test_stay_closed_to_a_colleague_who_holds_decisions_until_she_answered(self) -> None:
        case_ref = waiting()
        hold = at_home(case_ref)

        before = sealed_of(COLLEAGUE, case_ref), told(COLLEAGUE, case_ref)
        said(case_ref, hold, COLLEAGUE, "asks_more")
        while_asking = sealed_of(COLLEAGUE, case_ref)
        said(case_ref, hold, COLLEAGUE)

        assert before == (set(), set())
        assert hold not in while_asking
        assert told(COLLEAGUE, case_ref) == {WHY}

    def test_are_open_to_who_wrote_them(self) -> None:
        case_ref = waiting()
        held(case_ref)

        assert told(CHIEF, case_ref) == {WHY}


class TestAnOpinionPastOurCode:
    @pytest.mark.parametrize("who", [CHIEF, POLICE], ids=["the proposer", "not asked"])
    def test_is_refused_from(self, who: cast.Member) -> None:
        case_ref = waiting()
        hold = at_home(case_ref)
        content = f'{{"answers": "{hold}", "opinion": "agrees", "given_on": "2026-01-01"}}'

        with raw.reader(signed_in(who).token, raw.RECORDER) as connection:
            assert raw.refused(connection, OPINION, [case_ref, content]) == REFUSED

    def test_is_given_once(self) -> None:
        case_ref = waiting()
        hold = at_home(case_ref)
        said(case_ref, hold, COLLEAGUE, "disagrees")
        content = f'{{"answers": "{hold}", "opinion": "agrees", "given_on": "2026-01-01"}}'

        with raw.reader(signed_in(COLLEAGUE).token, raw.RECORDER) as connection:
            assert raw.refused(connection, OPINION, [case_ref, content]) == REFUSED

    def test_is_not_written_over(self) -> None:
        case_ref = waiting()
        hold = at_home(case_ref)
        said(case_ref, hold, COLLEAGUE, "disagrees")
        given = stories.newest(CHIEF, case_ref, "opinion_given")
        content = f'{{"answers": "{hold}", "opinion": "agrees", "given_on": "2026-01-01"}}'
        over = OPINION.replace("NULL, %s::jsonb", "%s, %s::jsonb")

        for who in (CHIEF, COLLEAGUE):
            with raw.reader(signed_in(who).token, raw.RECORDER) as connection:
                assert raw.refused(connection, over, [case_ref, given, content]) == REFUSED


class TestANo:
    def decision(self, hold: UUID | None) -> Decision:
        return Decision(
            outcome="negative",
            standard="signs",
            decided_on=stories.TODAY,
            reasons=WHY,
            language="sq",
            remedy="reconsideration",
            remedy_until=stories.in_days(30),
            hold=hold,
        )

    def test_is_recorded_once_a_second_person_agreed(self) -> None:
        case_ref = waiting()
        hold = held(case_ref)
        said(case_ref, hold)

        stories.do(
            decide_reasonable_grounds, CHIEF, case_ref=case_ref, decision=self.decision(hold)
        )

        kinds = [fact.kind for fact in stories.folded(CHIEF, case_ref).facts]
        assert kinds[-2:] == [STEP, "hold_ended"]

    @pytest.mark.parametrize("opinion", [None, "asks_more", "disagrees"])
    def test_is_refused_by_the_database_itself(self, opinion: str | None) -> None:
        case_ref = waiting()
        hold = held(case_ref)
        if opinion:
            said(case_ref, hold, opinion=opinion)
        told_no = '{"outcome": "negative", "standard": "signs", "decided_on": "2026-01-01"%s}'
        forged = OPINION.replace("opinion_given", STEP)

        with raw.reader(signed_in(CHIEF).token, raw.RECORDER) as connection:
            for more in ("", f', "hold": "{hold}"'):
                values = [case_ref, told_no % more]
                assert raw.refused(connection, forged, values) == REFUSED

    def test_takes_no_agreement_given_for_another_step(self) -> None:
        case_ref = waiting()
        hold = held(case_ref, step="identification_decided")
        said(case_ref, hold)
        content = f'{{"outcome": "negative", "hold": "{hold}"}}'

        with raw.reader(signed_in(CHIEF).token, raw.RECORDER) as connection:
            forged = OPINION.replace("opinion_given", STEP)
            assert raw.refused(connection, forged, [case_ref, content]) == REFUSED


GRANT = (
    "SELECT nrm.grant_access(%(case)s, gen_random_uuid(), %(to)s, %(role)s, %(account)s, "
    "%(part)s, %(mode)s, 'open', %(basis)s, NULL, now(), now() + %(for)s::interval)"
)
HOLD = (
    "SELECT nrm.append_fact(%(case)s, %(basis)s, 'act_held', 'D14', now(), 'public_task', NULL, "
    "%(content)s::jsonb, NULL, 0, NULL)"
)


class TestRowsOnAHold:
    """The database opens no more on a hold than an opinion needs, whoever asks."""

    def granted(self, who: cast.Member, **more: Any) -> str:
        case_ref = waiting()
        named = {"to": str(cast.PANEL.organisation), "to_role": "RP"}
        hold = named | {"act": "negative_decision", "rule": "R23", "scopes": ["D1", "D2", "D14"]}
        until = (stories.in_days(more.pop("until", 20))).isoformat()
        content = hold | {"until": until, "answer_by": until} | more.pop("hold", {})
        values: dict[str, Any] = {
            "case": case_ref,
            "to": cast.PANEL.organisation,
            "role": "RP",
            "account": None,
            "part": "D14",
            "mode": "read",
            "for": "10 days",
            "basis": cast.ref(f"hold {case_ref}"),
        }
        values |= more
        values["content"] = json.dumps(content)
        with raw.reader(signed_in(who).token, raw.RECORDER) as connection:
            try:
                connection.execute(HOLD, values)
                connection.execute(GRANT, values)
            except psycopg.Error as error:
                return error.sqlstate or ""
            finally:
                connection.rollback()
        return "granted"

    def test_opens_what_is_needed(self) -> None:
        assert self.granted(CHIEF) == "granted"

    @pytest.mark.parametrize(
        "more",
        [
            {"part": "D2"},
            {"part": "D4"},
            {"mode": "write"},
            {"for": "21 days"},
            {"for": "40 days", "until": 60},
            {"to": cast.GREEN_DOOR.organisation, "role": "CM"},
            {"to": cast.GREEN_DOOR.organisation},
            {"account": READER.account},
            {"hold": {"to_role": "CM"}},
        ],
        ids=[
            "a part no opinion needs",
            "a part not named",
            "to write",
            "for longer than named",
            "for longer than thirty days",
            "to a shelter",
            "to another house",
            "to a person who was not named",
            "another role than asked",
        ],
    )
    def test_is_refused(self, more: dict[str, Any]) -> None:
        assert self.granted(CHIEF, **more) == REFUSED

    def test_is_refused_to_who_holds_no_pen_on_decisions(self) -> None:
        assert self.granted(POLICE) == REFUSED

    def test_is_refused_to_be_opened_again_later(self) -> None:
        case_ref = waiting()
        hold = held(case_ref)
        said(case_ref, hold)
        values = {
            "case": case_ref,
            "to": cast.PANEL.organisation,
            "role": "RP",
            "account": None,
            "part": "D14",
            "mode": "read",
            "for": "1 day",
            "basis": hold,
        }

        with raw.reader(signed_in(CHIEF).token, raw.RECORDER) as connection:
            assert raw.refused(connection, GRANT, values) == REFUSED

    def test_lets_no_one_vouch_for_herself(self) -> None:
        with pytest.raises(AccessMissing):
            said(case := waiting(), at_home(case), CHIEF)
