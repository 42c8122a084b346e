"""Projections follow from facts, and the check notices when they do not."""

from opennrm.records import rebuilding, verifying
from tests import cast, stories
from tests.database import as_administrator


def quiet(_done: int, _all: int) -> None:
    """Show no progress."""


class TestRebuilding:
    """`./run rebuild` and `./run rebuild --check`."""

    def test_finds_no_difference_after_a_story(self):
        case_ref = stories.contact(cast.POLICE_OFFICER)
        referral = stories.referred(
            cast.POLICE_OFFICER, case_ref, cast.CASE_MANAGER, "CM", ("D1", "D4", "D10")
        )
        stories.answered(cast.CASE_MANAGER, case_ref, referral)

        assert rebuilding.check(quiet).differences == []

    def test_names_the_projection_that_was_changed_by_hand_and_mends_it(self):
        case_ref = stories.contact(cast.POLICE_OFFICER)
        with as_administrator() as connection:
            connection.execute(
                "UPDATE nrm.worklist SET stage = 'x' WHERE case_ref = %s", [case_ref]
            )

        found = rebuilding.check(quiet).differences
        rebuilding.rebuild(quiet)

        assert [(one.case_ref, one.projection) for one in found] == [(case_ref, "worklist")]
        assert rebuilding.check(quiet).differences == []

    def test_notices_a_row_of_the_statistics_copy_that_was_changed(self):
        case_ref = stories.contact(cast.POLICE_OFFICER)
        with as_administrator() as connection:
            connection.execute(
                "UPDATE statistics.person SET sex = 'other' WHERE row_ref = "
                "(SELECT row_ref FROM nrm.statistics_link WHERE case_ref = %s)",
                [case_ref],
            )

        found = rebuilding.check(quiet).differences
        rebuilding.rebuild(quiet)

        assert [one.projection for one in found] == ["statistics"]

    def test_a_case_leaves_exactly_one_row_in_the_copy(self):
        with as_administrator() as connection:
            before = connection.execute("SELECT count(*) FROM statistics.person").fetchone()[0]

        case_ref = stories.contact(cast.POLICE_OFFICER)
        stories.described(cast.POLICE_OFFICER, case_ref, sex="female")

        with as_administrator() as connection:
            after = connection.execute("SELECT count(*) FROM statistics.person").fetchone()[0]
        assert after == before + 1


class TestVerifying:
    """`./run verify`."""

    def test_finds_nothing_broken_in_what_was_recorded(self):
        stories.contact(cast.POLICE_OFFICER)

        report = verifying.verify()

        assert report.broken == ()
        assert report.facts > 0
