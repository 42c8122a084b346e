"""What is refused at the border: the sender is helped, and a stranger learns nothing."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client

from opennrm.casework.refusals import PermissionMissing, RuleBroken
from opennrm.exchange.crossborder.card import Card, CardRefused
from opennrm.exchange.crossborder.envelope import LONGEST, MESSAGE, RECEIPT, opened, sealed
from opennrm.exchange.crossborder.keys import PrivateKeys, new_keys
from opennrm.exchange.crossborder.message import CLOCKS, LASTS, Message, canonical
from opennrm.exchange.crossborder.receipt import Receipt, read_receipt
from opennrm.exchange.crossborder.refusals import Fault, NotAccepted
from opennrm.records.abroad import keys, partners, reading, receiving, sending
from opennrm.records.abroad.partners import PartnerRefused
from opennrm.vocabulary.hand_over import HandOverState, HandOverWord
from tests import cast
from tests.database import NOW
from tests.records.abroad.two_states import (
    ABROAD,
    HERE,
    POINT,
    RECEIVER,
    SENDER,
    TRUSTER,
    carry,
    carry_all,
    database_of,
    offered,
)

HOUSE = SENDER.organisation.organisation


def card(where: Any, who: cast.Member) -> Card:
    with where:
        own = partners.own_card(where.session(who))
    assert own is not None
    return own


def message(word: str = "offered", **more: Any) -> Message:
    """Make a message of the cast's focal point to the one abroad, well formed."""
    content = "sealed by somebody" if word in ("offered", "handed_over") else None
    known: dict[str, Any] = {
        "message": uuid4(),
        "hand_over": uuid4(),
        "number": 1,
        "word": HandOverWord(word),
        "sender": HOUSE,
        "receiver": POINT.organisation,
        "issued": NOW,
        "expires": NOW + LASTS,
        "content": content,
    }
    return Message(**(known | more))


def written(payload: bytes, signer: PrivateKeys | None = None, kind: str = MESSAGE) -> str:
    """Sign as the installation here, or as another, and seal to the one abroad."""
    with HERE:
        signer = signer or keys.server_keys()
    return sealed(payload, signer=signer, reader=card(ABROAD, RECEIVER).server, kind=kind)


def answered(text: str) -> Receipt:
    """Deliver a text abroad and open its receipt here."""
    with ABROAD:
        receipt = receiving.receive(text, at=NOW)
    there = card(ABROAD, RECEIVER).server
    with HERE:
        _who, payload = opened(
            receipt,
            reader=keys.server_keys(),
            signer_of={there.sign_id: there.sign}.get,
            kind=RECEIPT,
        )
    found = read_receipt(payload)
    assert found.digest == sha256(text.encode()).digest()
    return found


def fault(of: Message | bytes) -> Fault | None:
    payload = of if isinstance(of, bytes) else of.payload()
    problem = answered(written(payload)).problem
    return problem.fault if problem else None


def kept(hand_over: UUID) -> int:
    with database_of(ABROAD) as connection:
        row = connection.execute(
            "SELECT count(*) FROM nrm.hand_over_word WHERE hand_over = %s", [hand_over]
        ).fetchone()
    return int(row[0])


class TestAPartner:
    """Whoever is known is told what is wrong, in a receipt that nobody else opens."""

    @pytest.mark.parametrize(
        ("change", "expected"),
        [
            ({"issued": NOW - 2 * LASTS, "expires": NOW - LASTS}, Fault.EXPIRED),
            ({"issued": NOW + 2 * CLOCKS}, Fault.FROM_THE_FUTURE),
            ({"expires": NOW + 2 * LASTS}, Fault.LIVES_TOO_LONG),
            ({"receiver": uuid4()}, Fault.NOT_FOR_US),
            ({"receiver": cast.AUTHORITY.organisation}, Fault.NOT_FOR_US),
            ({"sender": uuid4()}, Fault.NOT_YOURS),
            ({"sender": POINT.organisation}, Fault.NOT_YOURS),
            ({"number": 2}, Fault.OUT_OF_ORDER),
        ],
        ids=(
            "expired",
            "from the future",
            "lives too long",
            "for a stranger",
            "for another house",
            "of a stranger",
            "of another house",
            "out of order",
        ),
    )
    def test_is_told_what_is_wrong_and_nothing_is_kept(
        self, change: dict[str, Any], expected: Fault
    ) -> None:
        wrong = message(**change)

        assert fault(wrong) is expected
        assert kept(wrong.hand_over) == 0

    @pytest.mark.parametrize("word", ["accepted", "refused", "taken_over", "confirmed"])
    def test_answers_no_hand_over_that_is_not_known(self, word: str) -> None:
        reasons = {"refused": "no_place", "confirmed": "deleted"}

        assert fault(message(word, reason=reasons.get(word))) is Fault.UNKNOWN_HAND_OVER

    def test_hands_nothing_over_before_it_was_accepted(self) -> None:
        story = offered()
        carry_all()
        rest = message("handed_over", hand_over=story.hand_over, number=2)

        assert fault(rest) is Fault.NOT_NOW
        assert fault(message("handed_over")) is Fault.UNKNOWN_HAND_OVER

    def test_says_nothing_in_the_name_of_the_other_side(self) -> None:
        story = offered()
        carry_all()
        forged = message("accepted", hand_over=story.hand_over)

        assert fault(forged) is Fault.NOT_NOW
        assert story.stands(ABROAD) is HandOverState.OFFERED

    @pytest.mark.parametrize("payload", [b"{}", b"nothing", canonical({"word": "offered"})])
    def test_is_told_that_a_message_is_malformed(self, payload: bytes) -> None:
        assert fault(payload) is Fault.MALFORMED

    def test_changes_nothing_under_a_reference_that_was_used(self) -> None:
        first = message()
        assert fault(first) is None

        assert fault(replace(first, content="something else")) is Fault.CHANGED
        assert fault(first) is None
        assert kept(first.hand_over) == 1

    @pytest.mark.parametrize("apart", [-CLOCKS, CLOCKS])
    def test_may_have_a_clock_that_is_minutes_off(self, apart: timedelta) -> None:
        assert fault(message(issued=NOW + apart, expires=NOW + apart + LASTS)) is None


