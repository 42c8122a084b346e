"""`./run prove`: proof that a fact is sealed, or that a seal only added to an earlier one."""

import argparse
from pathlib import Path
from uuid import UUID

from opennrm.console.machine import Machine
from opennrm.console.saying import say
from opennrm.console.seal import written
from opennrm.records import seals
from opennrm.records.merkle import ProofImpossible


def run(given: argparse.Namespace, _machine: Machine) -> int:
    """Write the proof that was asked for."""
    if not given.fact and not (given.earlier and given.later):
        say("Name a fact with --fact, or two seals with --from and --to.")
        return 2
    try:
        proof = _proof(given)
    except (seals.NotSealed, ProofImpossible) as fault:
        say(str(fault))
        return 1
    except ValueError:
        say(f"{given.fact} is no reference of a fact. Copy it from the case's page.")
        return 2
    say(f"Written to {written(Path(given.out), proof)}. Anyone can check it: bin/verify-seal.")
    return 0


def _proof(given: argparse.Namespace) -> dict[str, object]:
    if given.fact:
        return seals.proof_of_fact(UUID(given.fact))
    return seals.proof_of_growth(given.earlier, given.later)
