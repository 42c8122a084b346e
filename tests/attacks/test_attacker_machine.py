"""Random stories of eleven organisations, and outsiders who try everything after each step."""

from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace

import pytest

from opennrm.api import reading
from opennrm.records import queries
from tests import cast
from tests.attacks.figures import told
from tests.attacks.machine.running import attack, attack_one
from tests.attacks.machine.shadow import Leak
from tests.attacks.machine.story import STEPS
from tests.database import as_administrator, signed_in

STORIES, LENGTH = 5, 16
WHOLE = frozenset({"D2", "D3", "D8"})
HOUSE = 11
NIGHT = (
    ("refer", 0, HOUSE, WHOLE),
    ("accept", 1, 0, WHOLE),
    ("open a part at night", 0, 2, WHOLE),
    ("ask for whereabouts at night", 0, 0, WHOLE),
    ("agree to whereabouts at night", 1, 0, WHOLE),
    ("agree to whereabouts at night", 0, 0, WHOLE),
    ("withdraw", 1, 0, WHOLE),
    ("open a part at night", 0, 2, WHOLE),
)
SEEDED = {
    "a policy opened to all": (
        "CREATE POLICY seeded ON nrm.fact FOR SELECT TO opennrm_app USING (true)",
        "DROP POLICY seeded ON nrm.fact",
    ),
    "row security of the list switched off": (
        "ALTER TABLE nrm.worklist DISABLE ROW LEVEL SECURITY",
        "ALTER TABLE nrm.worklist ENABLE ROW LEVEL SECURITY",
    ),
    "a function that forgets that offers are not open": (
        "has_row(uuid, text, boolean)",
        ("AND state = 'open' AND closed_at", "AND closed_at"),
    ),
    "a withdrawal that closes nothing": (
        "close_rows(uuid, uuid, uuid)",
        ("SET closed_at = clock_timestamp()", "SET closed_at = closed_at"),
    ),
    "a role that is not looked at": (
        "standing_roles(uuid)",
        ("WHERE held.account_id = person AND", "WHERE"),
    ),
}


_found: list[str] = []


@contextmanager
def seeded(name: str) -> Iterator[None]:
    """Break the database in one place, and put it back."""
    broken, whole = SEEDED[name]
    if isinstance(whole, tuple):
        before = source(broken)
        assert whole[0] in before
        broken, whole = before.replace(*whole), before
    run(broken)
    try:
        yield
    finally:
        run(whole)


def source(signature: str) -> str:
    with as_administrator() as connection:
        row = connection.execute(
            "SELECT pg_get_functiondef(%s::regprocedure)", [f"nrm.{signature}"]
        ).fetchone()
    assert row is not None
    return str(row[0])


def run(statement: str) -> None:
    with as_administrator() as connection:
        connection.execute(statement)


class TestTheAttacker:
    """The long form runs at night (bin/nightly)."""

    def test_sees_nothing_that_the_story_does_not_open(self):
        done = attack(STORIES, LENGTH, number=20261128)

        assert done.steps > STORIES
        # The controls: acts succeeded, and those with a right to something did see it.
        assert {"refer", "accept", "withdraw", "expire", "leave"} <= set(done.by_step)
        assert set(done.by_step) <= set(STEPS)
        assert done.read > 10
        assert min(done.seen, done.questions) > 50
        assert min(done.pages, done.programs) > 0

    def test_sees_no_more_when_a_house_opens_parts_at_night(self):
        done = attack_one(cast.POLICE_OFFICER, NIGHT)

        # All but the last opening, which comes after she took her consent back.
        assert done.by_step == {name: 1 for name, *_rest in NIGHT}

    @pytest.mark.parametrize("name", SEEDED)
    def test_is_caught_when_a_bug_is_put_in(self, name):
        """The control: without it the machine would prove nothing."""
        with seeded(name), pytest.raises(Leak) as leak:
            attack(40, LENGTH, number=7, shrinks=False)
        _found.append(str(leak.value).rpartition(" from ")[2].rstrip("."))

    def test_is_caught_when_the_api_forgets_who_asks(self, monkeypatch):
        def anybodys(_session, case_ref, **more):
            return queries.case_page(signed_in(cast.POLICE_OFFICER), case_ref, **more)

        forgetful = SimpleNamespace(**{**vars(queries), "case_page": anybodys})
        monkeypatch.setattr(reading, "queries", forgetful)

        with pytest.raises(Leak, match="api:case"):
            attack(40, LENGTH, number=7, shrinks=False)

    def test_says_which_bugs_it_found(self):
        told("seeded", bugs_put_in=len(SEEDED), found=len(_found), by=", ".join(_found))
