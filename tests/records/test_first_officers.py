"""An organisation with people and no officer gets two: put forward by themselves, confirmed."""

import pytest

from opennrm.records.people import first_officers, joining, members, recovery
from opennrm.records.people.asking import PeopleRefused, ask
from opennrm.records.people.joining import NewMember
from tests import cast
from tests.database import as_administrator, signed_in
from tests.web.real_people import Person, at_work_as, enrolled


@pytest.fixture()
def people(_database: None) -> list[Person]:
    """Three members of a house that was enrolled without officers."""
    return enrolled("FR", people=3)


def officers(people: list[Person]) -> list[str]:
    with as_administrator() as connection:
        rows = connection.execute(
            "SELECT sign_in_name FROM accounts_account WHERE organisation_id = %s AND is_officer",
            [people[0].organisation],
        ).fetchall()
    return sorted(name for (name,) in rows)


def put_forward(people: list[Person]) -> first_officers.Proposal:
    first_officers.propose(at_work_as(people[0]), people[1].account)
    first_officers.agree(at_work_as(people[1]))
    found = first_officers.proposals(signed_in(cast.CO_ORDINATOR))
    return next(one for one in found if one.organisation == people[0].organisation)


def test_two_become_officers_and_make_the_keys(people: list[Person]) -> None:
    waiting = put_forward(people)

    first_officers.confirm(signed_in(cast.CO_ORDINATOR), waiting)

    assert officers(people) == sorted([people[0].name, people[1].name])
    first = at_work_as(people[0])
    recovery.make_keys(first)
    assert recovery.standing(first).has_recovery
    joining.invite(first, NewMember("n-later-on", "Later", ("FR",), people[0].organisation))


@pytest.mark.parametrize("who", [0, 1, 2])
def test_no_member_confirms(people: list[Person], who: int) -> None:
    waiting = put_forward(people)

    with pytest.raises(PeopleRefused):
        first_officers.confirm(at_work_as(people[who]), waiting)
    assert officers(people) == []


def test_nobody_is_confirmed_who_did_not_put_herself_forward(people: list[Person]) -> None:
    waiting, third = put_forward(people), people[2].account
    outsider = signed_in(cast.CO_ORDINATOR)

    for pair in ((waiting.first, third), (third, waiting.second), (third, cast.LAWYER.account)):
        with pytest.raises(PeopleRefused):
            ask(outsider, "confirm_officers", waiting.organisation, *pair)
    assert officers(people) == []


def test_one_alone_puts_nobody_forward(people: list[Person]) -> None:
    first = at_work_as(people[0])
    with pytest.raises(PeopleRefused):
        first_officers.propose(first, people[0].account)
    with pytest.raises(PeopleRefused):
        first_officers.propose(first, cast.LAWYER.account)
    first_officers.propose(first, people[1].account)

    with pytest.raises(PeopleRefused):
        first_officers.agree(first)
    with pytest.raises(PeopleRefused):
        first_officers.agree(at_work_as(people[2]))
    shown = first_officers.proposals(signed_in(cast.CO_ORDINATOR))
    assert people[0].organisation not in [one.organisation for one in shown]


def test_where_there_is_an_officer_nobody_is_put_forward(_database: None) -> None:
    people = enrolled("FR", people=3, officers=1)

    with pytest.raises(PeopleRefused):
        first_officers.propose(at_work_as(people[1]), people[2].account)


def test_other_houses_see_nothing_of_it(people: list[Person]) -> None:
    put_forward(people)

    for who in (cast.LAWYER, cast.DATA_OFFICER):
        shown = first_officers.proposals(signed_in(who))
        assert people[0].organisation not in [one.organisation for one in shown]
    assert members.members(at_work_as(people[2]))
