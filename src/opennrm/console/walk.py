"""`./run walkthrough`: one case end to end, told live from the record."""

from __future__ import annotations

import argparse
import sys
from datetime import datetime, timedelta
from random import Random

from django.utils import timezone

from opennrm.console import stopping
from opennrm.console.demonstration import later_steps, steps
from opennrm.console.demonstration.colleagues import Colleagues
from opennrm.console.demonstration.enrolling import RealPeopleHere, enrol_demonstration
from opennrm.console.demonstration.organisations import JURISDICTION
from opennrm.console.demonstration.people import drawn
from opennrm.console.demonstration.story import Story
from opennrm.console.machine import Machine
from opennrm.console.saying import say
from opennrm.console.walkthrough import attempts, figures
from opennrm.console.walkthrough.late_no import tell_late_no
from opennrm.console.walkthrough.telling import NotRefused, Telling, short
from opennrm.records.verifying import verify

DAYS = 280
SEED = 11


def run(_given: argparse.Namespace, _machine: Machine) -> int:
    """Tell one case; exit 1 when something went through that must be refused."""
    stopping.listen()
    try:
        enrol_demonstration()
        walk(timezone.now())
    except (RealPeopleHere, NotRefused) as fault:
        say(str(fault), to=sys.stderr)
        return 1
    return 0


def walk(now: datetime) -> Telling:
    """Tell one case from first contact to a published figure.

    :raises NotRefused: when something went through that must be refused.
    """
    chance = Random(SEED)  # noqa: S311 - the same person every time
    story = Story(
        colleagues=Colleagues(now),
        person=drawn(chance, is_child=False),
        chance=chance,
        at=now - timedelta(days=DAYS),
        now=now,
    )
    telling, before = Telling(story), figures.rows_in_copy()
    say("One invented case, from first contact to a published figure.")
    for part in (contact, sharing, decision, help_given, withdrawal, closing):
        part(telling)
    counted(telling, before, now)
    story.colleagues.sign_out()
    return telling


def contact(telling: Telling) -> None:
    """Tell the first contact and the screening."""
    telling.chapter("1. First contact")
    for step in (steps.contact, steps.described, steps.account, steps.screening, steps.risks):
        telling.step(step)
    say(f"  The case is {short(telling.story)}.")
    telling.sights()
    attempts.screening_that_says_no(telling)


def sharing(telling: Telling) -> None:
    """Tell the consent and the referral to a case manager."""
    telling.chapter("2. Consent opens the case")
    attempts.referral_without_consent(telling)
    attempts.consent_for_enforcement(telling)
    attempts.referral_to_enforcement(telling)
    telling.step(steps.manager_asked)
    telling.sights()
    telling.step(steps.manager_accepts)
    telling.step(later_steps.needs)
    telling.sights()


def decision(telling: Telling) -> None:
    """Tell the preliminary decision and the recovery and reflection period."""
    telling.chapter("3. Reasonable grounds, and time to recover")
    telling.step(steps.authority_asked)
    telling.step(steps.authority_accepts)
    telling.sights()
    attempts.higher_standard(telling)
    attempts.no_without_reasons(telling)
    attempts.no_read_by_one(telling)
    telling.step(later_steps.grounds_positive)
    attempts.short_period(telling)
    telling.step(later_steps.recovery)
    telling.step(later_steps.decisions_shared)
    telling.sights()


def help_given(telling: Telling) -> None:
    """Tell the plan, a service offered, refused too early, and delivered."""
    telling.chapter("4. Her plan, and help")
    telling.step(later_steps.plan)
    telling.step(later_steps.medical_offered)
    telling.sights()
    attempts.service_not_accepted(telling)
    telling.step(later_steps.medical_delivered)
    telling.sights()
    telling.step(later_steps.identified)


def withdrawal(telling: Telling) -> None:
    """Tell what a consent taken back does, and what it does not do."""
    telling.chapter("5. She takes a consent back")
    telling.step(later_steps.clinic_withdrawn)
    telling.sights()
    say(f"  Help goes on: {telling.case().assistance.replace('_', ' ')}.")


def closing(telling: Telling) -> None:
    """Tell the outcome and the closing."""
    telling.chapter("6. Closing, with the door left open")
    telling.step(later_steps.outcome)
    attempts.closing_unready(telling)
    telling.step(later_steps.closed)
    telling.sights()


def counted(telling: Telling, before: int, now: datetime) -> None:
    """Tell what the figures learnt, the late no, and whether the record stands."""
    telling.chapter("7. One row of figures")
    figures.tell_row(telling.case(), JURISDICTION, before=before)
    telling.chapter("8. A published table")
    office = [telling.story.colleagues.session(one).actor for one in ("statistics", "rapporteur")]
    figures.tell_table(at=now, asks=office[0], reads=office[1])
    telling.chapter("9. Another person says no at the last moment")
    tell_late_no(telling.story)
    telling.chapter("10. The record")
    result = verify()
    say(f"  {result.facts} facts of {result.cases} cases checked, {len(result.broken)} broken.")
    say(f"  {telling.refused} things were tried that must not happen, and refused.")
