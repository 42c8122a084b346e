"""Her own door on a real database: keys, sessions, letters, and what she does herself."""

from uuid import UUID, uuid4

import pytest

from opennrm.casework.own_door import open_own_door
from opennrm.casework.refusals import MoveRefused, Refused
from opennrm.records import own_door, own_letters, queries
from opennrm.records.own_door import NotOpened
from tests import cast, stories
from tests.database import CHEAP, NOW, as_administrator, signed_in
from tests.doors import (
    HOUSE,
    MANAGER,
    PRESSED,
    WORDS,
    Card,
    assessed,
    begun,
    closed,
    entered,
    opened,
    shared,
)


@pytest.fixture(scope="module")
def card(_database: None) -> Card:
    """A door that was opened, with a house agreed to."""
    made = begun()
    stories.consent(MANAGER, made.case, HOUSE, "SH", ("D1",))
    return made


def notices_about(kind: str, case: UUID) -> int:
    """Count the notices of a kind about the door of a case."""
    with as_administrator() as connection:
        row = connection.execute(
            "SELECT count(*) FROM nrm.notice JOIN nrm.own_door ON door_ref = about "
            "WHERE kind = %s AND case_ref = %s",
            [kind, case],
        ).fetchone()
    assert row is not None
    return int(row[0])


class TestOpening:
    def test_is_refused_until_the_dangers_were_looked_at_and_it_is_safe(self) -> None:
        case = shared()
        for prepare in (
            lambda: None,
            lambda: assessed(case, own_access=False),
            lambda: assessed(case, days=-1),
        ):
            prepare()
            with pytest.raises(MoveRefused) as refused:
                opened(case)
            assert refused.value.finding.reason == "own_door_not_safe"

    def test_is_refused_when_she_does_not_want_it(self) -> None:
        case = shared()
        assessed(case)

        with pytest.raises(MoveRefused):
            opened(case, wanted=False)

    def test_is_refused_to_who_does_not_keep_her_consents(self, card: Card) -> None:
        with pytest.raises(Refused):
            stories.do(open_own_door, cast.HEALTH_WORKER, case_ref=card.case, opening=None)

    def test_makes_a_code_of_eighty_bits_that_is_read_as_meant(self) -> None:
        codes = {own_door.new_code() for _ in range(200)}

        assert len(codes) == 200
        assert {len(own_door.typed(code)) for code in codes} == {16}
        assert own_door.digest("1O0L-iiii-0000-ABCD") == own_door.digest("1001 1111 oooo abcd")

    def test_gives_a_new_card_in_the_place_of_the_old(self) -> None:
        old = begun()
        new = begun(case=old.case)

        with pytest.raises(NotOpened):
            own_door.enter(old.code, WORDS)
        assert entered(new).page.written

    def test_begins_once_with_the_code_and_beside_her_case_manager(self) -> None:
        case = shared()
        assessed(case)
        code = opened(case)

        for who, with_code in ((MANAGER, own_door.new_code()), (cast.LAWYER, code)):
            with pytest.raises(NotOpened):
                start(who, case, with_code)
        start(MANAGER, case, code)
        with pytest.raises(NotOpened):
            start(MANAGER, case, code)


def start(who: cast.Member, case: UUID, code: str) -> None:
    """Choose the passphrase of a door."""
    own_door.begin(signed_in(who), case, code=code, passphrase=WORDS, cost=CHEAP)


class TestHerPage:
    def test_shows_kinds_days_and_consents_as_they_stand_now(self, card: Card) -> None:
        page = entered(card).page

        assert dict(page.written)["D10"] == ("consent_given", "own_door_opened")
        assert {one.role for one in page.consents} == {"CM", "SH"}

    def test_changes_with_every_change_of_the_case_by_whomever(self) -> None:
        card = begun()
        before = dict(entered(card).page.written)
        stories.described(cast.POLICE_OFFICER, card.case, names="Another Name")
        stories.consent(MANAGER, card.case, cast.LAWYER, "LA", ("D1",))

        after = entered(card).page

        assert before["D10"]
        assert len(after.consents) == 2

    def test_names_organisations_and_roles_that_read_and_no_house(self, card: Card) -> None:
        queries.case_page(signed_in(MANAGER), card.case, at=NOW, opened=("D10",))

        saw = own_door.seen_by(entered(card))

        assert (cast.GREEN_DOOR.name, "CM") in saw
        assert all(name != cast.QUIET_HOUSE.name for name, _role in saw)

    def test_ends_after_twenty_minutes_or_five_idle(self, card: Card) -> None:
        for change in ("expires_at = now()", "seen_at = now() - interval '6 minutes'"):
            secret = own_door.enter(card.code, WORDS)
            with as_administrator() as connection:
                connection.execute(f"UPDATE nrm.own_session SET {change}")

            assert own_door.resume(secret) is None

    def test_is_left_at_once(self, card: Card) -> None:
        secret = own_door.enter(card.code, WORDS)
        own_door.leave(secret)

        assert own_door.resume(secret) is None


