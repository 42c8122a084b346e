"""Clocks that jump: what has ended stays ended, whatever the application believes the time to be.

The database decides by its own clock; the moment the application hands down is moved here.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from opennrm.casework.contact import PersonDescription, describe_person
from opennrm.casework.referral import ReferralAnswer, acknowledge_referral
from opennrm.casework.refusals import Refused
from opennrm.records import queries, sessions
from opennrm.records.sessions import SignedOut
from tests import cast, stories
from tests.attacks import raw
from tests.attacks.figures import told
from tests.attacks.machine.story import END, END_LISTS
from tests.database import NOW, as_administrator, signed_in

POLICE, SHELTER = cast.POLICE_OFFICER, cast.CASE_MANAGER
JUMPS = {
    "a year back": NOW - timedelta(days=365),
    "a day back": NOW - timedelta(days=1),
    "an hour back": NOW - timedelta(hours=1),
    "an hour on": NOW + timedelta(hours=1),
    "a day on": NOW + timedelta(days=1),
    "the hour that is there twice": datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
    "the hour that is left out": datetime(2027, 3, 28, 1, 30, tzinfo=UTC),
    "a leap day": datetime(2028, 2, 29, 12, 0, tzinfo=UTC),
    "the end of a year": datetime(2026, 12, 31, 23, 59, 59, tzinfo=UTC),
    "the beginning of the epoch": datetime(1970, 1, 1, tzinfo=UTC),
}
_tried: set[tuple[str, str]] = set()


@pytest.fixture(scope="module")
def ended() -> UUID:
    """A case whose access ran out for one house."""
    case_ref = stories.contact(POLICE)
    sent = stories.referred(POLICE, case_ref, SHELTER, "CM", ("D1", "D2", "D10"))
    stories.answered(SHELTER, case_ref, sent)
    run_out(case_ref, sent)
    return case_ref


@pytest.fixture(scope="module")
def lapsed() -> tuple[UUID, UUID]:
    """An offer whose term ran out before anybody answered."""
    case_ref = stories.contact(POLICE)
    sent = stories.referred(POLICE, case_ref, SHELTER, "CM", ("D1", "D2", "D10"))
    run_out(case_ref, sent)
    return case_ref, sent


def run_out(case_ref: UUID, sent: UUID) -> None:
    with as_administrator() as connection:
        connection.execute(END, {"sent": sent})
        connection.execute(END_LISTS, {"case": case_ref})


def read(at: datetime, ended: UUID, lapsed: tuple[UUID, UUID]) -> None:
    queries.case_page(signed_in(SHELTER), ended, at=at, opened=("D2",))


def write(at: datetime, ended: UUID, lapsed: tuple[UUID, UUID]) -> None:
    person = PersonDescription(names="Mira Doda")
    stories.do_at(at, describe_person, SHELTER, case_ref=ended, person=person)


def accept(at: datetime, ended: UUID, lapsed: tuple[UUID, UUID]) -> None:
    case_ref, sent = lapsed
    answer = ReferralAnswer(referral=sent, answer="accepted")
    stories.do_at(at, acknowledge_referral, SHELTER, case_ref=case_ref, answer=answer)


def over(column: str) -> Callable[..., None]:
    def work_on(at: datetime, ended: UUID, lapsed: tuple[UUID, UUID]) -> None:
        session = raw.fresh_session(POLICE)
        raw.expire(session.token, column=column)
        queries.worklist(session, at=at)

    return work_on


ACTS = {
    "read what ran out": read,
    "write where access ran out": write,
    "accept what ran out": accept,
    "work on in a session that is over": over("expires_at"),
    "work on in a session left idle": over("seen_at"),
}


class TestAJump:
    """Ten jumps, five acts: fifty ways to live in another time."""

    @pytest.mark.parametrize("jump", JUMPS)
    @pytest.mark.parametrize("act", ACTS)
    def test_revives_nothing(self, ended, lapsed, act, jump):
        with pytest.raises((Refused, SignedOut)):
            ACTS[act](JUMPS[jump], ended, lapsed)
        _tried.add((act, jump))

    def test_lengthens_no_session(self):
        """A session asked for an end far ahead gets ten hours of the database's time."""
        far = timedelta(days=400)
        opened = sessions.open_session(
            str(POLICE.account)[:8],
            f"words of {POLICE.account}",
            at=NOW + far,
            idle=far,
            lasts=far,
        )
        with raw.reader(opened.session.token) as reader:
            assert reader.execute("SELECT nrm.reader_account()").fetchone() != (None,)
        with as_administrator() as connection:
            left = connection.execute(
                "SELECT max(expires_at - now()), max(idle_for) FROM nrm.sign_in "
                "WHERE token_hash = sha256(convert_to(%s, 'UTF8'))",
                [opened.session.token],
            ).fetchone()
        assert max(left) <= timedelta(hours=10)

    def test_is_nothing_to_what_still_runs(self):
        """The control: the same acts succeed where nothing has ended."""
        case_ref = stories.contact(POLICE)
        sent = stories.referred(POLICE, case_ref, SHELTER, "CM", ("D1", "D2", "D10"))
        accept(NOW, case_ref, (case_ref, sent))
        read(NOW, case_ref, (case_ref, sent))
        write(NOW, case_ref, (case_ref, sent))


def test_says_what_was_tried():
    told("clocks", scenarios=len(_tried), revived=0)
