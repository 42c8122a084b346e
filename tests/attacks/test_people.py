"""People and keys under attack: an administrator, one officer alone, a leaver with old keys."""

from contextlib import suppress
from typing import Any

import psycopg
import pytest

from opennrm.records.keyring import Keyring, group_purpose, part_purpose, wrap_purpose
from opennrm.records.people import group_keys, members, recovery
from opennrm.records.people.asking import ARGUMENTS
from opennrm.records.sealing import SealBroken, unlock, unseal
from opennrm.records.search import PURPOSE
from opennrm.records.sessions import Session
from tests import cast
from tests.attacks import raw
from tests.database import as_administrator, signed_in
from tests.records.test_people import described, named
from tests.web.real_people import Person, at_work_as, enrolled

REFUSED, NO_PRIVILEGE = "NR403", "42501"
WRAPS = (
    "SELECT access.case_ref, access.compartment, wrap.version, wrap.ciphertext FROM nrm.wrap "
    "JOIN nrm.access USING (access_ref) WHERE access.organisation = %s AND access.role = 'FR' "
    "AND access.account IS NULL"
)
SEARCH = "SELECT case_ref, sealed FROM nrm.search_entry WHERE organisation = %s"


@pytest.fixture
def people() -> list[Person]:
    """Two officers and a member."""
    return enrolled("FR", people=3, officers=2)


def dump(statement: str, *values: Any) -> list[tuple[Any, ...]]:
    """Read as the administrator of the server, who passes every policy."""
    with as_administrator() as connection:
        return connection.execute(statement, values).fetchall()


def keys_of(session: Session) -> Keyring:
    assert session.keyring is not None
    return session.keyring


def opens(sealed: bytes, private: bytes, purpose: bytes) -> bool:
    try:
        unseal(bytes(sealed), private, purpose)
    except SealBroken:
        return False
    return True


class TestAnAdministratorWithOneOfficer:
    """The whole database and the keys of one officer open no recovery key."""

    def opened(self, house: Any, held: dict[Any, bytes]) -> int:
        """Count the packages of the recovery key that these officers' keys open."""
        count = 0
        for first, second, package in dump(
            "SELECT first_officer, second_officer, ciphertext FROM nrm.recovery_part "
            "WHERE organisation = %s",
            house,
        ):
            try:
                outer = part_purpose(house, first, second, "outer")
                inner = unseal(bytes(package), held.get(first, bytes(96)), outer)
                inner_purpose = part_purpose(house, first, second, "inner")
                unseal(inner, held.get(second, bytes(96)), inner_purpose)
                count += 1
            except SealBroken:
                continue
        return count

    def test_opens_nothing(self, people: list[Person]):
        own = {person.account: keys_of(at_work_as(person)).own for person in people[:2]}
        first, second = ({account: key} for account, key in own.items())
        house = people[0].organisation

        assert self.opened(house, {}) == 0
        assert self.opened(house, first) == self.opened(house, second) == 0
        assert self.opened(house, own) == 2


class TestAnAdministratorWhoSignsIn:
    """The role that runs the system enrols organisations, and stays outside of every one."""

    @pytest.mark.parametrize("step", ["members", "invitations", "recoveries", "own_parts"])
    def test_sees_nothing_of_another_house(self, people: list[Person], step: str):
        co_ordinator = signed_in(cast.CO_ORDINATOR)
        house = str(people[0].organisation)

        with raw.reader(co_ordinator.token) as connection:
            found = connection.execute(f"SELECT * FROM nrm.{step}()").fetchall()

        ours = {str(person.account) for person in people} | {house}
        assert not any(str(value) in ours for row in found for value in row)


