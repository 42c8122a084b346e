"""People handled by those who may: invited, given roles and keys, closed, let back in by two."""

from uuid import UUID, uuid4

import pytest

from opennrm.casework.contact import Contact, PersonDescription, describe_person, record_contact
from opennrm.records import queries, sessions
from opennrm.records.desk import at_work
from opennrm.records.enrolment import NewOrganisation
from opennrm.records.people import group_keys, houses, joining, members, own, recovery
from opennrm.records.people.asking import PeopleRefused, ask
from opennrm.records.people.joining import Codes, NewMember
from opennrm.records.sessions import Session
from tests import cast
from tests.database import CHEAP, NOW, as_administrator, signed_in
from tests.web.real_people import PASSPHRASE, Person, at_work_as, enrolled

NAME = "Arta Selimi"
OTHER = "other words that nobody knows"


def invited(officer: Session, *roles: str, is_officer: bool = False) -> Person:
    """Invite somebody, let her join, and return her."""
    person = Person(f"n-{uuid4().hex[:8]}")
    house = officer.actor.organisation
    new = NewMember(person.name, f"New {person.name}", roles, house, is_officer)
    code = joining.invite(officer, new)
    assert joining.join(Codes(person.name, code), PASSPHRASE, cost=CHEAP) == "join"
    person.organisation = house
    with as_administrator() as connection:
        row = connection.execute(
            "SELECT ref FROM accounts_account WHERE sign_in_name = %s", [person.name]
        ).fetchone()
    assert row is not None
    person.account = row[0]
    return person


def described(session: Session) -> UUID:
    """Record a contact with a name."""
    seen = Contact(route="own_detection", channel="in_person", contact_on=NOW.date())
    with at_work(session, at=NOW) as desk:
        case_ref = record_contact(contact=seen, actor=session.actor, at=NOW, desk=desk)
    named(session, case_ref, NAME)
    return case_ref


def named(session: Session, case_ref: UUID, name: str) -> None:
    """Write down a name."""
    with at_work(session, at=NOW) as desk:
        describe_person(
            case_ref=case_ref,
            person=PersonDescription(names=name),
            actor=session.actor,
            at=NOW,
            desk=desk,
        )


def told(session: Session, case_ref: UUID) -> str:
    """Return what a person reads of a case."""
    return repr(queries.case_page(session, case_ref, at=NOW, opened=("D1", "D2")))


def let_back_in(first: Session, second: Session, who: Person) -> Codes:
    """Let two officers let somebody back in, and return the codes they give her."""
    half = recovery.ask_for(first, "member", account=who.account)
    (waiting,) = [one for one in recovery.asked(second) if one.about_account == who.account]
    code = recovery.finish(second, waiting.recovery_ref)
    assert half is not None
    assert code is not None
    return Codes(who.name, code, half)


class TestANewOrganisation:
    """Enrolled by a co-ordinator; its keys are made by its own officers."""

    @pytest.fixture
    def house(self) -> NewOrganisation:
        name = f"House {uuid4().hex[:8]}"
        return NewOrganisation(
            name, "ngo", "MK", ("CM", "FR", "SH"), cast.NOON.date(), cast.AGREED_UNTIL
        )

    def officers(self, house: NewOrganisation) -> tuple[Session, Session]:
        """Enrol it, invite two officers and let them join."""
        co_ordinator = signed_in(cast.CO_ORDINATOR)
        houses.enrol(co_ordinator, house, on=NOW.date())
        people = []
        for roles in (("FR",), ("CM", "SH")):
            person = Person(f"o-{uuid4().hex[:8]}")
            new = NewMember(person.name, f"Officer {person.name}", roles, house.ref, True)
            code = joining.invite(co_ordinator, new)
            joining.join(Codes(person.name, code), PASSPHRASE, cost=CHEAP)
            people.append(person)
        return at_work_as(people[0]), at_work_as(people[1])

    def test_works_on_cases_once_its_officers_made_its_keys(self, house: NewOrganisation):
        first, second = self.officers(house)
        assert not recovery.standing(first).has_recovery

        recovery.make_keys(first)
        recovery.keep_own(second)

        stands = recovery.standing(second)
        assert stands.has_recovery
        assert stands.groups == stands.recoverable == ("CM", "FR", "SH")
        assert set(stands.shared_with) == {first.actor.account, second.actor.account}
        again = sessions_of(first)
        assert NAME in told(again, described(again))

    def test_is_enrolled_by_nobody_else(self, house: NewOrganisation):
        for member in (cast.CASE_MANAGER, cast.RAPPORTEUR, cast.IMMIGRATION_OFFICER):
            with pytest.raises(PeopleRefused, match="Only a national co-ordinator"):
                houses.enrol(signed_in(member), house, on=NOW.date())

    def test_holds_no_roles_that_must_be_kept_apart(self, house: NewOrganisation):
        clash = NewOrganisation("Odd", "ngo", "MK", ("CA", "MI"))

        with pytest.raises(PeopleRefused, match="CA"):
            houses.enrol(signed_in(cast.CO_ORDINATOR), clash, on=NOW.date())

    def test_takes_no_third_officer_from_outside(self, house: NewOrganisation):
        self.officers(house)
        stranger = NewMember("stranger", "A stranger", ("FR",), house.ref, True)

        with pytest.raises(PeopleRefused, match="invited by the officers"):
            joining.invite(signed_in(cast.CO_ORDINATOR), stranger)

    def test_is_the_only_kind_that_takes_officers_from_outside(self):
        stranger = NewMember(
            "stranger", "A", ("FR",), cast.POLICE_OFFICER.actor.organisation, True
        )

        with pytest.raises(PeopleRefused, match="invited by the officers"):
            joining.invite(signed_in(cast.CO_ORDINATOR), stranger)


