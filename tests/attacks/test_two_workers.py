"""Several workers at once on one case: nothing is lost, nothing doubled, nothing out of place."""

from uuid import UUID, uuid4

import pytest

from opennrm.casework.contact import AccountNote, Contact, note_account, record_contact
from opennrm.casework.referral import ReferralAnswer, acknowledge_referral
from opennrm.casework.refusals import CaseNotFound, ChangedMeanwhile
from opennrm.records.desk import AlreadySent, at_work
from opennrm.records.verifying import verify
from tests import cast, stories
from tests.attacks.at_once import at_once
from tests.database import NOW, as_administrator, signed_in

POLICE, COLLEAGUE = cast.POLICE_OFFICER, cast.POLICE_COLLEAGUE
WORKERS = 8


@pytest.fixture()
def case_ref() -> UUID:
    signed_in(COLLEAGUE)
    return stories.contact(POLICE)


def note(who: cast.Member, case_ref: UUID, words: str, **more: object) -> UUID:
    account = AccountNote(words=words)
    return stories.do(note_account, who, case_ref=case_ref, account=account, **more)


def positions(case_ref: UUID) -> list[int]:
    with as_administrator() as connection:
        rows = connection.execute(
            "SELECT position FROM nrm.fact WHERE case_ref = %s ORDER BY position", [case_ref]
        ).fetchall()
    return [position for (position,) in rows]


class TestTwoWorkersAtOnce:
    """Both looked at the same page; one saves first."""

    def test_leave_one_fact_and_tell_the_second_what_was_recorded(self, case_ref):
        works = [
            lambda who=who: note(who, case_ref, f"By {who.account}", expected={"D4": 0})
            for who in (POLICE, COLLEAGUE)
        ]

        answers = at_once(works)

        saved = [one for one in answers if isinstance(one, UUID)]
        told = [one for one in answers if isinstance(one, ChangedMeanwhile)]
        assert (len(saved), len(told)) == (1, 1)
        assert told[0].compartment == "D4"
        assert [fact.fact_ref for fact in told[0].facts] == saved
        notes = stories.folded(POLICE, case_ref).of_kind("account_noted")
        assert [fact.fact_ref for fact in notes] == saved

    def test_both_save_when_they_wrote_in_different_parts(self, case_ref):
        answers = at_once(
            [
                lambda: note(POLICE, case_ref, "A note", expected={"D4": 0}),
                lambda: stories.described(COLLEAGUE, case_ref, names="Sose Prela"),
            ]
        )

        assert not [one for one in answers if isinstance(one, Exception)]


class TestManyWorkersAtOnce:
    """Eight of them, on one case or with one form."""

    def test_leave_positions_without_gaps_and_a_chain_that_holds(self, case_ref):
        works = [lambda n=n: note(POLICE, case_ref, f"Note {n}") for n in range(WORKERS * 3)]

        answers = [one for part in range(3) for one in at_once(works[part::3])]

        assert not [one for one in answers if isinstance(one, Exception)]
        assert positions(case_ref) == list(range(1, WORKERS * 3 + 2))
        assert case_ref not in [broken.case_ref for broken in verify().broken]

    def test_sending_one_form_have_one_effect(self):
        session, form = signed_in(POLICE), uuid4()
        contact = Contact(route="own_detection", channel="in_person", contact_on=stories.TODAY)

        def send() -> UUID:
            with at_work(session, at=NOW, form_key=form) as desk:
                return record_contact(contact=contact, actor=session.actor, at=NOW, desk=desk)

        answers = at_once([send] * WORKERS)

        assert len([one for one in answers if isinstance(one, UUID)]) == 1
        assert len([one for one in answers if isinstance(one, AlreadySent)]) == WORKERS - 1

    def test_give_back_a_form_whose_work_was_refused(self, case_ref):
        session, form = signed_in(POLICE), uuid4()
        note(POLICE, case_ref, "First")

        def send(seen: int) -> UUID:
            with at_work(session, at=NOW, form_key=form) as desk:
                return note_account(
                    case_ref=case_ref,
                    account=AccountNote(words="Second"),
                    actor=session.actor,
                    at=NOW,
                    desk=desk,
                    expected={"D4": seen},
                )

        with pytest.raises(ChangedMeanwhile):
            send(0)
        assert send(1)
        with pytest.raises(AlreadySent):
            send(2)


class TestAWithdrawalMeetingAnAcceptance:
    """Whichever comes first, nothing is open afterwards."""

    @pytest.mark.parametrize("attempt", range(5))
    def test_leaves_nothing_open(self, case_ref, attempt):
        shelter = cast.CASE_MANAGER
        referral = stories.referred(POLICE, case_ref, shelter, "CM", ("D1", "D2", "D10"))
        given = stories.newest(POLICE, case_ref, "consent_given")
        answer = ReferralAnswer(referral=referral, answer="accepted")
        signed_in(shelter)

        at_once(
            [
                lambda: stories.withdrawn(POLICE, case_ref, given),
                lambda: stories.do(
                    acknowledge_referral, shelter, case_ref=case_ref, answer=answer
                ),
            ]
        )

        with pytest.raises(CaseNotFound):
            stories.folded(shelter, case_ref)
        with as_administrator() as connection:
            left = connection.execute(
                "SELECT count(*) FROM nrm.wrap JOIN nrm.access USING (access_ref) "
                "WHERE case_ref = %s AND organisation = %s",
                [case_ref, shelter.actor.organisation],
            ).fetchone()
        assert left == (0,)
