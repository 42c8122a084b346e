"""The same random paths through the real database; it keeps its own clock, so no time passes."""

import os
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from opennrm.casework.exploring.bounds import Bounds
from opennrm.casework.ports import Desk
from opennrm.records.desk import at_work
from tests import cast
from tests.cast import Member
from tests.database import NOW, prepared, signed_in
from tests.exploring.machine import CHAPTERS, Agreement
from tests.exploring.test_agreement import walk
from tests.exploring.world import AtDesk

FEW = 4
PATHS = int(os.environ.get("OPENNRM_PATHS", FEW))


@contextmanager
def seated(who: Member, at: datetime) -> Iterator[Desk]:
    """Sit a member of the cast down before the real record."""
    with at_work(signed_in(who), at=at) as desk:
        yield desk


class InPostgres(Agreement):
    """The use cases with the record in PostgreSQL."""

    bounds = Bounds(
        name="random paths in the database",
        chapters=CHAPTERS,
        houses=("shelter", "shelter2", "authority", "clinic", "removals"),
        days=(0,),
        place=cast.JURISDICTION,
    )
    begin = NOW
    taken: Counter[str] = Counter()

    def at_desk(self) -> AtDesk:
        """Sit down before the record of this worker."""
        return seated


class TestRecord:
    def test_agrees_with_the_model_on_every_path(self) -> None:
        prepared()

        walk(InPostgres, PATHS, steps=16)

        taken = InPostgres.taken
        print(f"{PATHS} paths, {sum(taken.values())} steps: {dict(taken)}")
        assert {"consent", "refer"} <= set(taken)
