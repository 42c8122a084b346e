"""A Merkle tree over an append-only list: its root, and proofs that others can check.

Source: RFC 6962, sections 2.1, 2.1.1 and 2.1.2. Leaves are given as hashes of leaves.
"""

from collections.abc import Sequence
from hashlib import sha256

LEAF, NODE = b"\x00", b"\x01"


class ProofImpossible(ValueError):
    """A proof was asked for a place or a size the tree does not have."""


def leaf_hash(entry: bytes) -> bytes:
    """Return the hash of one entry (RFC 6962, 2.1)."""
    return sha256(LEAF + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of two subtrees (RFC 6962, 2.1)."""
    return sha256(NODE + left + right).digest()


def root_of(leaves: Sequence[bytes]) -> bytes:
    """Return the root over hashes of leaves; the root of nothing is the hash of nothing."""
    if not leaves:
        return sha256().digest()
    level = list(leaves)
    while len(level) > 1:
        pairs = zip(level[::2], level[1::2], strict=False)
        level = [node_hash(left, right) for left, right in pairs] + level[len(level) & ~1 :]
    return level[0]


def inclusion_proof(leaves: Sequence[bytes], place: int) -> tuple[bytes, ...]:
    """Return the audit path of one leaf, from the leaf up (RFC 6962, 2.1.1).

    :raises ProofImpossible: when the tree has no such leaf.
    """
    if not 0 <= place < len(leaves):
        raise ProofImpossible(f"There is no leaf {place} in a tree of {len(leaves)}.")
    path: list[bytes] = []
    first, end = 0, len(leaves)
    while end - first > 1:
        middle = first + _split(end - first)
        if place < middle:
            path.append(root_of(leaves[middle:end]))
            end = middle
        else:
            path.append(root_of(leaves[first:middle]))
            first = middle
    return tuple(reversed(path))


def consistency_proof(leaves: Sequence[bytes], earlier: int) -> tuple[bytes, ...]:
    """Return the proof that the first leaves are those of an earlier tree (RFC 6962, 2.1.2).

    :raises ProofImpossible: when the earlier tree was empty or longer.
    """
    if not 0 < earlier <= len(leaves):
        raise ProofImpossible(f"No tree of {earlier} comes before one of {len(leaves)}.")
    path: list[bytes] = []
    first, end, is_whole = 0, len(leaves), True
    while first + earlier < end:
        middle = first + _split(end - first)
        if first + earlier <= middle:
            path.append(root_of(leaves[middle:end]))
            end = middle
        else:
            path.append(root_of(leaves[first:middle]))
            earlier -= middle - first
            first, is_whole = middle, False
    if not is_whole:
        path.append(root_of(leaves[first:end]))
    return tuple(reversed(path))


def _split(size: int) -> int:
    """Return the largest power of two below a size of at least two."""
    return 1 << ((size - 1).bit_length() - 1)
