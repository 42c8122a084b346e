"""The database itself keeps who may read and write what in the co-ordination, and who did."""

import psycopg
import pytest
from django.db import IntegrityError, ProgrammingError

from opennrm.coordination.desk import at_coordination, because, changes_of, names_of
from opennrm.coordination.models import Change, RegisterEntry
from opennrm.coordination.permissions import Area, May, areas_of, may, readers
from opennrm.coordination.tables import guarded
from opennrm.vocabulary.roles import Role
from tests import cast
from tests.database import as_administrator, as_role, signed_in

CO_ORDINATOR = cast.CO_ORDINATOR
NO_PRIVILEGE = "42501"


def entry(name: str, **more: object) -> RegisterEntry:
    """Write an organisation into the register."""
    return RegisterEntry.objects.create(name=name, kind="ngo", jurisdiction="MK", **more)


class TestTheTable:
    """Who may what, as the code reads it."""

    def test_opens_the_co_ordination_to_no_enforcement_and_no_administrator(self) -> None:
        assert not {Role.IE, Role.AD, Role.PERSON, Role.MI} & readers()
        assert areas_of(cast.IMMIGRATION_OFFICER.actor) == ()

    def test_lets_the_co_ordinator_write_the_plan_and_the_commission_approve_it(self) -> None:
        assert may(CO_ORDINATOR.actor, Area.PLAN, May.WRITE)
        assert not may(CO_ORDINATOR.actor, Area.APPROVALS, May.WRITE)
        assert not may(CO_ORDINATOR.actor, Area.GUARANTEES, May.WRITE)
        assert may(cast.RAPPORTEUR.actor, Area.GUARANTEES, May.WRITE)

    def test_gives_the_front_door_nothing(self) -> None:
        assert areas_of(cast.FRONT_DOOR.actor) == ()


class TestTheDatabase:
    """What it refuses whatever the pages ask."""

    def test_guards_every_table_of_the_co_ordination(self) -> None:
        with as_administrator() as connection:
            bare = connection.execute(
                "SELECT relname FROM pg_class WHERE relname LIKE 'coordination%' "
                "AND relkind = 'r' AND relname <> 'coordination_permit' AND NOT relrowsecurity"
            ).fetchall()
            kept = connection.execute(
                "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'kept' "
                "AND tgrelid::regclass::text LIKE 'coordination%'"
            ).fetchall()

        assert bare == []
        assert {name for (name,) in kept} == {model._meta.db_table for model in guarded()}

    def test_shows_nothing_to_who_is_not_bound(self) -> None:
        with at_coordination(signed_in(CO_ORDINATOR)):
            entry("Seen by who is bound")

        with as_role("opennrm_app") as connection:
            rows = connection.execute("SELECT * FROM coordination_registerentry").fetchall()

        assert rows == []

    def test_shows_nothing_to_enforcement(self) -> None:
        with at_coordination(signed_in(cast.IMMIGRATION_OFFICER)):
            assert not RegisterEntry.objects.exists()
            assert not Change.objects.exists()

    def test_refuses_a_row_by_who_only_reads(self) -> None:
        refused = pytest.raises(ProgrammingError, match="row-level security")
        with refused, at_coordination(signed_in(cast.CASE_MANAGER)):
            entry("Not for a case manager to write")

    def test_leaves_rows_alone_that_the_reader_may_not_change(self) -> None:
        with at_coordination(signed_in(CO_ORDINATOR)):
            entry("Stays as it is")
        with at_coordination(signed_in(cast.CASE_MANAGER)):
            assert RegisterEntry.objects.filter(name="Stays as it is").update(kind="court") == 0
            assert RegisterEntry.objects.filter(name="Stays as it is").delete()[0] == 0

        with at_coordination(signed_in(CO_ORDINATOR)):
            assert RegisterEntry.objects.get(name="Stays as it is").kind == "ngo"

    def test_keeps_no_address_of_a_safe_place(self) -> None:
        refused = pytest.raises(IntegrityError, match="safe_place_without_address")
        with refused, at_coordination(signed_in(CO_ORDINATOR)):
            entry("A house nobody finds", is_safe_place=True, address="Some Street 1")


class TestTheHistory:
    """Who changed what, when and why."""

    def test_is_kept_by_the_database_with_the_reason(self) -> None:
        session = signed_in(CO_ORDINATOR)
        with at_coordination(session):
            row = entry("Changed once")
            with because("The name was misspelt"):
                row.short_name = "CO"
                row.save()
            changed, made = changes_of(row)
            names = names_of([changed])

        assert (made.act, changed.act) == ("insert", "update")
        assert (changed.before, changed.after) == ({"short_name": ""}, {"short_name": "CO"})
        assert changed.why == "The name was misspelt" and made.why == ""
        assert names[changed.account] == session.display_name

    def test_says_nothing_where_nothing_changed(self) -> None:
        with at_coordination(signed_in(CO_ORDINATOR)):
            row = entry("Saved twice")
            row.save()

            assert len(changes_of(row)) == 1

    def test_stays_when_the_row_is_gone(self) -> None:
        with at_coordination(signed_in(CO_ORDINATOR)):
            row = entry("Removed again")
            kept = row.ref
            with because("Entered twice"):
                row.delete()
            gone = Change.objects.filter(row=kept).first()

        assert gone is not None and gone.act == "delete"
        assert gone.before["name"] == "Removed again" and gone.after is None

    @pytest.mark.parametrize(
        "statement",
        (
            "UPDATE coordination_change SET why = ''",
            "DELETE FROM coordination_change",
            "INSERT INTO coordination_permit (area, act, role) VALUES ('plan', 'write', 'IE')",
            "SELECT * FROM coordination_permit",
        ),
    )
    def test_and_the_permits_are_written_by_nobody_else(self, statement: str) -> None:
        with as_role("opennrm_app") as connection, pytest.raises(psycopg.Error) as refused:
            connection.execute(statement)

        assert refused.value.sqlstate == NO_PRIVILEGE