def sessions_of(before: Session) -> Session:
    """Look at a session again, with the keys it has got meanwhile."""
    with sessions.reading(before.token) as cursor:
        own_key = before.keyring.own if before.keyring else None
        return sessions._session(cursor, before.token, own_key, NOW)


class TestAHouse:
    """With two officers and a member, all first responders."""

    @pytest.fixture
    def people(self) -> list[Person]:
        return enrolled("FR", people=3, officers=2, house_roles="FR CM CA MI")

    @pytest.fixture
    def at_desk(self, people: list[Person]) -> list[Session]:
        return [at_work_as(person) for person in people]

    def test_lets_a_new_member_read_once_a_colleague_passed_the_key_on(self, at_desk):
        officer, _second, holder = at_desk
        case_ref = described(holder)
        new = invited(officer, "FR")
        before = at_work_as(new)

        group_keys.hand_over(holder, "FR", new.account)

        assert NAME not in told(before, case_ref)
        assert NAME in told(at_work_as(new), case_ref)

    def test_has_members_who_wait_for_a_key_shown_as_such(self, at_desk):
        officer = at_desk[0]
        new = invited(officer, "FR")

        waiting = {one.account: one.waits_for for one in members.members(officer)}

        assert waiting[new.account] == ["FR"]
        assert waiting[officer.actor.account] == []

    def test_passes_a_key_to_nobody_without_the_role(self, at_desk):
        officer, _second, holder = at_desk
        new = invited(officer, "CM")

        with pytest.raises(PeopleRefused, match="does not hold the role"):
            group_keys.hand_over(holder, "FR", new.account)

    def test_takes_a_code_once_and_only_with_its_name(self, at_desk):
        officer = at_desk[0]
        new = NewMember("joins-once", "Joins", ("FR",), officer.actor.organisation)
        code = joining.invite(officer, new)
        said = set()
        for codes in (
            Codes("joins-once", "wrong"),
            Codes("nobody", code),
            Codes("joins-once", code.upper().replace("-", "- ")),
            Codes("joins-once", code),
        ):
            try:
                joining.join(codes, PASSPHRASE, cost=CHEAP)
            except PeopleRefused as refused:
                said.add(str(refused))

        assert said == {joining.WRONG}
        assert "joins-once" in {one.sign_in_name for one in members.members(officer)}

    def test_gives_no_code_twice_for_one_name(self, at_desk):
        officer, house = at_desk[0], at_desk[0].actor.organisation
        name = f"twice-{uuid4().hex[:6]}"
        joining.invite(officer, NewMember(name, "One", ("FR",), house))

        with pytest.raises(PeopleRefused, match="taken"):
            joining.invite(officer, NewMember(name.upper(), "Two", ("FR",), house))

    def test_is_run_by_its_officers_only(self, at_desk, people):
        member, other = at_desk[2], people[1].account
        house = member.actor.organisation
        steps = (
            lambda: joining.invite(member, NewMember("n", "N", ("FR",), house)),
            lambda: ask(member, "give_role", other, "CM"),
            lambda: ask(member, "take_role", other, "FR"),
            lambda: members.close_account(member, other),
            lambda: recovery.ask_for(member, "member", account=other),
            lambda: recovery.make_keys(member),
        )

        for step in steps:
            with pytest.raises(PeopleRefused):
                step()

    def test_is_run_by_no_officer_of_another(self, at_desk):
        stranger = at_work_as(enrolled("FR", people=2, officers=2)[0])
        victim = at_desk[2].actor.account

        for step in ("give_role", "take_role"):
            with pytest.raises(PeopleRefused, match="no member of your organisation"):
                ask(stranger, step, victim, "FR")
        with pytest.raises(PeopleRefused, match="no member of your organisation"):
            members.close_account(stranger, victim)

    def test_gives_no_roles_that_must_not_meet(self, at_desk, people):
        officer = at_desk[0]
        member = next(one for one in members.members(officer) if one.account == people[2].account)

        with pytest.raises(PeopleRefused, match="CA"):
            members.set_roles(officer, member, ("CA", "MI"), on=NOW.date())
        ask(officer, "give_role", member.account, "CA")
        with pytest.raises(PeopleRefused, match="must not meet"):
            ask(officer, "give_role", member.account, "MI")

    def test_lets_nobody_give_herself_a_role_or_close_herself(self, at_desk):
        officer = at_desk[0]

        with pytest.raises(PeopleRefused, match="Nobody gives herself"):
            ask(officer, "give_role", officer.actor.account, "CM")
        with pytest.raises(PeopleRefused, match="Nobody closes her own"):
            members.close_account(officer, officer.actor.account)

    def test_asks_for_the_factor_again_after_five_minutes(self, at_desk, people):
        with as_administrator() as connection:
            connection.execute(
                "UPDATE nrm.sign_in SET factor_at = now() - interval '6 minutes' "
                "WHERE account = %s",
                [people[0].account],
            )

        with pytest.raises(PeopleRefused, match="second factor again"):
            members.close_account(at_desk[0], people[2].account)

    def test_keeps_two_officers_who_can_recover(self, at_desk, people):
        with pytest.raises(PeopleRefused, match="Two officers must stay"):
            members.close_account(at_desk[0], people[1].account)


