"""The tree and its proofs are those of RFC 6962, and nothing but them is confirmed."""

import pytest

from opennrm.records.merkle import (
    ProofImpossible,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    root_of,
)
from tests.records.stand_alone import script

# The eight entries and roots with which logs of certificates have been tested since RFC 6962.
ENTRIES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "60616263646566676869"]
ENTRIES[-1] = "606162636465666768696a6b6c6d6e6f"
LEAVES = [leaf_hash(bytes.fromhex(entry)) for entry in ENTRIES]
ROOT_OF_ONE = "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
ROOT_OF_EIGHT = "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"
MANY = [leaf_hash(str(number).encode()) for number in range(40)]
verify = script("verify-seal")


class TestRoot:
    def test_equals_the_published_ones(self) -> None:
        assert root_of([]).hex().startswith("e3b0c44298fc1c149afbf4c8996fb924")
        assert root_of(LEAVES[:1]).hex() == ROOT_OF_ONE
        assert root_of(LEAVES).hex() == ROOT_OF_EIGHT


class TestInclusion:
    def test_is_confirmed_for_every_leaf_of_every_size(self) -> None:
        for size in range(1, len(MANY) + 1):
            leaves = MANY[:size]
            for place, leaf in enumerate(leaves):
                path = inclusion_proof(leaves, place)
                assert verify.climbed(leaf, place, size - 1, path)[1] == root_of(leaves)

    def test_is_confirmed_for_no_other_leaf_and_no_other_place(self) -> None:
        path = inclusion_proof(MANY, 7)

        assert verify.climbed(MANY[8], 7, len(MANY) - 1, path)[1] != root_of(MANY)
        assert verify.climbed(MANY[7], 6, len(MANY) - 1, path)[1] != root_of(MANY)

    @pytest.mark.parametrize("place", [-1, 40])
    def test_is_not_made_for_a_leaf_that_is_not_there(self, place: int) -> None:
        with pytest.raises(ProofImpossible):
            inclusion_proof(MANY, place)


class TestConsistency:
    def test_is_confirmed_between_every_two_sizes(self) -> None:
        for later in range(2, len(MANY) + 1):
            for earlier in range(1, later):
                old, new = root_of(MANY[:earlier]), root_of(MANY[:later])
                path = consistency_proof(MANY[:later], earlier)
                assert verify.grown(earlier, later, old, path) == (old, new)

    def test_fails_when_something_earlier_was_changed(self) -> None:
        for changed in range(20):
            other = [*MANY[:changed], leaf_hash(b"other"), *MANY[changed + 1 :]]
            old = root_of(MANY[:20])
            path = consistency_proof(other, 20)
            assert verify.grown(20, len(other), old, path) != (old, root_of(other))

    @pytest.mark.parametrize("earlier", [0, 41])
    def test_is_not_made_from_nothing_or_backwards(self, earlier: int) -> None:
        with pytest.raises(ProofImpossible):
            consistency_proof(MANY, earlier)