class TestSmuggledStatements:
    """The pages' role calls the functions and no more, whoever is bound."""

    @pytest.mark.parametrize("table", ["invitation", "recovery", "recovery_part", "recovery_key"])
    def test_read_no_table_of_them(self, people: list[Person], table: str):
        with raw.reader(at_work_as(people[0]).token) as connection:
            assert raw.refused(connection, f"SELECT * FROM nrm.{table}") == NO_PRIVILEGE

    @pytest.mark.parametrize(
        "statement",
        (
            "SELECT nrm.renew_group('FR', 'x', 'x')",
            "SELECT nrm.keep_group_wrap('FR', %(stranger)s, 'x')",
            "SELECT nrm.close_account(%(stranger)s)",
            "SELECT nrm.give_role(%(stranger)s, 'FR')",
            "SELECT nrm.keep_recovery_part(%(stranger)s, %(own)s, 'x')",
            "SELECT nrm.let_back_in(gen_random_uuid(), 'x', 'x')",
            "SELECT nrm.give_recovered_group(gen_random_uuid(), %(own)s, 'x')",
            "SELECT nrm.make_group('CA', 'x', 'x')",
            "SELECT nrm.enrol_organisation(%(own)s, 'n', 'ngo', 'MK', '{FR}', false, '')",
            "SELECT nrm.add_agreement(nrm.reader_organisation(), 't', '2026-01-01', '2099-01-01')",
        ),
    )
    def test_are_refused_to_a_member(self, people: list[Person], statement: str):
        outsider = signed_in(cast.SHELTER_WITHOUT_CONSENT)
        values = {"stranger": people[2].account, "own": outsider.actor.account}

        with raw.reader(outsider.token) as connection:
            assert raw.refused(connection, statement, values) == REFUSED

    def test_call_none_of_them_without_a_reader(self):
        open_to_codes = {"invitation_for", "officers_behind", "recovery_public", "end_own_session"}
        open_to_codes |= {"accept_invitation", "keep_joining_recovery"}
        answered = []
        for name, number in ARGUMENTS.items():
            if name in open_to_codes:
                continue
            marks = ", ".join(["NULL"] * number)
            with raw.reader("") as connection, suppress(psycopg.Error):
                rows = connection.execute(f"SELECT * FROM nrm.{name}({marks})").fetchall()
                answered += [name for row in rows if any(value for value in row)]

        assert answered == []

    def test_keep_no_key_for_recovery_but_for_whoever_joins_now(self, people: list[Person]):
        keep = "SELECT nrm.keep_joining_recovery(%s, 'planted')"
        before = dump("SELECT sealed FROM nrm.recovery_of_account ORDER BY account")

        with raw.reader("") as connection:
            connection.execute(keep, [people[2].account])

        assert dump("SELECT sealed FROM nrm.recovery_of_account ORDER BY account") == before


class TestALeaverWhoKeptHerKeys:
    """What she held opens nothing of a dump made after the renewal, nor what is written later."""

    def test_opens_nothing_any_more(self, people: list[Person]):
        officer, leaver = at_work_as(people[0]), at_work_as(people[2])
        case_ref = described(leaver)
        kept, house = keys_of(leaver), people[0].organisation
        group = kept.groups[(house, "FR")]

        before = self.opened(house, group), self.found(house, kept.search)
        knew = self.versions(case_ref, group, house)
        members.close_account(officer, people[2].account)
        group_keys.renew(officer, "FR")
        named(at_work_as(people[1]), case_ref, "Second Name")

        assert min(before) > 0
        assert (self.opened(house, group), self.found(house, kept.search)) == (0, 0)
        newest = dump(
            "SELECT compartment, max(key_version) FROM nrm.fact "
            "WHERE case_ref = %s AND sealed IS NOT NULL AND compartment = 'D2' GROUP BY 1",
            case_ref,
        )
        assert newest
        assert newest[0] not in knew

    def test_has_no_wrap_of_the_new_key(self, people: list[Person]):
        officer, leaver = at_work_as(people[0]), at_work_as(people[2])
        members.close_account(officer, people[2].account)
        group_keys.renew(officer, "FR")

        wraps = dump(
            "SELECT account, ciphertext FROM nrm.group_wrap WHERE organisation = %s",
            people[0].organisation,
        )

        assert {account for account, _wrap in wraps} == {one.account for one in people[:2]}
        assert not any(
            opens(wrap, keys_of(leaver).own, group_purpose(people[0].organisation, "FR", account))
            for account, wrap in wraps
        )

    def opened(self, house: Any, group: bytes) -> int:
        return sum(
            opens(sealed, group, wrap_purpose(case_ref, part, version))
            for case_ref, part, version, sealed in dump(WRAPS, house)
        )

    def versions(self, case_ref: Any, group: bytes, house: Any) -> set[tuple[str, int]]:
        return {
            (part, version)
            for in_case, part, version, sealed in dump(WRAPS, house)
            if in_case == case_ref and opens(sealed, group, wrap_purpose(in_case, part, version))
        }

    def found(self, house: Any, search: bytes | None) -> int:
        count = 0
        for case_ref, sealed in dump(SEARCH, house):
            try:
                unlock(bytes(sealed), search or b"", PURPOSE + f"{house}|{case_ref}".encode())
                count += 1
            except SealBroken:
                continue
        return count


class TestTwoOfficersAtOnce:
    """One recovery is finished once."""

    def test_finish_one_recovery_once(self, people: list[Person]):
        first, second = at_work_as(people[0]), at_work_as(people[1])
        recovery.ask_for(first, "member", account=people[2].account)
        (waiting,) = recovery.asked(second)
        recovery.finish(second, waiting.recovery_ref)

        with raw.reader(second.token) as connection:
            again = raw.refused(
                connection, "SELECT nrm.finish_recovery(%s)", [waiting.recovery_ref]
            )

        assert again == REFUSED
