"""`./run verify`: every chain of facts and every seal checked against what was promised."""

import argparse
import json
from pathlib import Path

from opennrm.console.machine import Machine
from opennrm.console.saying import say
from opennrm.records import seals, verifying
from opennrm.records.reference import reference


def run(given: argparse.Namespace, _machine: Machine) -> int:
    """Check the record; exit 1 and name what is broken, 2 when a seal handed in is no seal."""
    try:
        known = [json.loads(Path(name).read_text(encoding="utf-8")) for name in given.seals]
    except (OSError, ValueError) as fault:
        say(f"A seal could not be read: {fault}. Name files that ./run seal --out wrote.")
        return 2
    result = verifying.verify()
    say(f"Looked at {result.facts} facts of {result.cases} cases.")
    for link in result.broken:
        place = f"fact {link.position}" if link.position else "the chain"
        say(f"  case {reference(link.case_ref)}, {place}: {link.what}")
    faults = seals.faults(known)
    say(f"Looked at {len(seals.seals())} seals.")
    for one in faults:
        say(f"  {one.what}{'' if one.place is None else f' {one.place}'}: {one.how}")
    if result.broken or faults:
        count = len(result.broken) + len(faults)
        say(f"{count} places are not what was recorded. Compare with a backup.")
        return 1
    say("Every fact is what was recorded.")
    return 0
