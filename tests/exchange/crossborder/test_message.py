"""Tests of one message: what it must hold, when it counts, and what may follow it."""

import json
from dataclasses import replace
from datetime import timedelta
from itertools import permutations
from typing import Any

import pytest

from opennrm.exchange.crossborder import story
from opennrm.exchange.crossborder.card import Card, CardRefused, read_card, same_fingerprint
from opennrm.exchange.crossborder.message import (
    CLOCKS,
    LASTS,
    canonical,
    read,
    require_current,
)
from opennrm.exchange.crossborder.receipt import Receipt, read_receipt
from opennrm.exchange.crossborder.refusals import Fault, NotAccepted, Problem, Refused
from opennrm.exchange.crossborder.story import BY_SENDER, Told
from opennrm.vocabulary.hand_over import HandOverState, HandOverWord
from tests.exchange.crossborder.sides import HERE, NOW, THERE, said


def told(word: str, number: int = 1) -> Told:
    spoken = HandOverWord(word)
    by_sender = spoken in BY_SENDER
    message = said(word, number)
    return Told(message.message, spoken, by_sender, number, message.digest, message.reason)


def fault_of(payload: bytes) -> Fault:
    with pytest.raises(Refused) as no:
        read(payload)
    return no.value.problem.fault


class TestReading:
    @pytest.mark.parametrize("word", list(HandOverWord))
    def test_reads_what_was_written(self, word: HandOverWord) -> None:
        message = said(word.value)

        assert read(message.payload()) == message

    @pytest.mark.parametrize(
        "change",
        [
            {"more": 1},
            {"number": 0},
            {"number": True},
            {"number": "1"},
            {"word": "shouted"},
            {"sender": "me"},
            {"sender": None},
            {"hand_over": str(HERE.ref).upper()},
            {"issued": 10**30},
            {"issued": "today"},
            {"version": 2},
            {"version": None},
            {"reason": "she has no papers"},
            {"content": None},
            {"content": 3},
            {"head": "x"},
        ],
        ids=repr,
    )
    def test_takes_nothing_of_another_form(self, change: dict[str, Any]) -> None:
        payload = canonical(said("offered").told() | change)

        assert fault_of(payload) is Fault.MALFORMED

    @pytest.mark.parametrize("member", sorted(said("refused").told()))
    def test_misses_every_member(self, member: str) -> None:
        left = {name: one for name, one in said("refused").told().items() if name != member}

        assert fault_of(canonical(left)) is Fault.MALFORMED

    def test_takes_no_member_twice(self) -> None:
        text = canonical(said("accepted").told()).decode()
        twice = text[:-1] + ',"word":"refused"}'

        assert fault_of(twice.encode()) is Fault.MALFORMED

    @pytest.mark.parametrize("payload", [b"", b"[]", b"null", b"\xff", b"[" * 100_000])
    def test_takes_nothing_that_is_no_object(self, payload: bytes) -> None:
        assert fault_of(payload) is Fault.MALFORMED

    def test_keeps_its_digest_when_it_is_dated_anew_and_for_nothing_else(self) -> None:
        message = said("offered")

        assert message.issued_anew(NOW + timedelta(days=3)).digest == message.digest
        for change in ({"number": 2}, {"word": HandOverWord.HANDED_OVER}, {"content": "x"}):
            assert replace(message, **change).digest != message.digest


class TestClocks:
    @pytest.mark.parametrize("apart", [-CLOCKS, timedelta(0), CLOCKS])
    def test_may_be_minutes_apart(self, apart: timedelta) -> None:
        require_current(said("accepted"), at=NOW + apart)
        require_current(said("accepted"), at=NOW + LASTS + min(apart, timedelta(minutes=9)))

    @pytest.mark.parametrize(
        ("at", "expires", "fault"),
        [
            (NOW - CLOCKS - timedelta(seconds=1), LASTS, Fault.FROM_THE_FUTURE),
            (NOW + LASTS + CLOCKS, LASTS, Fault.EXPIRED),
            (NOW, LASTS + timedelta(seconds=1), Fault.LIVES_TOO_LONG),
            (NOW, timedelta(0), Fault.LIVES_TOO_LONG),
        ],
    )
    def test_stop_what_is_over_or_ahead(self, at: Any, expires: timedelta, fault: Fault) -> None:
        with pytest.raises(Refused) as no:
            require_current(replace(said("accepted"), expires=NOW + expires), at=at)

        assert no.value.problem.fault is fault


