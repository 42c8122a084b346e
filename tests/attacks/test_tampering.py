"""Random changes, each by somebody who may do everything: none goes unnoticed.

OPENNRM_TAMPERINGS says how many of each; the night does 10,000 and prints what it did.
"""

import os
import random
from collections import Counter

import pytest

from opennrm.records.sealing import new_key_pair, seal
from tests.attacks import tampering
from tests.attacks.figures import told

TIMES = int(os.environ.get("OPENNRM_TAMPERINGS", "300"))


@pytest.fixture(scope="module")
def cases():
    return tampering.cases()


class TestASealedPart:
    """Its bytes changed, or all of it moved to where another part belongs."""

    def test_opens_only_whole_and_where_it_was_sealed(self, cases):
        draw = random.Random(7)  # noqa: S311 - a repeatable choice, no secret
        parts, keys = tampering.sealed_parts(cases)
        assert len({(one.compartment, one.version) for one in parts}) > 3
        assert all(tampering.opens(part, keys) for part in parts)
        tried: Counter[str] = Counter()

        while sum(tried.values()) < TIMES:
            kind, changed = tampering.changed_part(draw, parts)
            if changed not in parts:
                tried[kind] += 1
                assert not tampering.opens(changed, keys), (kind, changed)

        assert set(tried) == {one.__name__ for one in tampering.BYTES} | set(tampering.MOVES)
        told("tampered_sealed", tried=sum(tried.values()), missed=0, kinds=dict(tried))

    def test_would_open_elsewhere_if_it_were_not_bound_to_its_place(self):
        """The control: a build that forgets the place is seen by the same question."""
        pair = new_key_pair()
        parts, _ = tampering.sealed_parts(tampering.cases()[:1])
        careless = tampering.replace(parts[0], content=seal(b"said", pair.public, b""))
        keys = {
            (careless.case_ref, careless.compartment, version): pair.private for version in (1, 2)
        }

        moved = tampering.replace(careless, version=3 - careless.version)

        assert tampering.opens(moved, keys, bound=False)
        assert not tampering.opens(moved, keys)


class TestARecordedFact:
    """Changed in the tables, past every trigger."""

    def test_is_found_however_it_is_changed(self, cases):
        draw = random.Random(11)  # noqa: S311 - a repeatable choice, no secret
        tried: Counter[str] = Counter()

        with tampering.alone(cases) as record:
            assert record.broken() == 0
            while sum(tried.values()) < TIMES:
                kind = draw.choice(list(tampering.CHANGES))
                found = record.is_found(draw, kind)
                if found is not None:
                    tried[kind] += 1
                    assert found, kind

        assert set(tried) == set(tampering.CHANGES)
        told("tampered_record", tried=sum(tried.values()), missed=0, kinds=dict(tried))

    def test_would_not_be_found_if_the_check_were_not_made(self, cases):
        """The control: a check that looks at no link misses changes."""
        blind = (
            "CREATE OR REPLACE FUNCTION nrm.chain_hash(fact nrm.fact) RETURNS bytea "
            "LANGUAGE sql AS 'SELECT fact.hash'"
        )
        draw = random.Random(13)  # noqa: S311 - a repeatable choice, no secret

        with tampering.alone(cases) as record:
            record.run(blind)
            found = [record.is_found(draw, "the moment") for _ in range(3)]

        assert found == [False] * 3
