"""A passphrase among the first that are guessed is not taken."""

import pytest

from opennrm.records.guessing import TOO_COMMON, TOO_SHORT, weakness
from opennrm.records.people.asking import PeopleRefused
from opennrm.records.people.joining import require_hard_to_guess


@pytest.mark.parametrize(
    "passphrase",
    [
        "passwordpassword",
        "123456789012345",
        "qwertyuiopasdfgh",
        "iloveyouiloveyou",
        "aaaaaaaaaaaaaaaaaaaa",
        "Password12345678",
        "a" * 500,
    ],
)
def test_what_everybody_tries_is_not_taken(passphrase: str) -> None:
    assert weakness(passphrase) == TOO_COMMON


def test_a_short_one_is_not_taken() -> None:
    assert weakness("x9!kQ2") == TOO_SHORT


def test_the_names_of_the_place_are_not_enough() -> None:
    known = ("besa.call", "Besa at Call Line", "Call Line")

    assert weakness("besa at call line", known=known) == TOO_COMMON
    with pytest.raises(PeopleRefused, match="first that are guessed"):
        require_hard_to_guess("Call Line Call Line", *known)


@pytest.mark.parametrize("passphrase", ["green lamp orbit seven", "четири зелени мачки чекаат"])
def test_words_that_do_not_belong_together_are_taken(passphrase: str) -> None:
    assert weakness(passphrase) == ""
    require_hard_to_guess(passphrase)
