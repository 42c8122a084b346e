"""`./run tick`: everything that time brings, done now; the pages do it every ten minutes."""

import argparse

from django.utils import timezone

from opennrm.console.machine import Machine
from opennrm.console.saying import say
from opennrm.records.ticking import Ticked, tick


def run(_given: argparse.Namespace, _machine: Machine) -> int:
    """Do what is due, and say what was done; a second time right after it finds nothing."""
    say(told(tick(at=timezone.now())))
    return 0


def told(done: Ticked) -> str:
    """Say what was done, in numbers only.

    >>> told(Ticked(late_holds=0, notices=0))
    'Nothing was due.'
    """
    if not done.late_holds:
        return "Nothing was due."
    return f"Late second opinions: {done.late_holds}. Notices sent: {done.notices}."