class TestAStranger:
    """Whoever is not a partner gets one answer, whatever is sent."""

    def texts(self) -> dict[str, str]:
        good = message().payload()
        with HERE:
            own = keys.server_keys()
        return {
            "unknown key": written(good, new_keys()),
            "another kind": written(good, kind=RECEIPT),
            "not for us": sealed(good, signer=own, reader=new_keys().public, kind=MESSAGE),
            "changed": written(good)[:-9] + "AAAAAAAAA",
            "no message": "nothing",
            "too long": "a" * (LONGEST + 1),
        }

    def test_is_told_the_same_whatever_is_wrong(self) -> None:
        answers = set()
        for text in self.texts().values():
            answers.add(self.posted(text))
        answers.add(self.posted(""))
        answers.add(self.posted("\u00e9"))

        assert len(answers) == 1
        ((status, kind, body),) = answers
        assert (status, kind) == (400, "application/problem+json")
        told = json.loads(body)
        assert told["reason"] == "not_accepted"
        assert told["detail"].endswith("send it again.")

    def test_is_not_heard_with_other_methods(self) -> None:
        with ABROAD:
            answer = Client(headers={"host": "localhost"}).get("/between/v1/messages")

        assert (answer.status_code, answer["Allow"]) == (405, "POST")

    def test_gets_nothing_readable_by_sending_on_what_was_overheard(self) -> None:
        status, kind, body = self.posted(written(message().payload()))

        assert (status, kind) == (200, "application/jose")
        with pytest.raises(NotAccepted):
            opened(
                body.decode(),
                reader=new_keys(),
                signer_of=lambda _key: card(ABROAD, RECEIVER).server.sign,
                kind=RECEIPT,
            )

    def posted(self, text: str) -> tuple[int, str, bytes]:
        with ABROAD:
            answer = Client(headers={"host": "localhost"}).post(
                "/between/v1/messages", text.encode(), content_type="application/jose"
            )
        return answer.status_code, answer["Content-Type"], answer.content


