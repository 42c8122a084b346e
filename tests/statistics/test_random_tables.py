"""Random sets of tables: the audit and an attack of its own find nothing, or much when weakened.

`bin/nightly` plays a thousand tables (OPENNRM_TABLES=1000); the tests play a few.
"""

import os
import random

from opennrm.statistics import Rule, TableShape, audit, protect, relate
from tests.statistics import attack
from tests.statistics.histories import someone, tally_of
from tests.statistics.tables_drawn import AGE, FORM, SCOPE, SEX
from tests.statistics.test_protection import primary_only, published

TABLES = int(os.environ.get("OPENNRM_TABLES", "12"))
# Each set is of one table or two linked ones, so that sets together hold the tables asked for.
KINDS = (
    (TableShape("sex_by_age", (SEX, AGE)), TableShape("form_by_sex", (FORM, SEX))),
    (TableShape("scope_by_sex", (SCOPE, SEX)), TableShape("scope_by_age", (SCOPE, AGE))),
    (TableShape("sex_by_age_by_scope", (SEX, AGE.coarse(), SCOPE)),),
)


def drawn(seed: int):
    """A random population with the tables and the rule to publish it by."""
    chance = random.Random(seed)  # noqa: S311 - nothing here is secret
    people = [someone(chance) for _ in range(chance.choice((15, 60, 150, 400, 1_500)))]
    rule = Rule(zeros_disclosive=chance.random() < 0.5)
    return KINDS[seed % len(KINDS)], tally_of(dict(enumerate(people))), rule


def sets_of(tables: int):
    """Random sets until they hold so many tables."""
    seed = 0
    while tables > 0:
        yield drawn(seed)
        tables -= len(KINDS[seed % len(KINDS)])
        seed += 1


class TestRandomTables:
    def test_give_no_cell_to_an_outsider(self):
        for shapes, tally, rule in sets_of(TABLES):
            found = protect(shapes, tally, rule, exact=False)

            assert found.audit.passed
            assert attack.solved_exactly(shapes, published(found)) == {}
            widths = attack.bounded(shapes, published(found)).values()
            assert all(high - low >= rule.minimum_width - 1e-6 for low, high in widths)

    def test_give_cells_away_without_complementary_suppression(self):
        recovered = 0
        for shapes, tally, rule in sets_of(TABLES):
            weak = primary_only(shapes, tally, rule)
            found = audit(relate(shapes), weak)
            recovered += sum(one.lower == one.upper for one in found.intervals)

        assert recovered >= TABLES
