"""Tests of partners without an account, of gaps and of her own view of a service."""

from dataclasses import fields, replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from opennrm.casework.partners import (
    PartnerQuestion,
    PartnerReply,
    ask_partner,
    take_partner_answer,
)
from opennrm.casework.ports import PartnerAnswer
from opennrm.casework.refusals import (
    AccessMissing,
    ConsentMissing,
    EntryMalformed,
    MoveRefused,
    PermissionMissing,
    Refused,
)
from opennrm.casework.service_words import HerWord, NotFound, judge_service, record_not_found
from tests import cast
from tests.casework.story import SOON, TODAY, Story

MANAGER = cast.CASE_MANAGER
QUESTION = PartnerQuestion(
    partner=uuid4(),
    service="shelter",
    reply_by=SOON,
    code_digest="0" * 64,
    person_agreed=True,
    groups=("men", "families"),
)


@pytest.fixture
def held(story: Story) -> Story:
    """A case held by the shelter's case manager."""
    return story.with_case_manager()


def asked(story: Story, who=MANAGER, **other: object) -> UUID:
    """Ask a partner."""
    return ask_partner(question=replace(QUESTION, **other), **story.by(who))


def taken(story: Story, question: UUID) -> UUID:
    """Take the answer into the case."""
    return take_partner_answer(reply=PartnerReply(question=question), **story.by(MANAGER))


class TestAskPartner:
    def test_sends_a_digest_of_the_code_and_when_it_ends(self, held: Story) -> None:
        question = asked(held)

        [sent] = held.office.questions
        assert (sent.fact_ref, sent.code_digest) == (question, "0" * 64)
        assert sent.until.date() == SOON + timedelta(days=1)

    def test_has_no_field_for_words_or_who_she_is(self) -> None:
        names = {field.name for field in fields(PartnerQuestion)}

        assert names == {
            "partner",
            "service",
            "reply_by",
            "code_digest",
            "person_agreed",
            "groups",
            "language",
            "urgency",
        }

    @pytest.mark.parametrize(
        ("wrong", "refusal"),
        [
            ({"person_agreed": False}, ConsentMissing),
            ({"code_digest": "the code itself"}, EntryMalformed),
            ({"reply_by": TODAY - timedelta(days=1)}, MoveRefused),
            ({"reply_by": TODAY + timedelta(days=15)}, MoveRefused),
            ({"service": "a bed"}, EntryMalformed),
        ],
    )
    def test_is_refused(self, held: Story, wrong: dict, refusal: type[Refused]) -> None:
        with pytest.raises(refusal):
            asked(held, **wrong)

        assert held.office.questions == []

    def test_is_for_who_writes_her_plan(self, held: Story) -> None:
        held.with_authority()

        with pytest.raises(PermissionMissing):
            asked(held, who=cast.DECIDING_OFFICER)


class TestTakePartnerAnswer:
    def test_records_what_came_in(self, held: Story) -> None:
        question = asked(held)
        held.office.partner_answers[question] = PartnerAnswer("declined", "no_place")

        taken(held, question)

        fact = held.case.newest("partner_answered")
        assert fact is not None
        assert (fact.text("answer"), fact.text("reason")) == ("declined", "no_place")

    def test_waits_for_the_answer_and_takes_it_once(self, held: Story) -> None:
        question = asked(held)
        with pytest.raises(MoveRefused) as silent:
            taken(held, question)
        held.office.partner_answers[question] = PartnerAnswer("accepted", None)
        taken(held, question)

        with pytest.raises(MoveRefused) as again:
            taken(held, question)

        assert silent.value.finding.reason == "partner_silent"
        assert again.value.finding.reason == "offer_already_answered"

    def test_names_a_question(self, held: Story) -> None:
        with pytest.raises(MoveRefused):
            taken(held, uuid4())


class TestWordsOnServices:
    def test_count_what_was_not_found_without_her(self, held: Story) -> None:
        missing = NotFound(service="shelter", lacks=("group",), groups=("men",), area="the-north")

        record_not_found(missing=missing, **held.by(MANAGER))

        fact = held.case.newest("service_not_found")
        assert fact is not None
        assert (fact.texts("lacks"), fact.has_sealed) == (("group",), False)

    def test_keep_her_own_view_sealed(self, held: Story) -> None:
        offer = held.offer(cast.HEALTH_WORKER, "HC", "medical")
        word = HerWord(offer=offer, told_on=TODAY, helped="partly", own_words="They listened.")

        kept = judge_service(word=word, **held.by(MANAGER))

        assert held.office.sealed(kept)["own_words"] == "They listened."

    def test_are_not_written_by_who_does_not_write_her_plan(self, held: Story) -> None:
        held.with_authority()
        missing = NotFound(service="shelter", lacks=("group",))

        with pytest.raises((PermissionMissing, AccessMissing)):
            record_not_found(missing=missing, **held.by(cast.DECIDING_OFFICER))


class TestADelivery:
    def test_keeps_its_cost_and_result(self, held: Story) -> None:
        offer = held.offer(cast.HEALTH_WORKER, "HC", "medical")
        held.reply(cast.HEALTH_WORKER, offer, "provider", "accepted")

        held.deliver(
            cast.HEALTH_WORKER, "medical", offer, cost=4500, currency="MKD", result="delivered"
        )

        fact = held.case.newest("service_delivered")
        assert fact is not None
        assert (fact.open["cost"], fact.text("currency")) == (4500, "MKD")

    def test_has_no_cost_without_its_currency(self, held: Story) -> None:
        offer = held.offer(cast.HEALTH_WORKER, "HC", "medical")
        held.reply(cast.HEALTH_WORKER, offer, "provider", "accepted")

        with pytest.raises(EntryMalformed) as refused:
            held.deliver(cast.HEALTH_WORKER, "medical", offer, cost=4500)

        assert refused.value.field == "currency"
