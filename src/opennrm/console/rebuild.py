"""`./run rebuild`: projections written anew from facts, or compared with them."""

import argparse

from opennrm.console import stopping
from opennrm.console.machine import Machine
from opennrm.console.saying import Progress, say
from opennrm.records import rebuilding
from opennrm.records.reference import reference

SHOWN = 20


def run(given: argparse.Namespace, _machine: Machine) -> int:
    """Rebuild, or compare and exit 1 when a projection does not follow from the facts."""
    stopping.listen()
    if given.check:
        report = rebuilding.check(Progress("Compared", "cases"))
    else:
        report = rebuilding.rebuild(Progress("Rebuilt", "cases"))
    found = report.differences
    for one in found[:SHOWN]:
        named = reference(one.case_ref) if one.case_ref.int else "no case"
        say(f"  {named}: {one.projection} differs from what the facts give")
    if len(found) > SHOWN:
        say(f"  and {len(found) - SHOWN} more")
    if not found:
        say(f"{report.cases} cases: every projection follows from the facts.")
        return 0
    if given.check:
        say(f"{report.cases} cases, {len(found)} differences. Put them right with ./run rebuild.")
        return 1
    say(f"{report.cases} cases written anew; {len(found)} differences were put right.")
    return 0
