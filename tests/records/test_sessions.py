"""Sessions open with a passphrase, end at once, and fall asleep when nobody is there."""

from datetime import timedelta

import pytest

from opennrm.records import sessions
from opennrm.records.sessions import SignedOut, SignInRefused
from tests import cast
from tests.database import NOW, as_administrator, passphrase, sign_in_name

WHO = cast.LAWYER


def opened(**more):
    """Open a new session for the lawyer."""
    return sessions.open_session(sign_in_name(WHO), passphrase(WHO), at=NOW, **more)


class TestASession:
    """Neither the database nor the cookie opens anything alone."""

    def test_knows_who_is_at_work_and_in_which_roles(self):
        actor = opened().session.actor

        assert actor.account == WHO.account
        assert actor.roles == WHO.actor.roles
        assert actor.agreement_until == WHO.actor.agreement_until

    def test_is_taken_up_again_with_its_secret_and_the_same_keys(self):
        first = opened()

        again = sessions.resume(first.secret, at=NOW)

        assert again is not None
        assert again.keyring == first.session.keyring

    def test_is_not_taken_up_with_a_made_up_secret(self):
        assert sessions.resume("x" * 44, at=NOW) is None

    def test_ends_at_once_everywhere(self):
        first = opened()

        sessions.end(first.secret, at=NOW)

        assert sessions.resume(first.secret, at=NOW) is None
        with pytest.raises(SignedOut), sessions.reading(first.session.token):
            pass

    def test_falls_asleep_when_nobody_works(self):
        first = opened(idle=timedelta(minutes=15))
        with as_administrator() as connection:
            connection.execute(
                "UPDATE nrm.sign_in SET seen_at = now() - interval '16 minutes' "
                "WHERE token_hash = nrm.hash_of(%s)",
                [first.session.token],
            )

        assert sessions.resume(first.secret, at=NOW) is None

    def test_ends_after_its_longest_time_however_busy(self):
        first = opened(lasts=timedelta(hours=1))
        with as_administrator() as connection:
            connection.execute(
                "UPDATE nrm.sign_in SET expires_at = now() WHERE token_hash = nrm.hash_of(%s)",
                [first.session.token],
            )

        assert sessions.resume(first.secret, at=NOW) is None

    def test_ends_when_the_account_is_closed(self):
        first = opened()
        with as_administrator() as connection:
            connection.execute(
                "UPDATE accounts_account SET is_active = false WHERE ref = %s", [WHO.account]
            )
        try:
            assert sessions.resume(first.secret, at=NOW) is None
            with pytest.raises(SignInRefused):
                opened()
        finally:
            with as_administrator() as connection:
                connection.execute(
                    "UPDATE accounts_account SET is_active = true WHERE ref = %s", [WHO.account]
                )


class TestSigningIn:
    """A refusal never says which of the two was wrong."""

    def test_refuses_a_wrong_passphrase_and_an_unknown_name_with_the_same_words(self):
        said = set()
        for name, words in ((sign_in_name(WHO), "not these words"), ("nobody", passphrase(WHO))):
            with pytest.raises(SignInRefused) as refused:
                sessions.open_session(name, words, at=NOW)
            said.add(str(refused.value))

        assert len(said) == 1

    def test_takes_the_name_in_any_case_of_letters(self):
        again = sessions.open_session(sign_in_name(WHO).upper(), passphrase(WHO), at=NOW)

        assert again.session.actor.account == WHO.account

    def test_keeps_neither_passphrase_nor_token_nor_private_key(self):
        first = opened()
        own = first.session.keyring.own
        with as_administrator() as connection:
            rows = connection.execute("SELECT * FROM nrm.sign_in").fetchall()
            rows += connection.execute("SELECT * FROM nrm.account_secret").fetchall()

        kept = b"".join(
            bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
            for row in rows
            for value in row
        )
        for secret in (own, first.session.token.encode(), passphrase(WHO).encode()):
            assert secret not in kept


class TestTheFrontDoor:
    """Anyone may ask for help; the door itself reads nothing."""

    def test_opens_without_keys(self):
        door = sessions.open_front_door(at=NOW)

        assert door.actor.is_front_door
        assert door.keyring is None
        assert door.actor.roles == frozenset()
