"""`./run tick`: everything that time brings, done now; the pages do it every ten minutes."""

import argparse

from django.db import connections
from django.utils import timezone

from opennrm.console.machine import Machine
from opennrm.console.saying import say
from opennrm.rapporteur.working import work_on_requests
from opennrm.records.due_post import post_due
from opennrm.records.ticking import Ticked, tick


def run(_given: argparse.Namespace, _machine: Machine) -> int:
    """Do what is due, and say what was done; a second time right after it finds nothing."""
    done = tick(at=timezone.now())
    drawn = work_on_requests(connection=connections["statistics"], at=timezone.now())
    say(told(done, drawn, post_due(at=timezone.now())))
    return 0


def told(done: Ticked, drawn: int = 0, sent: int = 0) -> str:
    """Say what was done, in numbers only.

    >>> told(Ticked(late_holds=0, notices=0))
    'Nothing was due.'
    >>> told(Ticked(late_holds=0, notices=0), 2)
    'Releases drawn: 2.'
    >>> told(Ticked(late_holds=0, notices=0), 0, 3)
    'Messages sent: 3.'
    """
    said = []
    if done.late_holds:
        said.append(f"Late second opinions: {done.late_holds}. Notices sent: {done.notices}.")
    if done.unusual:
        said.append(f"Unusual readings told: {done.unusual}.")
    if drawn:
        said.append(f"Releases drawn: {drawn}.")
    if sent:
        said.append(f"Messages sent: {sent}.")
    return " ".join(said) or "Nothing was due."
