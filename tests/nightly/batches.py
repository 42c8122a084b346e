"""Runs a long part in batches, each kept as it ends: a night cut short is gone on with."""

import json
import os
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Lock
from typing import Any

# A night may be told to begin nothing new after so many minutes.
MINUTES = float(os.environ.get("OPENNRM_MINUTES", "inf"))
AT_ONCE = int(os.environ.get("OPENNRM_AT_ONCE", os.cpu_count() or 1))
Tally = dict[str, Any]


def in_batches(
    kept_in: Path, sizes: Sequence[int], run: Callable[[int, int], Tally]
) -> list[Tally]:
    """Run each size with a seed of its own and return the tallies, with those kept from before.

    What is kept goes once every batch was run: the next night begins anew.
    """
    began, lock = time.time(), Lock()
    kept = _read(kept_in)

    def one(given: tuple[int, int]) -> None:
        place, size = given
        at = time.time()
        if at - began > 60 * MINUTES:
            return
        seed = int(began) * 1_000 + place
        tally = {**run(size, seed), "seed": seed}
        tally["seconds"] = round(time.time() - at)
        with lock:
            kept.append(tally)
            kept_in.parent.mkdir(parents=True, exist_ok=True)
            kept_in.write_text(json.dumps(kept), encoding="utf-8")

    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(one, enumerate(sizes[len(kept) :], len(kept))))
    if len(kept) >= len(sizes):
        kept_in.unlink(missing_ok=True)
    return kept


def _read(kept_in: Path) -> list[Tally]:
    if not kept_in.exists():
        return []
    kept: list[Tally] = json.loads(kept_in.read_text(encoding="utf-8"))
    return kept
