"""`./run verify`: every chain of facts checked against what was promised when it was recorded."""

import argparse

from opennrm.console.machine import Machine
from opennrm.console.saying import say
from opennrm.records import verifying
from opennrm.records.reference import reference


def run(_given: argparse.Namespace, _machine: Machine) -> int:
    """Check the record; exit 1 and name what is broken."""
    result = verifying.verify()
    say(f"Looked at {result.facts} facts of {result.cases} cases.")
    for link in result.broken:
        place = f"fact {link.position}" if link.position else "the chain"
        say(f"  case {reference(link.case_ref)}, {place}: {link.what}")
    if result.broken:
        say(f"{len(result.broken)} places are not what was recorded. Compare with a backup.")
        return 1
    say("Every fact is what was recorded.")
    return 0
