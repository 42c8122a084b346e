"""`./run make-cases`: the cases of the demonstration."""

import argparse

from opennrm.console.machine import Machine


def run(_given: argparse.Namespace, _machine: Machine) -> int:
    """Make nothing yet."""
    return 0
