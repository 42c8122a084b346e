"""Projections follow from facts, and the check notices when they do not."""

from uuid import UUID

from opennrm.casework.screening import Screening, record_screening
from opennrm.records import rebuilding, verifying
from tests import cast, stories
from tests.database import as_administrator


def quiet(_done: int, _all: int) -> None:
    """Show no progress."""


def presumed() -> UUID:
    """Record a contact and a screening after which she is presumed to be trafficked."""
    case_ref = stories.contact(cast.POLICE_OFFICER)
    screening = Screening(population="adult", presumed=True, reason="Her account.")
    stories.do(record_screening, cast.POLICE_OFFICER, case_ref=case_ref, screening=screening)
    return case_ref


def differing(case_ref: UUID) -> list[str]:
    """Name the projections of one case that do not follow from its facts.

    Other tests of this worker change access rows by hand in the same database.
    """
    found = rebuilding.check(quiet).differences
    return [one.projection for one in found if one.case_ref == case_ref]


class TestRebuilding:
    """`./run rebuild` and `./run rebuild --check`."""

    def test_finds_no_difference_after_a_story(self):
        case_ref = stories.contact(cast.POLICE_OFFICER)
        referral = stories.referred(
            cast.POLICE_OFFICER, case_ref, cast.CASE_MANAGER, "CM", ("D1", "D4", "D10")
        )
        stories.answered(cast.CASE_MANAGER, case_ref, referral)

        assert differing(case_ref) == []

    def test_names_the_projection_that_was_changed_by_hand_and_mends_it(self):
        case_ref = stories.contact(cast.POLICE_OFFICER)
        with as_administrator() as connection:
            connection.execute(
                "UPDATE nrm.worklist SET stage = 'x' WHERE case_ref = %s", [case_ref]
            )

        found = differing(case_ref)
        rebuilding.rebuild(quiet)

        assert found == ["worklist"]
        assert rebuilding.check(quiet).differences == []

    def test_notices_a_row_of_the_statistics_copy_that_was_changed(self):
        case_ref = presumed()
        with as_administrator() as connection:
            connection.execute(
                "UPDATE statistics.person SET sex = 'other' WHERE row_ref = "
                "(SELECT row_ref FROM nrm.statistics_link WHERE case_ref = %s)",
                [case_ref],
            )

        found = differing(case_ref)
        rebuilding.rebuild(quiet)

        assert found == ["statistics"]

    def test_a_case_leaves_exactly_one_row_in_the_copy(self):
        with as_administrator() as connection:
            before = connection.execute("SELECT count(*) FROM statistics.person").fetchone()[0]

        case_ref = presumed()
        stories.described(cast.POLICE_OFFICER, case_ref, sex="female")

        with as_administrator() as connection:
            after = connection.execute("SELECT count(*) FROM statistics.person").fetchone()[0]
        assert after == before + 1

    def test_a_contact_without_signs_is_no_person_in_the_figures(self):
        with as_administrator() as connection:
            before = connection.execute("SELECT count(*) FROM statistics.person").fetchone()[0]

        case_ref = stories.contact(cast.POLICE_OFFICER)

        with as_administrator() as connection:
            after = connection.execute("SELECT count(*) FROM statistics.person").fetchone()[0]
        assert after == before
        assert differing(case_ref) == []


class TestVerifying:
    """`./run verify`."""

    def test_finds_nothing_broken_in_what_was_recorded(self):
        case_ref = stories.contact(cast.POLICE_OFFICER)

        report = verifying.verify()

        assert [link for link in report.broken if link.case_ref == case_ref] == []
        assert report.facts > 0