class TestTrust:
    """Two people trust; one stops."""

    @pytest.fixture(autouse=True)
    def _trusted_again(self) -> Any:
        yield
        for where, who in ((ABROAD, HOUSE), (HERE, POINT.organisation)):
            with database_of(where) as connection:
                connection.execute(
                    "UPDATE nrm.partner SET status = 'trusted' WHERE organisation = %s", [who]
                )

    def test_of_a_suspended_partner_only_endings_pass(self) -> None:
        story = offered()
        carry_all()
        self.decide("suspended")

        assert fault(message()) is Fault.SUSPENDED
        story.withdraw()
        carry_all()
        assert story.stands(ABROAD) is HandOverState.CLOSED
        assert story.told(HERE) == story.told(ABROAD)

    def test_a_compromised_partner_is_a_stranger(self) -> None:
        story = offered()
        carry_all()
        self.decide("compromised")

        with ABROAD, pytest.raises(NotAccepted):
            receiving.receive(written(message().payload()), at=NOW)
        with ABROAD:
            assert reading.opened_preview(ABROAD.session(RECEIVER), story.hand_over) is None
        with pytest.raises(PermissionMissing):
            story.answer()
        with ABROAD, pytest.raises(PartnerRefused):
            partners.decide(
                ABROAD.session(TRUSTER),
                HOUSE,
                "trusted",
                sign_key=card(HERE, SENDER).server.sign_id,
            )

    def test_sends_nothing_to_a_partner_that_was_found_compromised(self) -> None:
        offered()
        with HERE:
            partners.decide(HERE.session(SENDER), POINT.organisation, "compromised")
        called: list[str] = []

        def line(address: str, text: str) -> str:
            called.append(address)
            raise sending.LineCut

        carry(HERE, line=line)
        with HERE:
            carried = sending.as_lines(POINT.organisation, at=NOW)

        assert (called, carried) == ([], ())
        with pytest.raises(PermissionMissing):
            offered()

    def test_is_not_given_by_who_proposed_nor_by_another_than_a_co_ordinator(self) -> None:
        own = card(HERE, SENDER)
        with ABROAD:
            partners.propose(ABROAD.session(TRUSTER), own.text(), own.fingerprint)
            for who in (TRUSTER, RECEIVER):
                with pytest.raises(PartnerRefused):
                    partners.decide(
                        ABROAD.session(who), HOUSE, "trusted", sign_key=own.server.sign_id
                    )

    def test_is_not_given_to_another_key_than_was_seen(self) -> None:
        own = card(HERE, SENDER)
        with ABROAD:
            partners.propose(ABROAD.session(RECEIVER), own.text(), own.fingerprint)
            with pytest.raises(PartnerRefused):
                partners.decide(
                    ABROAD.session(TRUSTER),
                    HOUSE,
                    "trusted",
                    sign_key=new_keys().public.sign_id,
                )
            with pytest.raises(NotAccepted):
                receiving.receive(written(message().payload()), at=NOW)

    def test_rests_on_a_fingerprint_that_was_heard(self) -> None:
        own = card(HERE, SENDER)
        other = replace(own, address="https://elsewhere.example/")
        with ABROAD:
            viewer = ABROAD.session(RECEIVER)
            with pytest.raises(PartnerRefused):
                partners.propose(viewer, other.text(), own.fingerprint)
            with pytest.raises(CardRefused):
                partners.propose(viewer, own.text().replace("{", "", 1), own.fingerprint)

    def test_makes_no_partner_of_who_works_here_or_of_the_own_state(self) -> None:
        with HERE:
            viewer = HERE.session(SENDER)
            for change in ({"organisation": cast.AUTHORITY.organisation}, {"state": "MK"}):
                wrong = replace(card(ABROAD, RECEIVER), name="Elsewhere", **change)
                with pytest.raises(PartnerRefused):
                    partners.propose(viewer, wrong.text(), wrong.fingerprint)

    def test_is_not_for_others_to_give_or_take(self) -> None:
        own = card(ABROAD, RECEIVER)
        with HERE:
            for act in (
                lambda: partners.propose(
                    HERE.session(cast.POLICE_OFFICER), own.text(), own.fingerprint
                ),
                lambda: partners.decide(
                    HERE.session(cast.POLICE_OFFICER), POINT.organisation, "suspended"
                ),
            ):
                self.refused(act)

    def refused(self, act: Callable[[], Any]) -> None:
        with pytest.raises(PartnerRefused):
            act()

    def decide(self, status: str) -> None:
        with ABROAD:
            partners.decide(ABROAD.session(RECEIVER), HOUSE, status)


class TestAFile:
    """Where there is no line, the same messages travel as lines of a file."""

    def test_carries_a_hand_over_there_and_back(self) -> None:
        story = offered()
        for step in (lambda: None, story.answer, story.hand_over_rest, story.take_over):
            step()
            self.exchange(HERE, ABROAD, POINT.organisation)
            self.exchange(ABROAD, HERE, HOUSE)

        assert story.stands(HERE) is HandOverState.TAKEN_OVER
        assert story.told(HERE) == story.told(ABROAD)
        assert story.cases_abroad() == 1

    def exchange(self, giver: Any, taker: Any, to: UUID) -> None:
        with giver:
            lines = sending.as_lines(to, at=NOW)
        with taker:
            receipts = [receiving.receive(line, at=NOW) for line in lines]
        with giver:
            assert all(sending.hear(one, at=NOW) for one in receipts)
            assert not sending.as_lines(to, at=NOW)

    def test_hears_no_receipt_of_a_stranger(self) -> None:
        with HERE:
            own = keys.server_keys().public
            forged = sealed(
                Receipt(uuid4(), b"x").payload(), signer=new_keys(), reader=own, kind=RECEIPT
            )
            with pytest.raises(NotAccepted):
                sending.hear(forged, at=NOW)


class TestARecipientAbroad:
    def test_is_not_reached_by_an_ordinary_referral(self) -> None:
        from opennrm.casework.referral import Referral, refer
        from tests import stories

        with HERE:
            case_ref = stories.contact(cast.POLICE_OFFICER)
            from tests.records.abroad.two_states import WEEK, agreed

            sent = Referral(
                to=POINT.organisation,
                to_role="TF",
                purpose="assistance",
                until=NOW.date() + WEEK,
                reply_by=NOW.date() + WEEK,
                consent=agreed(case_ref),
            )
            with pytest.raises((PermissionMissing, RuleBroken)) as no:
                HERE.do(refer, cast.POLICE_OFFICER, case_ref=case_ref, referral=sent)

        assert no.value.finding.reason == "reached_by_hand_over"
