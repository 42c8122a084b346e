"""`./run stop`: the pages and the embedded database end cleanly."""

import argparse

from opennrm.console.machine import Machine
from opennrm.console.saying import say
from opennrm.console.serving import stop_serving


def run(_given: argparse.Namespace, machine: Machine) -> int:
    """Stop whatever runs here."""
    served = stop_serving(machine.home)
    stopped = machine.stop()
    if served is None and not stopped:
        say("Nothing was running.")
    else:
        say("Stopped.")
    return 0