class TestALostDevice:
    """Every session of a member ends at once, when an officer of hers says so."""

    def test_is_signed_out_by_an_officer_and_signs_in_again(self) -> None:
        people = enrolled("FR", people=3, officers=2)
        officer, member = at_work_as(people[0]), at_work_as(people[2])

        assert members.end_sessions(officer, people[2].account) >= 1

        with pytest.raises(sessions.SignedOut), sessions.reading(member.token):
            pass
        assert at_work_as(people[2])

    def test_is_no_business_of_a_member_or_of_another_house(self) -> None:
        people = enrolled("FR", people=3, officers=2)
        member, other = at_work_as(people[2]), at_work_as(enrolled("FR", officers=1)[0])

        for who in (member, other):
            with pytest.raises(PeopleRefused):
                members.end_sessions(who, people[1].account)


class TestAMemberWhoLeaves:
    """Her sessions end at once; her old key opens nothing of tomorrow's dump."""

    @pytest.fixture
    def people(self) -> list[Person]:
        return enrolled("FR", people=3, officers=2)

    def test_is_signed_out_everywhere_at_once(self, people):
        officer, leaver = at_work_as(people[0]), at_work_as(people[2])

        members.close_account(officer, people[2].account)

        with pytest.raises(sessions.SignedOut), sessions.reading(leaver.token):
            pass
        with pytest.raises(sessions.SignInRefused):
            sessions.open_session(people[2].name, people[2].passphrase, at=NOW)

    def test_leaves_groups_whose_keys_are_renewed_by_who_stays(self, people):
        officer, leaver = at_work_as(people[0]), at_work_as(people[2])
        case_ref = described(leaver)
        members.close_account(officer, people[2].account)
        assert [(role, mine) for role, _since, mine in group_keys.to_renew(officer)] == [
            ("FR", True)
        ]

        count = group_keys.renew(officer, "FR")

        after = at_work_as(people[1])
        assert count == 1  # a part has a key once somebody has written there
        assert group_keys.to_renew(officer) == []
        assert NAME in told(after, case_ref)
        assert queries.find_people(after, NAME, at=NOW)
        named(after, case_ref, "Second Name")
        assert "Second Name" in told(at_work_as(people[0]), case_ref)


