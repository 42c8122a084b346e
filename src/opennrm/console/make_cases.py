"""`./run make-cases`: the cases of the demonstration, continued where an earlier run stopped."""

import argparse
import sys

from django.utils import timezone

from opennrm.console import stopping
from opennrm.console.demonstration.coordination import make_coordination
from opennrm.console.demonstration.enrolling import RealPeopleHere, enrol_demonstration
from opennrm.console.demonstration.making import make_cases
from opennrm.console.machine import Machine
from opennrm.console.saying import Progress, say


def run(given: argparse.Namespace, _machine: Machine) -> int:
    """Make the cases that are missing."""
    stopping.listen()
    try:
        enrol_demonstration()
        make_coordination(on=timezone.now().date())
    except RealPeopleHere as refused:
        say(str(refused), to=sys.stderr)
        return 1
    made = make_cases(
        given.cases,
        years=given.years,
        now=timezone.now(),
        progress=Progress("Demonstration", "cases"),
    )
    say(f"Demonstration: {made.now} cases made now, {made.before} were there.")
    return 0
