"""Training that has run out: nothing new begins in that role, and what is held goes on."""

import pytest

from opennrm.casework.contact import Contact, record_contact
from opennrm.casework.refusals import PermissionMissing
from opennrm.records.desk import at_work
from opennrm.records.sessions import Session
from tests.attacks import raw
from tests.database import NOW, as_administrator
from tests.records.test_people import described, named, told
from tests.web.real_people import Person, at_work_as, enrolled

REFUSED = "NR403"
START = "SELECT nrm.start_case(gen_random_uuid(), 'MK')"


@pytest.fixture
def person() -> Person:
    return enrolled("FR")[0]


def lapsed(person: Person, tag: str = "indicators-basic") -> Session:
    """Let a piece of training run out, and take up the session again."""
    with as_administrator() as connection:
        connection.execute(
            "UPDATE accounts_trainingtag SET tag = %s, valid_until = current_date - 2 "
            "WHERE account_id = %s",
            [tag, person.account],
        )
    return at_work_as(person)


class TestTrainingThatRanOut:
    def test_begins_no_new_case(self, person: Person):
        session = lapsed(person)
        seen = Contact(route="own_detection", channel="in_person", contact_on=NOW.date())

        with pytest.raises(PermissionMissing, match="has run out"), at_work(session, at=NOW) as d:
            record_contact(contact=seen, actor=session.actor, at=NOW, desk=d)

    def test_begins_none_past_the_pages_either(self, person: Person):
        trained = at_work_as(person).token
        with raw.reader(trained, raw.RECORDER) as connection:
            connection.execute(START)

        with raw.reader(lapsed(person).token, raw.RECORDER) as connection:
            assert raw.refused(connection, START) == REFUSED

    def test_goes_on_with_what_is_held(self, person: Person):
        case_ref = described(at_work_as(person))

        session = lapsed(person)
        named(session, case_ref, "Second Name")

        assert "Second Name" in told(session, case_ref)

    def test_of_another_role_stops_nothing(self, person: Person):
        assert described(lapsed(person, "shelter-standards"))