class TestALostPassphrase:
    """Made good by two officers, who give her half of a code each."""

    @pytest.fixture
    def people(self) -> list[Person]:
        return enrolled("FR", people=3, officers=2)

    def test_is_replaced_and_everything_opens_as_before(self, people):
        first, second, member = (at_work_as(person) for person in people)
        case_ref = described(member)
        codes = let_back_in(first, second, people[2])

        assert joining.join(codes, OTHER, cost=CHEAP) == "return"

        people[2].passphrase, people[2].passkey = OTHER, None
        assert NAME in told(at_work_as(people[2]), case_ref)
        with pytest.raises(sessions.SignInRefused):
            sessions.open_session(people[2].name, PASSPHRASE, at=NOW)
        with pytest.raises(sessions.SignedOut), sessions.reading(member.token):
            pass

    def test_is_not_replaced_by_one_officer(self, people):
        first = at_work_as(people[0])
        recovery.ask_for(first, "member", account=people[2].account)
        (waiting,) = recovery.asked(first)

        assert waiting.part is None
        with pytest.raises(PeopleRefused, match="another officer asks first"):
            recovery.finish(first, waiting.recovery_ref)
        with pytest.raises(PeopleRefused, match="another officer asks first"):
            ask(first, "finish_recovery", waiting.recovery_ref)

    @pytest.mark.parametrize("held", ["code", "half"])
    def test_is_of_no_use_to_an_officer_with_her_half(self, people, held: str):
        codes = let_back_in(at_work_as(people[0]), at_work_as(people[1]), people[2])
        mine = codes.code if held == "code" else codes.half

        with pytest.raises(PeopleRefused, match="not right"):
            joining.join(Codes(codes.sign_in_name, mine, mine), OTHER, cost=CHEAP)

    def test_of_an_officer_is_not_replaced_by_herself(self, people):
        first = at_work_as(people[0])

        with pytest.raises(PeopleRefused, match="Nobody lets herself"):
            recovery.ask_for(first, "member", account=people[0].account)

    def test_brings_back_a_group_that_nobody_holds(self, people):
        first, second = at_work_as(people[0]), at_work_as(people[1])
        with as_administrator() as connection:
            connection.execute(
                "DELETE FROM nrm.group_wrap WHERE organisation = %s", [people[0].organisation]
            )

        recovery.ask_for(first, "group", role="FR")
        (waiting,) = recovery.asked(second)
        recovery.finish(second, waiting.recovery_ref)

        assert [one.waits_for for one in members.members(first)] == [[], [], []]
        fresh = at_work_as(people[2])
        assert NAME in told(fresh, described(fresh))

    def test_key_is_shared_with_a_third_officer_by_two(self, people):
        first, second = at_work_as(people[0]), at_work_as(people[1])
        third = invited(first, "FR", is_officer=True)
        with pytest.raises(PeopleRefused, match="not shared with you yet"):
            recovery.ask_for(at_work_as(third), "officers")

        recovery.ask_for(first, "officers")
        (waiting,) = recovery.asked(second)
        recovery.finish(second, waiting.recovery_ref)

        codes = let_back_in(at_work_as(third), second, people[2])
        assert joining.join(codes, OTHER, cost=CHEAP) == "return"


class TestOnesOwn:
    """Passphrase and sessions."""

    def test_passphrase_is_changed_and_other_sessions_end(self):
        (person,) = enrolled("FR")
        other, here = at_work_as(person), at_work_as(person)
        case_ref = described(here)

        own.change_passphrase(here, person.name, PASSPHRASE, OTHER, cost=CHEAP)

        person.passphrase = OTHER
        assert NAME in told(at_work_as(person), case_ref)
        with pytest.raises(sessions.SignedOut), sessions.reading(other.token):
            pass

    def test_passphrase_is_changed_with_the_one_before_only(self):
        (person,) = enrolled("FR")

        with pytest.raises(PeopleRefused, match="now is not right"):
            own.change_passphrase(at_work_as(person), person.name, OTHER, OTHER, cost=CHEAP)
        with pytest.raises(PeopleRefused, match="too short"):
            own.change_passphrase(at_work_as(person), person.name, PASSPHRASE, "short")

    def test_sessions_are_seen_and_ended(self):
        (person,) = enrolled("FR")
        other, here = at_work_as(person), at_work_as(person)
        listed = own.own_sessions(here)

        own.end_session(here, next(one.handle for one in listed if not one.is_this))

        assert [one.is_this for one in listed].count(True) == 1
        assert all(one.is_this for one in own.own_sessions(here)) or len(listed) > 2
        own.end_session(here, None)
        assert [one.is_this for one in own.own_sessions(here)] == [True]
        with pytest.raises(sessions.SignedOut), sessions.reading(other.token):
            pass
