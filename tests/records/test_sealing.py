"""Sealed bytes open with the right key for the right purpose, and in no other way."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opennrm.records.sealing import (
    Cost,
    SealBroken,
    branch,
    lock,
    new_key_pair,
    passphrase_keys,
    seal,
    unlock,
    unseal,
)

PAIR, OTHER = new_key_pair(), new_key_pair()
CHEAP = Cost(memory_kib=64, passes=1)


class TestSealing:
    """Whoever may write seals; only holders open."""

    @given(st.binary(max_size=2_000), st.binary(max_size=60))
    def test_gives_back_what_was_sealed(self, plain, purpose):
        assert unseal(seal(plain, PAIR.public, purpose), PAIR.private, purpose) == plain

    @given(st.data())
    def test_refuses_every_changed_byte(self, data):
        sealed = bytearray(seal(b"a name", PAIR.public, b"here"))
        at = data.draw(st.integers(0, len(sealed) - 1))
        sealed[at] ^= data.draw(st.integers(1, 255))

        with pytest.raises(SealBroken):
            unseal(bytes(sealed), PAIR.private, b"here")

    def test_refuses_another_key_and_another_purpose(self):
        sealed = seal(b"a name", PAIR.public, b"here")

        with pytest.raises(SealBroken):
            unseal(sealed, OTHER.private, b"here")
        with pytest.raises(SealBroken):
            unseal(sealed, PAIR.private, b"there")

    def test_never_seals_the_same_text_to_the_same_bytes(self):
        assert seal(b"x", PAIR.public, b"") != seal(b"x", PAIR.public, b"")


class TestLocking:
    """Symmetric bytes: private keys at rest and search entries."""

    @given(st.binary(max_size=500))
    def test_gives_back_what_was_locked(self, plain):
        secret = branch(b"secret", b"purpose")

        assert unlock(lock(plain, secret, b"p"), secret, b"p") == plain

    def test_refuses_another_secret_a_changed_byte_and_a_short_text(self):
        secret = branch(b"secret", b"one")
        locked = lock(b"a key", secret, b"p")

        for bytes_, key, purpose in (
            (locked, branch(b"secret", b"two"), b"p"),
            (locked[:-1] + bytes([locked[-1] ^ 1]), secret, b"p"),
            (locked[:5], secret, b"p"),
            (locked, secret, b"q"),
        ):
            with pytest.raises(SealBroken):
                unlock(bytes_, key, purpose)


class TestPassphrases:
    """One passphrase yields a proof the database may check and a secret it never sees."""

    def test_the_same_words_and_salt_yield_the_same_keys(self):
        first = passphrase_keys("five words make a key", b"s" * 16, CHEAP)

        assert first == passphrase_keys("five words make a key", b"s" * 16, CHEAP)
        assert first.proof != first.secret

    def test_another_salt_or_cost_yields_other_keys(self):
        first = passphrase_keys("five words make a key", b"s" * 16, CHEAP)

        assert first.proof != passphrase_keys("five words make a key", b"t" * 16, CHEAP).proof
        assert (
            first.proof != passphrase_keys("five words make a key", b"s" * 16, Cost(64, 2)).proof
        )
