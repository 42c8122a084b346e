"""`./run explore`: walks every state of the model and tells what holds."""

from __future__ import annotations

import argparse
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from opennrm.casework.exploring.explorer import Walk, explore
from opennrm.casework.exploring.telling import told, told_invariants
from opennrm.casework.exploring.walks import FULL, SHORT
from opennrm.console.machine import Machine
from opennrm.console.saying import say

BOUNDS = {"full": FULL, "short": SHORT}
CORES = 2


def run(given: argparse.Namespace, _machine: Machine) -> int:
    """Walk, tell of each walk as it ends, and exit 1 when an invariant broke."""
    for line in told_invariants():
        say(line)
    began = time.monotonic()
    walks = []
    with ProcessPoolExecutor(CORES, mp_context=get_context("spawn")) as pool:
        for walk in pool.map(explore, BOUNDS[given.bound]):
            walks.append(walk)
            say("")
            say("\n".join(told(walk)))
    say("")
    say(total(walks, time.monotonic() - began))
    return 1 if any(walk.broken for walk in walks) else 0


def total(walks: list[Walk], seconds: float) -> str:
    """Return the figures of all walks together as one sentence."""
    states = sum(walk.states for walk in walks)
    steps = sum(walk.transitions for walk in walks)
    depth = max(walk.depth for walk in walks)
    broken = sum(len(walk.broken) for walk in walks)
    found = "every invariant held" if not broken else f"{broken} invariants broke"
    return (
        f"{states:,} states, {steps:,} transitions, depth {depth}, in {seconds:.0f} seconds "
        f"on at most {CORES} cores: {found}."
    )
