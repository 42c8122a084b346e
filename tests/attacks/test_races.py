"""Eight clients at once for one thing: one winner, and nobody reads after a withdrawal.

OPENNRM_RACES says how many rounds; the night does 1,000 of each.
"""

import os
import threading
from uuid import UUID, uuid4

import pytest

from opennrm.casework.contact import Contact, record_contact
from opennrm.casework.referral import ReferralAnswer, acknowledge_referral
from opennrm.casework.refusals import CaseNotFound, Refused
from opennrm.records import queries
from opennrm.records.desk import AlreadySent, at_work
from tests import cast, stories
from tests.attacks.clients import CLIENTS, Clients
from tests.attacks.figures import told
from tests.database import NOW, as_administrator, signed_in, stay_awake

POLICE, SHELTER = cast.POLICE_OFFICER, cast.CASE_MANAGER
ROUNDS = int(os.environ.get("OPENNRM_RACES", "3"))
SCOPES = ("D1", "D2", "D10")
SCRATCH = "CREATE TABLE public.race (place int, taken_by int)"
CHECK, TAKE = (
    "SELECT 1 FROM public.race WHERE place = %s",
    "INSERT INTO public.race VALUES (%s, %s)",
)


@pytest.fixture(scope="module")
def clients():
    with Clients() as eight:
        yield eight


def referred() -> tuple[UUID, UUID]:
    stay_awake()
    case_ref = stories.contact(POLICE)
    return case_ref, stories.referred(POLICE, case_ref, SHELTER, "CM", SCOPES)


def winners(answers: list[object]) -> int:
    odd = [one for one in answers if isinstance(one, Exception)]
    assert all(isinstance(one, (Refused, AlreadySent)) for one in odd), odd
    return len(answers) - len(odd)


class TestOneReferral:
    """Accepted by some and declined by others of the same house, at the same moment."""

    def test_is_answered_once(self, clients):
        signed_in(SHELTER)
        won = []

        for _ in range(ROUNDS):
            case_ref, sent = referred()

            def answer(number: int, case_ref=case_ref, sent=sent) -> object:
                says = "accepted" if number % 2 else "declined"
                given = ReferralAnswer(
                    referral=sent, answer=says, reason=None if number % 2 else "no_place"
                )
                return stories.do(acknowledge_referral, SHELTER, case_ref=case_ref, answer=given)

            won.append(winners(clients.at_once(answer)))

        assert won == [1] * ROUNDS
        told("race_referral", rounds=ROUNDS, clients=CLIENTS, winners=sum(won))


class TestOneForm:
    """Sent eight times at the same moment."""

    def test_takes_effect_once(self, clients):
        session, won = signed_in(POLICE), []
        contact = Contact(route="own_detection", channel="in_person", contact_on=stories.TODAY)

        for _ in range(ROUNDS):
            form = uuid4()

            def send(number: int, form=form) -> object:
                with at_work(session, at=NOW, form_key=form) as desk:
                    return record_contact(contact=contact, actor=session.actor, at=NOW, desk=desk)

            won.append(winners(clients.at_once(send)))

        assert won == [1] * ROUNDS
        told("race_form", rounds=ROUNDS, clients=CLIENTS, winners=sum(won))


class TestAWithdrawal:
    """Met by seven readers at the same moment."""

    def test_ends_every_reading_once_it_is_confirmed(self, clients):
        viewer, late = signed_in(SHELTER), 0

        for _ in range(ROUNDS):
            case_ref, sent = referred()
            stories.answered(SHELTER, case_ref, sent)
            given = stories.newest(POLICE, case_ref, "consent_given")
            confirmed = threading.Event()

            def work(number: int, case_ref=case_ref, given=given, confirmed=confirmed) -> int:
                if number == 0:
                    stories.withdrawn(POLICE, case_ref, given)
                    confirmed.set()
                    return 0
                return readings_after(confirmed, viewer, case_ref)

            answers = clients.at_once(work)
            assert not [one for one in answers if isinstance(one, Exception)], answers
            late += sum(answers)

        assert late == 0
        told("race_withdrawal", rounds=ROUNDS, clients=CLIENTS, reads_after=late)


def readings_after(confirmed: threading.Event, viewer, case_ref: UUID) -> int:
    """Read again and again; count the readings begun after the withdrawal was confirmed."""
    late = 0
    for _ in range(200):
        was_confirmed = confirmed.is_set()
        try:
            queries.case_page(viewer, case_ref, at=NOW)
        except CaseNotFound:
            return late
        late += was_confirmed
    return late


class TestTheRace:
    """The control: where a thing is looked at and then taken, more than one client wins."""

    def test_has_many_winners_without_a_constraint(self, clients):
        with as_administrator() as connection:
            connection.execute(SCRATCH)
        try:
            most = 0
            for place in range(20):

                def take(number: int, place=place) -> bool:
                    with as_administrator() as own:
                        own.autocommit = True
                        if own.execute(CHECK, [place]).fetchone() is None:
                            own.execute(TAKE, [place, number])
                            return True
                    return False

                most = max(most, clients.at_once(take).count(True))
                if most > 1:
                    break
        finally:
            with as_administrator() as connection:
                connection.execute("DROP TABLE public.race")

        assert most > 1