class TestUnderPressure:
    def test_opens_a_page_of_the_same_kind_without_a_word_of_hers(self) -> None:
        card = begun()

        forced, hers = entered(card, PRESSED), entered(card)

        assert forced.page != hers.page
        assert forced.page.consents == ()
        assert own_door.seen_by(forced) == []
        assert own_door.letters(forced) == []
        assert notices_about("page_opened_under_pressure", card.case) == 0

    def test_tells_her_case_manager_only_where_she_agreed(self) -> None:
        card = begun(tells_duress=True)
        entered(card, PRESSED)

        assert notices_about("page_opened_under_pressure", card.case) == 1

    def test_shows_her_case_manager_what_was_written_only_where_she_agreed(self) -> None:
        silent, told = begun(), begun(tells_duress=True)
        for card in (silent, told):
            assert own_door.send(entered(card, PRESSED), "feedback", "All is well.")
            assert [one.about for one in own_door.letters(entered(card, PRESSED))] == ["feedback"]
            assert own_door.letters(entered(card)) == []

        assert own_letters.letters_of(signed_in(MANAGER), silent.case) == []
        (letter,) = own_letters.letters_of(signed_in(MANAGER), told.case)
        assert letter.is_forced

    def test_takes_no_consent_back(self) -> None:
        card = begun()
        given = stories.newest(MANAGER, card.case, "consent_given")

        assert not own_door.withdraw(entered(card, PRESSED), given)


class TestTakingBack:
    def test_closes_access_at_once_and_tells_who_had_it(self) -> None:
        card = begun()
        given = stories.consent(MANAGER, card.case, cast.LAWYER, "LA", ("D1",))
        own = entered(card)

        assert own_door.withdraw(own, given)
        assert not own_door.withdraw(own, given)

        assert given not in {UUID(one.ref) for one in entered(card).page.consents}
        case = stories.folded(MANAGER, card.case)
        assert case.newest("consent_withdrawn").reference("consent") == given

    def test_of_the_consent_behind_her_case_manager_closes_the_door_too(self) -> None:
        card = begun()
        own = entered(card)
        (behind,) = (one for one in own.page.consents if one.role == "CM")

        assert own_door.withdraw(own, UUID(behind.ref))

        with pytest.raises(NotOpened):
            own_door.enter(card.code, WORDS)
        with as_administrator() as connection:
            live = connection.execute(
                "SELECT count(*) FROM nrm.access WHERE case_ref = %s AND role = 'CM' "
                "AND closed_at IS NULL",
                [card.case],
            ).fetchone()
        assert live == (0,)

    def test_reaches_no_other_case(self, card: Card) -> None:
        other = begun()
        foreign = stories.newest(MANAGER, other.case, "consent_given")

        assert not own_door.withdraw(entered(card), foreign)
        assert not own_door.withdraw(entered(card), uuid4())

    def test_leaves_the_chain_and_the_projections_whole(self) -> None:
        card = begun()
        given = stories.consent(MANAGER, card.case, cast.LAWYER, "LA", ("D1",))
        own_door.withdraw(entered(card), given)

        with as_administrator() as connection:
            broken = connection.execute(
                "SELECT * FROM nrm.broken_chains() WHERE case_ref = %s", [card.case]
            ).fetchall()
        assert broken == []


class TestClosing:
    def test_by_her_case_manager_works_at_once_and_destroys_the_keys(self) -> None:
        card = begun()
        secret = own_door.enter(card.code, WORDS)
        closed(card.case)

        assert own_door.resume(secret) is None
        with pytest.raises(NotOpened):
            own_door.enter(card.code, WORDS)
        with as_administrator() as connection:
            left = connection.execute(
                "SELECT count(*) FROM nrm.own_view JOIN nrm.own_door USING (door_ref) "
                "WHERE case_ref = %s",
                [card.case],
            ).fetchone()
        assert left == (0,)

    def test_by_herself_is_recorded_in_her_name(self) -> None:
        card = begun()
        own_door.close(entered(card))

        fact = stories.folded(MANAGER, card.case).newest("own_door_closed")
        assert fact.text("reason") == "closed_by_herself"
        assert fact.actor not in {member.account for member in cast.MEMBERS}
        with pytest.raises(NotOpened):
            own_door.enter(card.code, WORDS)

    def test_is_refused_where_none_is_open(self) -> None:
        case = shared()

        with pytest.raises(MoveRefused):
            closed(case)


class TestLetters:
    def test_go_to_her_case_manager_and_come_back_answered(self) -> None:
        card = begun()
        own = entered(card)
        assert own_door.send(own, "correction", "My birthday is in May.")
        (letter,) = own_letters.letters_of(signed_in(MANAGER), card.case)

        assert letter.text == "My birthday is in May."
        assert own_letters.answer(signed_in(MANAGER), letter.ref, "It is corrected.")
        assert not own_letters.answer(signed_in(MANAGER), letter.ref, "Again.")
        (sent,) = own_door.letters(entered(card))
        assert (sent.about, sent.answer) == ("correction", "It is corrected.")

    def test_are_closed_to_everybody_else(self, card: Card) -> None:
        own_door.send(entered(card), "own_words", "Only for her.")

        for who in (cast.POLICE_OFFICER, cast.LAWYER, HOUSE, cast.DATA_OFFICER):
            assert own_letters.letters_of(signed_in(who), card.case) == []

    def test_of_complaint_go_to_the_data_office_and_not_to_her_case_manager(self) -> None:
        card = begun()
        own_door.send(entered(card), "complaint", "She told my brother.")

        assert own_letters.letters_of(signed_in(MANAGER), card.case) == []
        texts = [one.text for one in own_letters.complaints(signed_in(cast.DATA_OFFICER))]
        assert "She told my brother." in texts
