"""What a house can still take once a consent has ended: the safety sheet as it stood, no more."""

from uuid import UUID, uuid4

import pytest

from opennrm.casework.safety_sheet import SafetySheet, write_safety_sheet
from opennrm.records import queries
from opennrm.records.reference import reference
from opennrm.records.sealing import SealBroken, unseal
from tests import cast, stories
from tests.attacks import raw
from tests.attacks.locks import private_keys
from tests.database import NOW, as_administrator, signed_in

POLICE, HOUSE = cast.POLICE_OFFICER, cast.SHELTER_WITHOUT_CONSENT
PARTS = ("D1", "D2", "D8", "D9")
LATER = "she is in Bitola now"
WRAPS = (
    "SELECT wrap.version, wrap.ciphertext FROM nrm.wrap JOIN nrm.access USING (access_ref) "
    "WHERE case_ref = %s AND organisation = %s"
)


def wrote(case_ref: UUID, words: str) -> None:
    sheet = SafetySheet(threats=words)
    stories.do(write_safety_sheet, POLICE, case_ref=case_ref, sheet=sheet)


@pytest.fixture(scope="module")
def lapsed(_database: None) -> UUID:
    """A case whose house kept the sheet, on which something was written since."""
    case_ref = stories.contact(POLICE, majority="adult", words="A word.")
    stories.described(POLICE, case_ref, names="Vjosa Hyseni")
    wrote(case_ref, "the man with the van")
    stories.answered(HOUSE, case_ref, stories.referred(POLICE, case_ref, HOUSE, "SH", PARTS))
    stories.withdrawn(POLICE, case_ref, stories.newest(POLICE, case_ref, "consent_given"))
    wrote(case_ref, LATER)
    return case_ref


def as_house(role: str = raw.APP):
    return raw.reader(signed_in(HOUSE).token, role)


class TestAHouseThatKeptTheSheet:
    def test_reads_one_fact_whatever_it_asks_for(self, lapsed: UUID) -> None:
        with as_house() as connection:
            facts = connection.execute(
                "SELECT compartment, kind FROM nrm.fact WHERE case_ref = %s", [lapsed]
            ).fetchall()
            sealed = connection.execute(
                "SELECT compartment FROM nrm.read_sealed(%s, %s)", [lapsed, raw.EVERY_PART]
            ).fetchall()

        assert facts == [("D16", "safety_sheet_written")]
        assert sealed == [("D16",)]

    def test_holds_no_key_to_what_was_written_since(self, lapsed: UUID) -> None:
        with as_administrator() as connection:
            wraps = connection.execute(WRAPS, [lapsed, HOUSE.actor.organisation]).fetchall()
            newest = connection.execute(
                "SELECT max(version) FROM nrm.scope_key WHERE case_ref = %s "
                "AND compartment = 'D16'",
                [lapsed],
            ).fetchone()

        assert {version for version, _wrap in wraps} == {1}
        assert newest == (2,)

    def test_opens_no_later_sheet_even_with_the_whole_database(self, lapsed: UUID) -> None:
        with as_administrator() as connection:
            everything = connection.execute(
                "SELECT wrap.ciphertext FROM nrm.wrap JOIN nrm.access USING (access_ref) "
                "WHERE case_ref = %s AND version = 2",
                [lapsed],
            ).fetchall()

        assert everything
        for (ciphertext,) in everything:
            for private in private_keys(HOUSE):
                with pytest.raises(SealBroken):
                    unseal(bytes(ciphertext), private, b"opennrm wrap 1")

    @pytest.mark.parametrize("role", (raw.APP, raw.RECORDER))
    def test_makes_itself_no_row_and_no_longer_one(self, lapsed: UUID, role: str) -> None:
        with as_house(role) as connection:
            (row,) = connection.execute(
                "SELECT access_ref FROM nrm.access WHERE case_ref = %s AND organisation = %s",
                [lapsed, HOUSE.actor.organisation],
            ).fetchone() or (None,)
            codes = {
                raw.refused(connection, "SELECT nrm.keep_sheet(%s, now())", [row]),
                raw.refused(
                    connection,
                    "UPDATE nrm.access SET until = now() + interval '1 year' "
                    "WHERE access_ref = %s",
                    [row],
                ),
                raw.refused(connection, "DELETE FROM nrm.wrap WHERE access_ref = %s", [row]),
            }

        assert codes == {"42501"}

    def test_is_wrapped_no_later_key_by_anybody(self, lapsed: UUID) -> None:
        with raw.reader(signed_in(POLICE).token, raw.RECORDER) as connection:
            (row,) = connection.execute(
                "SELECT access_ref FROM nrm.access WHERE case_ref = %s AND is_kept "
                "AND closed_at IS NULL",
                [lapsed],
            ).fetchone() or (None,)
            code = raw.refused(connection, "SELECT nrm.keep_wrap(%s, 2, 'x')", [row])

        assert code == "NR403"

    def test_shares_nothing_and_writes_nothing(self, lapsed: UUID) -> None:
        grant = (
            "SELECT nrm.grant_access(%s, %s, %s, 'SH', NULL, 'D16', 'read', 'offered', "
            "%s, %s, now(), now())"
        )
        write = (
            "SELECT nrm.append_fact(%s, %s, 'safety_sheet_written', 'D16', now(), "
            "'vital_interest', NULL, '{}', NULL, 0, NULL)"
        )
        with as_house(raw.RECORDER) as connection:
            own = HOUSE.actor.organisation
            codes = [
                raw.refused(connection, grant, [lapsed, uuid4(), own, uuid4(), uuid4()]),
                raw.refused(connection, write, [lapsed, uuid4()]),
            ]

        assert codes == ["NR403", "NR403"]

    def test_no_kept_row_can_be_anything_but_the_sheet_for_ninety_days(self, lapsed: UUID) -> None:
        """The control: not even the administrator widens a kept row."""
        with as_administrator() as connection:
            for change in (
                "compartment = 'D2'",
                "until = until + interval '1 day'",
                "role = 'CM'",
            ):
                code = raw.refused(
                    connection,
                    f"UPDATE nrm.access SET {change} WHERE case_ref = %s AND is_kept",
                    [lapsed],
                )
                assert code == "23514"


class TestOtherHouses:
    def test_are_left_with_nothing(self, lapsed: UUID) -> None:
        for who in cast.MEMBERS:
            if who.actor.organisation in (POLICE.actor.organisation, HOUSE.actor.organisation):
                continue
            with raw.reader(signed_in(who).token) as connection:
                found = raw.visible_anywhere(connection)
            assert raw.mentions(found, lapsed) == [], who.organisation.name

    def test_find_it_in_no_list(self, lapsed: UUID) -> None:
        rows = queries.worklist(signed_in(HOUSE), at=NOW, text=reference(lapsed)).rows

        assert [row.stage for row in rows if row.case_ref == lapsed] == ["kept"]
