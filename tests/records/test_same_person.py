"""Answers about two cases of one house: they open nothing, and go when either case closes."""

from uuid import UUID, uuid4

import psycopg
import pytest

from opennrm.casework.refusals import CaseNotFound
from opennrm.records.same_person import answer_person, answers_of, standing
from opennrm.vocabulary.together import PersonAnswer, PersonReason
from tests import cast, stories
from tests.attacks import raw
from tests.database import as_administrator, signed_in

OFFICER, MANAGER = cast.POLICE_OFFICER, cast.CASE_MANAGER
SAME, NAMES = PersonAnswer.SAME, (PersonReason.NAMES,)


def known(who: cast.Member = OFFICER) -> UUID:
    """Record somebody who is described."""
    case_ref = stories.contact(who)
    stories.described(who, case_ref, names="Arta Selimi")
    return case_ref


def shared(case_ref: UUID, *parts: str) -> UUID:
    """Share parts of a case of the officer with the case manager, who accepts."""
    referral = stories.referred(OFFICER, case_ref, MANAGER, "CM", ("D1", *parts))
    stories.answered(MANAGER, case_ref, referral)
    return case_ref


def said(who: cast.Member, case_ref: UUID) -> list[tuple[UUID, PersonAnswer]]:
    """Return what stands, as this person sees it from one case."""
    return [(one.other, one.answer) for one in standing(answers_of(signed_in(who), case_ref))]


def says(who: cast.Member, case_ref: UUID, other: UUID, answer: PersonAnswer = SAME) -> None:
    answer_person(signed_in(who), case_ref, other, answer=answer, because=NAMES)


def journal(case_ref: UUID, action: str) -> int:
    with as_administrator() as connection:
        row = connection.execute(
            "SELECT count(*) FROM nrm.journal WHERE case_ref = %s AND action = %s",
            [case_ref, action],
        ).fetchone()
    return row[0] if row else 0


def test_an_answer_stands_on_both_cases_until_it_is_taken_back_and_is_in_the_journal():
    first, second = known(), known()
    says(OFFICER, first, second)

    assert said(OFFICER, first) == [(second, SAME)]
    assert said(OFFICER, second) == [(first, SAME)]
    (one,) = answers_of(signed_in(OFFICER), first)
    assert one.because == NAMES
    assert one.by
    assert journal(first, "answered_person") == journal(second, "answered_person") == 1
    assert journal(first, "read_person_answers") == 2

    says(OFFICER, second, first, PersonAnswer.TAKEN_BACK)
    assert said(OFFICER, first) == said(OFFICER, second) == []
    assert len(answers_of(signed_in(OFFICER), first)) == 2

    says(OFFICER, first, second, PersonAnswer.ANOTHER)
    assert said(OFFICER, second) == [(first, PersonAnswer.ANOTHER)]


def test_what_is_sent_twice_is_said_once_and_nothing_is_taken_back_that_was_never_said():
    first, second = known(), known()
    says(OFFICER, first, second, PersonAnswer.TAKEN_BACK)
    says(OFFICER, first, second)
    says(OFFICER, second, first)

    assert len(answers_of(signed_in(OFFICER), first)) == 1


def test_whoever_sees_one_of_them_sees_no_answer_and_opens_nothing():
    first, second = shared(known(), "D2"), known()
    says(OFFICER, first, second)

    assert said(MANAGER, first) == []
    shared(second, "D2")
    assert said(MANAGER, first) == []  # Another house answers for itself.
    says(MANAGER, second, first, PersonAnswer.MAYBE)
    assert said(MANAGER, first) == [(second, PersonAnswer.MAYBE)]
    assert said(OFFICER, first) == [(second, SAME)]


@pytest.mark.parametrize("turned", [False, True])
def test_whoever_answers_to_see_is_refused_alike_for_a_case_closed_to_her_and_for_none(turned):
    own, closed = known(MANAGER), known()
    without_names = shared(known(), "D4")
    for other in (closed, uuid4(), own, without_names):
        pair = (other, own) if turned else (own, other)
        with pytest.raises(CaseNotFound):
            says(MANAGER, *pair)
    assert said(MANAGER, own) == said(MANAGER, closed) == []
    assert journal(closed, "answered_person") == 0


def test_an_answer_is_hidden_when_a_case_closes_and_gone_when_it_is_erased():
    first, second = shared(known(), "D2"), shared(known(), "D2")
    says(MANAGER, first, second)
    with as_administrator() as connection:
        connection.execute(
            "UPDATE nrm.access SET until = now() WHERE case_ref = %s AND organisation = %s",
            [second, MANAGER.actor.organisation],
        )
    assert said(MANAGER, first) == []

    with as_administrator() as connection:
        fact, account = connection.execute(
            "SELECT fact_ref, actor FROM nrm.fact WHERE case_ref = %s", [second]
        ).fetchone()
        connection.execute(
            "INSERT INTO nrm.erasure (case_ref, fact_ref, account, organisation) "
            "VALUES (%s, %s, %s, %s)",
            [second, fact, account, OFFICER.actor.organisation],
        )
        left = connection.execute(
            "SELECT count(*) FROM nrm.person_answer WHERE %s IN (one, other)", [second]
        ).fetchone()
        connection.rollback()
    assert left == (0,)


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM nrm.person_answer",
        "INSERT INTO nrm.person_answer (answer) VALUES ('same')",
        "UPDATE nrm.person_answer SET answer = 'same'",
        "DELETE FROM nrm.person_answer",
    ],
)
def test_the_table_itself_is_open_to_no_reader(statement):
    with raw.reader(signed_in(OFFICER).token) as connection:
        assert raw.refused(connection, statement) == "42501"


def test_an_answer_is_never_changed_in_place():
    first, second = known(), known()
    says(OFFICER, first, second)
    with as_administrator() as connection, pytest.raises(psycopg.Error) as refused:
        connection.execute(
            "UPDATE nrm.person_answer SET answer = 'another' WHERE %s IN (one, other)", [first]
        )
    assert refused.value.sqlstate == "NR403"
