"""A reply is put together by several, approved, sent and released; the database guards it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pytest
from django.db import connections

from opennrm.accounts.models import Organisation
from opennrm.coordination.desk import ChangeRefused, at_coordination
from opennrm.coordination.models import (
    Change,
    QuestionnaireVersion,
    SurveyAnswer,
    SurveyPart,
    SurveyReply,
    SurveyRound,
    SurveyTask,
)
from opennrm.coordination.surveys import replying
from opennrm.coordination.surveys.importing import take_into, take_replies, workbook_for
from opennrm.coordination.surveys.loading import answers_of, replies_of
from opennrm.coordination.surveys.replying import Assignment, NewReply
from opennrm.exchange.questionnaires.answer import Answer
from opennrm.exchange.questionnaires.question import Group
from opennrm.exchange.questionnaires.yaml_file import as_content
from tests import cast
from tests.coordination.asking import DONE, FORM, LAW, chose, number
from tests.database import NOW, signed_in

MINISTRY, NCO, NGO = cast.DECIDING_OFFICER, cast.CO_ORDINATOR, cast.CASE_MANAGER
OTHER_NGO, OFFICER, STRANGER = cast.TRIAL_OBSERVER, cast.OSCE_OFFICER, cast.PROSECUTOR
GOVERNMENT = (NCO, MINISTRY, STRANGER, cast.RAPPORTEUR, cast.POLICE_OFFICER)
TODAY = NOW.date()
_count = iter(range(1000))


@dataclass
class Desk:
    """A round, opened by the office."""

    round: SurveyRound

    def reply(self, member: cast.Member, group: Group, state: str = "MK") -> SurveyReply:
        """Begin a reply."""
        with at_coordination(signed_in(member)):
            wanted = NewReply(state, group, f"{state} {group}")
            return replying.open_reply(round_=self.round, wanted=wanted, actor=member.actor)

    def answer(self, member: cast.Member, reply: SurveyReply, *answers: Answer) -> None:
        """Write answers as a person."""
        with at_coordination(signed_in(member)):
            replying.keep_answers(reply=reply, answers=answers)

    def task(
        self, lead: cast.Member, reply: SurveyReply, house: cast.Member, *codes: str
    ) -> SurveyTask:
        """Assign a part."""
        with at_coordination(signed_in(lead)):
            wanted = Assignment(
                Organisation.objects.get(ref=house.organisation.organisation),
                codes,
                date(2026, 9, 1),
            )
            return replying.assign(reply=reply, wanted=wanted, actor=lead.actor)

    def send(self, member: cast.Member, reply: SurveyReply) -> None:
        """Approve and send."""
        with at_coordination(signed_in(member)):
            replying.send(reply=reply, actor=member.actor, at=NOW)


def seen_by(member: cast.Member, reply: SurveyReply) -> tuple[bool, int]:
    """Tell whether somebody sees a reply, and how many of its answers."""
    with at_coordination(signed_in(member)):
        return (
            SurveyReply.objects.filter(ref=reply.ref).exists(),
            SurveyAnswer.objects.filter(reply_id=reply.ref).count(),
        )


@pytest.fixture
def desk() -> Iterator[Desk]:
    """A round with three questions."""
    with at_coordination(signed_in(OFFICER)):
        place = next(_count)
        form = QuestionnaireVersion.objects.create(
            key=f"small-{place}", version=1, title="Small", content=as_content(FORM)
        )
        made = SurveyRound.objects.create(
            title=f"Round {place}",
            questionnaire=form,
            opens_on=date(2026, 1, 1),
            due_on=date(2026, 12, 1),
        )
    yield Desk(made)


class TestAStatesReply:
    def test_is_filled_in_by_a_ministry_approved_and_sent_by_the_co_ordinator(
        self, desk: Desk
    ) -> None:
        reply = desk.reply(NCO, Group.STATE)
        task = desk.task(NCO, reply, MINISTRY, "L1")
        desk.answer(MINISTRY, reply, chose(LAW, "yes"))
        with pytest.raises(ChangeRefused, match="has not approved its part"):
            desk.send(NCO, reply)

        with at_coordination(signed_in(MINISTRY)):
            replying.approve_part(task=task, actor=MINISTRY.actor, at=NOW)
        desk.send(NCO, reply)

        assert seen_by(OFFICER, reply) == (True, 1)
        with at_coordination(signed_in(OFFICER)):
            (found,) = replies_of(desk.round)
            assert found.answers["L1"].choices == ("yes",)

    def test_is_a_draft_for_its_own_hands_only(self, desk: Desk) -> None:
        reply = desk.reply(NCO, Group.STATE)
        desk.answer(NCO, reply, chose(LAW, "yes"))

        assert seen_by(OFFICER, reply) == (False, 0)
        assert seen_by(STRANGER, reply) == (False, 0)
        assert seen_by(MINISTRY, reply) == (False, 0)

    def test_lets_a_ministry_write_its_own_questions_only(self, desk: Desk) -> None:
        reply = desk.reply(NCO, Group.STATE)
        desk.task(NCO, reply, MINISTRY, "L1")

        with pytest.raises(Exception, match="row-level security"):
            desk.answer(MINISTRY, reply, chose(DONE, "yes"))
        with pytest.raises(Exception, match="row-level security"):
            desk.answer(STRANGER, reply, chose(LAW, "yes"))

    def test_closes_a_part_once_it_is_approved_and_opens_it_again_with_a_reason(
        self, desk: Desk
    ) -> None:
        reply = desk.reply(NCO, Group.STATE)
        task = desk.task(NCO, reply, MINISTRY, "L1")
        with at_coordination(signed_in(MINISTRY)):
            replying.approve_part(task=task, actor=MINISTRY.actor, at=NOW)
        with pytest.raises(Exception, match="row-level security"):
            desk.answer(MINISTRY, reply, chose(LAW, "yes"))

        with at_coordination(signed_in(NCO)):
            replying.reopen_part(task=task, actor=NCO.actor, why="Please add the year")
        desk.answer(MINISTRY, reply, chose(LAW, "yes"))

        assert seen_by(NCO, reply) == (True, 1)

    def test_is_not_changed_once_sent_and_is_taken_back_with_a_reason(self, desk: Desk) -> None:
        reply = desk.reply(NCO, Group.STATE)
        desk.send(NCO, reply)
        with pytest.raises(ChangeRefused, match="Take it back first"):
            desk.answer(NCO, reply, chose(LAW, "yes"))
        with at_coordination(signed_in(OFFICER)):
            replying.send_back(reply=reply, note="The period is missing.", at=NOW)

        with at_coordination(signed_in(NCO)):
            assert [one.note for one in reply.returns.all()] == ["The period is missing."]
            with pytest.raises(ChangeRefused, match="Say why"):
                replying.take_back(reply=reply, actor=NCO.actor, why=" ")
            replying.take_back(reply=reply, actor=NCO.actor, why="To add the period")
        desk.answer(NCO, reply, chose(LAW, "yes"))

        assert seen_by(OFFICER, reply) == (False, 0)

    def test_asks_before_a_second_one_of_the_same_state(self, desk: Desk) -> None:
        desk.reply(NCO, Group.STATE)
        second = NewReply("MK", Group.STATE, "Another part of the country")

        with at_coordination(signed_in(NCO)), pytest.raises(ChangeRefused, match="already"):
            replying.open_reply(round_=desk.round, wanted=second, actor=NCO.actor)
        several = NewReply("MK", Group.STATE, "Another part of the country", True)
        with at_coordination(signed_in(NCO)):
            made = replying.open_reply(round_=desk.round, wanted=several, actor=NCO.actor)

        assert made.state == "MK"

    def test_is_spoken_by_the_co_ordination_not_by_a_ministry_or_an_ngo(self, desk: Desk) -> None:
        for member in (MINISTRY, NGO):
            with pytest.raises(ChangeRefused, match="co-ordination replies for the State"):
                desk.reply(member, Group.STATE)

    def test_stays_as_it_is_once_the_round_is_frozen(self, desk: Desk) -> None:
        reply = desk.reply(NCO, Group.STATE)
        with at_coordination(signed_in(OFFICER)):
            replying.freeze(round_=desk.round, actor=OFFICER.actor, on=TODAY)
        with at_coordination(signed_in(NCO)), pytest.raises(ChangeRefused, match="frozen"):
            fresh = SurveyReply.objects.select_related("round").get(ref=reply.ref)
            replying.keep_answers(reply=fresh, answers=[chose(LAW, "yes")])

        with at_coordination(signed_in(NCO)), pytest.raises(Exception, match="row-level"):
            SurveyAnswer.objects.create(
                reply_id=reply.ref, lead_id=reply.organisation_id, question="L1", given="value"
            )

    def test_reminds_at_most_once_a_day_and_never_of_what_is_done(self, desk: Desk) -> None:
        reply = desk.reply(NCO, Group.STATE)
        task = desk.task(NCO, reply, MINISTRY)

        with at_coordination(signed_in(NCO)):
            replying.remind(task=task, actor=NCO.actor, on=TODAY)
            with pytest.raises(ChangeRefused, match="today already"):
                replying.remind(task=task, actor=NCO.actor, on=TODAY)

        with at_coordination(signed_in(MINISTRY)):
            assert SurveyTask.objects.get(ref=task.ref).reminders == 1

    def test_is_refused_with_the_question_where_an_answer_is_not_in_order(
        self, desk: Desk
    ) -> None:
        reply = desk.reply(NCO, Group.STATE)

        with pytest.raises(ChangeRefused, match="P1: The unit is cases"):
            desk.answer(NCO, reply, number(4, unit="cases"))


class TestAJointReplyOfNgos:
    """Nobody of a government sees it, whatever they ask, until the NGOs release it."""

    @pytest.fixture
    def reply(self, desk: Desk) -> SurveyReply:
        made = desk.reply(NGO, Group.NGO)
        task = desk.task(NGO, made, OTHER_NGO, "L1")
        desk.answer(OTHER_NGO, made, chose(LAW, "no"))
        with at_coordination(signed_in(OTHER_NGO)):
            replying.approve_part(task=task, actor=OTHER_NGO.actor, at=NOW)
        return made

    @pytest.mark.parametrize("member", GOVERNMENT)
    @pytest.mark.parametrize("sent", [False, True])
    def test_is_invisible_to_governments_before_release(
        self, desk: Desk, reply: SurveyReply, member: cast.Member, sent: bool
    ) -> None:
        if sent:
            desk.send(NGO, reply)

        with at_coordination(signed_in(member)), connections["default"].cursor() as cursor:
            for table in (
                "surveyreply WHERE ref",
                "surveyanswer WHERE reply_id",
                "surveytask WHERE reply_id",
                "surveyreturn WHERE reply_id",
                "surveycoding WHERE reply_id",
            ):
                cursor.execute(f"SELECT * FROM coordination_{table} = %s", [reply.ref])
                assert cursor.fetchall() == [], table
            assert not SurveyPart.objects.filter(task__reply_id=reply.ref).exists()
            history = Change.objects.filter(area="surveys")
            assert not [one for one in history if str(reply.ref) in str(one.after)]
            assert not history.filter(row=reply.ref).exists()

    @pytest.mark.parametrize("member", GOVERNMENT)
    def test_is_not_released_or_changed_by_a_government(
        self, desk: Desk, reply: SurveyReply, member: cast.Member
    ) -> None:
        desk.send(NGO, reply)

        with at_coordination(signed_in(member)):
            assert SurveyReply.objects.filter(ref=reply.ref).update(released_at=NOW) == 0
            assert SurveyAnswer.objects.filter(reply_id=reply.ref).delete()[0] == 0

        assert seen_by(member, reply) == (False, 0)

    def test_is_not_released_by_the_office_that_reads_it(
        self, desk: Desk, reply: SurveyReply
    ) -> None:
        assert seen_by(OFFICER, reply) == (False, 0)
        desk.send(NGO, reply)

        with at_coordination(signed_in(OFFICER)):
            assert SurveyReply.objects.filter(ref=reply.ref).update(released_at=NOW) == 0
            with pytest.raises(ChangeRefused, match="puts the reply together"):
                replying.release(reply=reply, actor=OFFICER.actor, at=NOW)

        assert seen_by(OFFICER, reply) == (True, 1)

    def test_is_not_reached_by_a_task_that_a_government_gives_itself(
        self, desk: Desk, reply: SurveyReply
    ) -> None:
        house = NCO.organisation.organisation
        for lead in (house, NGO.organisation.organisation):
            refused = pytest.raises(Exception, match=r"row-level security|foreign key")
            with refused, at_coordination(signed_in(NCO)):
                SurveyTask.objects.create(
                    reply_id=reply.ref,
                    lead_id=lead,
                    organisation_id=house,
                    due_on=date(2026, 9, 1),
                )

        assert seen_by(NCO, reply) == (False, 0)

    def test_takes_no_ministry_in(self, desk: Desk, reply: SurveyReply) -> None:
        with pytest.raises(ChangeRefused, match="filled in by NGOs"):
            desk.task(NGO, reply, MINISTRY)

    def test_is_read_by_everybody_once_the_ngos_release_it(
        self, desk: Desk, reply: SurveyReply
    ) -> None:
        with at_coordination(signed_in(NGO)), pytest.raises(ChangeRefused, match="Send"):
            replying.release(reply=reply, actor=NGO.actor, at=NOW)
        desk.send(NGO, reply)
        with at_coordination(signed_in(NGO)):
            replying.release(reply=reply, actor=NGO.actor, at=NOW)

        assert all(seen_by(member, reply) == (True, 1) for member in GOVERNMENT)
        with at_coordination(signed_in(NGO)), pytest.raises(ChangeRefused, match="stays"):
            replying.take_back(reply=reply, actor=NGO.actor, why="Changed our mind")


class TestAWorkbook:
    def test_goes_out_and_comes_back_into_its_own_reply_only(self, desk: Desk) -> None:
        reply = desk.reply(NCO, Group.STATE)
        other = desk.reply(NCO, Group.STATE, state="AL")
        desk.answer(NCO, reply, chose(LAW, "yes"), number(0))
        with at_coordination(signed_in(NCO)):
            content = workbook_for(reply)
            SurveyAnswer.objects.filter(reply=reply).delete()

            assert take_into(reply=reply, content=content) == 2
            assert answers_of(reply)["P1"].number == 0
            with pytest.raises(ChangeRefused, match="another reply"):
                take_into(reply=other, content=content)

    def test_of_several_states_is_taken_by_the_office_as_new_replies(self, desk: Desk) -> None:
        reply = desk.reply(NCO, Group.STATE)
        desk.answer(NCO, reply, chose(LAW, "yes"))
        with at_coordination(signed_in(NCO)):
            content = workbook_for(reply)
            reply.answers.all().delete()
            SurveyReply.objects.filter(ref=reply.ref).delete()

        with at_coordination(signed_in(OFFICER)):
            (made,) = take_replies(round_=desk.round, content=content, actor=OFFICER.actor)
            assert answers_of(made)["L1"].choices == ("yes",)
