"""Tests of what stands between two States: nothing readable, nothing that can be talked down."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from joserfc import jwe, jws

from opennrm.exchange.crossborder import envelope
from opennrm.exchange.crossborder.content import open_content, seal_content
from opennrm.exchange.crossborder.envelope import CONTENT, MESSAGE, RECEIPT, opened, sealed
from opennrm.exchange.crossborder.keys import KeyMalformed, imported, new_keys, public_keys
from opennrm.exchange.crossborder.refusals import NotAccepted, Refused
from opennrm.vocabulary.hand_over import HandOverWord
from tests.exchange.crossborder.sides import ELSEWHERE, HERE, PACKAGE, PREVIEW, THERE, bound, said

PINNED = {HERE.server.public.sign_id: HERE.server.public.sign}
WORDS = b"Lina Example"


def sent(payload: bytes = WORDS, kind: str = MESSAGE) -> str:
    return sealed(payload, signer=HERE.server, reader=THERE.server.public, kind=kind)


def read(text: str, kind: str = MESSAGE) -> bytes:
    return opened(text, reader=THERE.server, signer_of=PINNED.get, kind=kind)[1]


def b64(told: dict[str, Any]) -> str:
    return urlsafe_b64encode(json.dumps(told).encode()).decode().rstrip("=")


def signed_with(head: dict[str, Any], payload: bytes = WORDS) -> str:
    """Seal, well, a signature made with another header."""
    known = {"alg": "Ed25519", "kid": HERE.server.public.sign_id, "typ": MESSAGE} | head
    inner = jws.serialize_compact(
        known, payload, imported(HERE.server.sign), algorithms=["Ed25519"]
    )
    return resealed(inner)


def resealed(inner: str, **head: str) -> str:
    """Seal any text to the reader."""
    seal = THERE.server.public
    known = {"alg": "ECDH-ES+A256KW", "enc": "A256GCM", "kid": seal.seal_id, "typ": MESSAGE}
    algorithms = ["ECDH-ES+A256KW", "ECDH-ES", "A256GCM", "A128GCM", "DEF"]
    return jwe.encrypt_compact(
        known | head, inner.encode(), imported(seal.seal), algorithms=algorithms
    )


class TestEnvelope:
    def test_opens_for_its_reader_and_names_the_signer(self) -> None:
        who, payload = opened(sent(), reader=THERE.server, signer_of=PINNED.get, kind=MESSAGE)

        assert (who, payload) == (HERE.server.public.sign_id, WORDS)

    def test_shows_nothing_of_what_is_in_it_and_nobody_who_sent_it(self) -> None:
        text = sent()
        bytes_ = b"".join(urlsafe_b64decode(part + "==") for part in text.split("."))

        assert WORDS not in bytes_
        assert HERE.server.public.sign_id.encode() not in bytes_

    def test_opens_for_nobody_else(self) -> None:
        with pytest.raises(NotAccepted):
            opened(sent(), reader=ELSEWHERE.server, signer_of=PINNED.get, kind=MESSAGE)

    def test_is_refused_from_a_key_that_is_not_pinned(self) -> None:
        text = sealed(WORDS, signer=ELSEWHERE.server, reader=THERE.server.public, kind=MESSAGE)

        with pytest.raises(NotAccepted):
            read(text)

    def test_is_refused_where_another_key_is_named(self) -> None:
        stranger = ELSEWHERE.server
        inner = jws.serialize_compact(
            {"alg": "Ed25519", "kid": HERE.server.public.sign_id, "typ": MESSAGE},
            WORDS,
            imported(stranger.sign),
            algorithms=["Ed25519"],
        )

        with pytest.raises(NotAccepted):
            read(resealed(inner))

    @pytest.mark.parametrize("kind", [CONTENT, RECEIPT])
    def test_is_refused_in_the_place_of_another_kind(self, kind: str) -> None:
        with pytest.raises(NotAccepted):
            read(sent(kind=kind))

    def test_takes_no_unsigned_text(self) -> None:
        head = {"alg": "none", "kid": HERE.server.public.sign_id, "typ": MESSAGE}
        bare = f"{b64(head)}.{urlsafe_b64encode(WORDS).decode()}."

        with pytest.raises(NotAccepted):
            read(resealed(bare))
        with pytest.raises(NotAccepted):
            read(resealed(WORDS.decode()))

    def test_takes_no_signature_made_with_the_public_key_as_a_secret(self) -> None:
        head = {"alg": "HS256", "kid": HERE.server.public.sign_id, "typ": MESSAGE}
        inner = f"{b64(head)}.{urlsafe_b64encode(WORDS).decode().rstrip('=')}.AAAA"

        with pytest.raises(NotAccepted):
            read(resealed(inner))

    @pytest.mark.parametrize(
        "head",
        [{"alg": "ECDH-ES"}, {"enc": "A128GCM"}, {"zip": "DEF"}, {"cty": "JWT"}],
        ids=lambda head: next(iter(head)),
    )
    def test_lets_no_header_talk_the_seal_down(self, head: dict[str, str]) -> None:
        good = jws.serialize_compact(
            {"alg": "Ed25519", "kid": HERE.server.public.sign_id, "typ": MESSAGE},
            WORDS,
            imported(HERE.server.sign),
            algorithms=["Ed25519"],
        )
        assert read(resealed(good)) == WORDS

        with pytest.raises(NotAccepted):
            read(resealed(good, **head))

    def test_lets_no_header_of_the_signature_add_anything(self) -> None:
        assert read(signed_with({})) == WORDS
        with pytest.raises(NotAccepted):
            read(signed_with({"cty": "x"}))

    def test_is_refused_when_it_is_too_long_to_be_one(self) -> None:
        with pytest.raises(NotAccepted):
            read("a" * (envelope.LONGEST + 1))

    @settings(max_examples=150, deadline=None)
    @given(st.integers(0, 10_000), st.integers(1, 255))
    def test_is_refused_with_any_changed_sign(self, place: int, change: int) -> None:
        text = sent()
        at = place % len(text)
        other = chr((ord(text[at]) + change) % 128)
        changed = text[:at] + other + text[at + 1 :]
        try:
            payload = read(changed)
        except NotAccepted:
            return
        # The last sign of a part has bits that carry nothing; the bytes are then the same.
        assert payload == WORDS
        assert [urlsafe_b64decode(p + "==") for p in changed.split(".")] == [
            urlsafe_b64decode(p + "==") for p in text.split(".")
        ]

    @settings(max_examples=100, deadline=None)
    @given(st.text(max_size=200))
    def test_is_refused_when_it_is_anything_else(self, text: str) -> None:
        with pytest.raises(NotAccepted):
            read(text)


class TestContent:
    def test_opens_for_the_organisation_it_was_sealed_to(self) -> None:
        message = said("handed_over")
        tied = bound(message.word, message.message)
        text = str(message.content)

        assert open_content(text, tied, reader=THERE.house, sender=HERE.house.public) == PACKAGE
        for stranger in (THERE.server, HERE.house, HERE.server):
            with pytest.raises(NotAccepted):
                open_content(text, tied, reader=stranger, sender=HERE.house.public)

    def test_opens_in_no_other_message(self) -> None:
        message = said("offered")
        other = bound(message.word, said("offered", 2).message)

        with pytest.raises(NotAccepted):
            open_content(str(message.content), other, reader=THERE.house, sender=HERE.house.public)

    def test_opens_only_when_the_organisation_that_is_pinned_signed_it(self) -> None:
        message = said("offered")
        tied = bound(HandOverWord.OFFERED, message.message)

        with pytest.raises(NotAccepted):
            open_content(
                str(message.content), tied, reader=THERE.house, sender=ELSEWHERE.house.public
            )

    def test_previews_codes_and_days_and_no_text(self) -> None:
        tied = bound(HandOverWord.OFFERED, said("offered").message)
        for field in ("language", "week", "purpose", "sex", "age_group"):
            told = replace(PREVIEW, **{field: "Lina Example"})
            text = seal_content(told, tied, signer=HERE.house, reader=THERE.house.public)
            with pytest.raises(Refused):
                open_content(text, tied, reader=THERE.house, sender=HERE.house.public)


class TestKeys:
    def test_are_of_the_two_kinds_that_are_used(self) -> None:
        keys = new_keys()

        assert keys.public.sign["crv"] == "Ed25519"
        assert keys.public.seal["crv"] == "X25519"
        assert "d" not in keys.public.sign

    @pytest.mark.parametrize("told", [None, {}, {"sign": {}}, {"sign": 1, "seal": 2}])
    def test_that_are_missing_are_refused(self, told: object) -> None:
        with pytest.raises(KeyMalformed):
            public_keys(told)

    def test_that_would_give_the_private_part_away_are_refused(self) -> None:
        with pytest.raises(KeyMalformed):
            public_keys(new_keys().told())

    def test_that_are_swapped_are_refused(self) -> None:
        told = new_keys().public.told()

        with pytest.raises(KeyMalformed):
            public_keys({"sign": told["seal"], "seal": told["sign"]})