class TestStory:
    def test_goes_from_the_offer_to_the_case(self) -> None:
        steps = (
            ("offered", 1, HandOverState.OFFERED),
            ("accepted", 1, HandOverState.ACCEPTED),
            ("handed_over", 2, HandOverState.HANDED_OVER),
            ("taken_over", 2, HandOverState.TAKEN_OVER),
            ("withdrawn", 3, HandOverState.ENDED),
            ("confirmed", 3, HandOverState.CLOSED),
        )
        so_far: tuple[Told, ...] = ()
        for word, number, stands in steps:
            assert story.may_say(so_far, HandOverWord(word))
            story.require_next(so_far, HandOverWord(word), number)
            so_far += (told(word, number),)
            assert story.state(so_far) is stands

    @pytest.mark.parametrize("word", sorted(set(HandOverWord) - story.ENDS - {"offered"}))
    def test_begins_with_an_offer(self, word: str) -> None:
        with pytest.raises(Refused) as no:
            story.require_next((), HandOverWord(word), 1)

        assert no.value.problem.fault is Fault.UNKNOWN_HAND_OVER

    def test_sends_nothing_of_her_before_the_answer(self) -> None:
        offered = (told("offered"),)

        assert not story.may_say(offered, HandOverWord.HANDED_OVER)
        refused = (*offered, told("refused"))
        assert not story.may_say(refused, HandOverWord.HANDED_OVER)

    def test_takes_no_message_before_the_one_it_follows(self) -> None:
        with pytest.raises(Refused) as no:
            story.require_next((told("offered"),), HandOverWord.ACCEPTED, 2)

        assert no.value.problem.fault is Fault.OUT_OF_ORDER

    def test_lets_her_withdrawal_overtake_everything(self) -> None:
        story.require_next((), HandOverWord.WITHDRAWN, 5)
        withdrawn = (told("withdrawn", 5),)

        for word in ("offered", "handed_over"):
            with pytest.raises(Refused) as no:
                story.require_next(withdrawn, HandOverWord(word), 1)
            assert no.value.problem.fault is Fault.ENDED_BEFORE

    def test_takes_an_answer_that_crossed_her_withdrawal(self) -> None:
        crossed = (told("offered"), told("withdrawn", 2))

        story.require_next(crossed, HandOverWord.ACCEPTED, 1)

        assert story.state((*crossed, told("accepted"))) is HandOverState.ENDED

    def test_is_the_same_in_whatever_order_it_was_told(self) -> None:
        words = [told("offered"), told("accepted"), told("handed_over", 2), told("withdrawn", 3)]

        assert {story.state(order) for order in permutations(words)} == {HandOverState.ENDED}


class TestReceipt:
    @pytest.mark.parametrize("fault", [None, *Fault])
    def test_reads_what_was_written(self, fault: Fault | None) -> None:
        problem = Problem(fault) if fault else None
        receipt = Receipt(HERE.ref, b"digest", (THERE.ref,), problem)

        assert read_receipt(receipt.payload()) == receipt

    @pytest.mark.parametrize("payload", [b"{}", b"", b'{"version":1}'])
    def test_is_nothing_else(self, payload: bytes) -> None:
        with pytest.raises(NotAccepted):
            read_receipt(payload)

    def test_tells_the_sender_what_to_do(self) -> None:
        for fault in Fault:
            problem = Problem(fault).told()
            assert set(problem) == {"type", "title", "status", "detail"}
            assert str(problem["detail"]).endswith(".")


class TestCard:
    CARD = Card(
        organisation=THERE.ref,
        name="Focal point there",
        state="AL",
        focal_points=("Blerina Example",),
        address="https://nrm.example/",
        server=THERE.server.public,
        house=THERE.house.public,
    )

    def test_reads_what_was_written(self) -> None:
        assert read_card(self.CARD.text()) == self.CARD

    def test_has_another_fingerprint_when_anything_changed(self) -> None:
        others = (
            replace(self.CARD, address="https://other.example/"),
            replace(self.CARD, house=HERE.house.public),
            replace(self.CARD, server=HERE.server.public),
            replace(self.CARD, name="Another"),
            replace(self.CARD, state="MK"),
        )

        assert len({one.fingerprint for one in (self.CARD, *others)}) == 6
        assert same_fingerprint(self.CARD.fingerprint.upper() + " ", self.CARD)
        assert not any(same_fingerprint(self.CARD.fingerprint, one) for one in others)

    @pytest.mark.parametrize(
        "change",
        [
            {"state": "Albania"},
            {"address": "javascript:alert(1)"},
            {"focal_points": []},
            {"format": "x"},
            {"more": 1},
            {"server": {}},
            {"name": ""},
        ],
        ids=repr,
    )
    def test_is_nothing_else(self, change: dict[str, Any]) -> None:
        with pytest.raises(CardRefused):
            read_card(json.dumps(self.CARD.told() | change))

    @pytest.mark.parametrize("text", ["", "{}", "[]", "[" * 5000, "x" * 9000])
    def test_is_no_other_file(self, text: str) -> None:
        with pytest.raises(CardRefused):
            read_card(text)
