"""What the rights say about the recovery period, permits, asylum and return as a case stands."""

from datetime import datetime

from opennrm.casework.return_questions import (
    outcome_situation,
    reception_situation,
    removal_situation,
)
from opennrm.casework.warner import Warner
from opennrm.lifecycle.calendars import local_day
from opennrm.lifecycle.case import Case
from opennrm.lifecycle.grounds import day
from opennrm.lifecycle.help_in_recovery import help_until
from opennrm.lifecycle.recovery import AFTER_GROUNDS, running
from opennrm.lifecycle.removing import TAKES_AWAY, let_out
from opennrm.lifecycle.returning import SAFE, assessment_for, open_return
from opennrm.rights.jurisdictions import Presets
from opennrm.rights.recovery import HelpLengthSituation, RemovalSituation
from opennrm.rights.residence import AsylumDoorSituation, PermitSituation
from opennrm.rights.return_situations import OutcomeSituation, ReceptionSituation
from opennrm.vocabulary.countries import citizenship_group
from opennrm.vocabulary.person import CitizenshipGroup

WANTS_NONE = "declined"


def help_in_recovery(case: Case, presets: Presets, at: datetime) -> HelpLengthSituation | None:
    """Look whether help lasts as long as the recovery period that runs (R28)."""
    period = running(case, local_day(case.jurisdiction, at))
    if period is None or case.assistance == WANTS_NONE:
        return None
    return HelpLengthSituation(period.until_on, help_until(case), is_closed=case.is_closed)


def permit_grounds(case: Case, presets: Presets, at: datetime) -> PermitSituation | None:
    """Look on what the newest application for a permit rests (R29)."""
    asked = case.newest("permit_applied")
    if asked is None or case.answering(asked.fact_ref, "permit_decided"):
        return None
    return PermitSituation(frozenset(asked.texts("grounds")))


def asylum_door(case: Case, presets: Presets, at: datetime) -> AsylumDoorSituation | None:
    """Look whether she was told of asylum once grounds were found (R30)."""
    if case.identification not in AFTER_GROUNDS:
        return None
    told = case.newest("asylum_information_given")
    return AsylumDoorSituation(
        grounds_found=True,
        is_national=is_national(case, presets),
        told_on=day(told, "given_on") if told else None,
    )


def reception(case: Case, presets: Presets, at: datetime) -> ReceptionSituation | None:
    """Look whether someone receives her, where a return is worked on (R65)."""
    opened = open_return(case)
    return reception_situation(opened) if opened else None


def is_national(case: Case, presets: Presets) -> bool | None:
    """Tell whether she is a national here; nothing when her citizenship was not told."""
    said = [one.texts("citizenship") for one in case.of_kind("person_described")]
    known = [codes for codes in said if codes]
    if not known:
        return None
    group = citizenship_group(known[-1], case.jurisdiction or presets.code)
    if group == CitizenshipGroup.UNKNOWN:
        return None
    return group == CitizenshipGroup.NATIONAL


def let_out_in_recovery(case: Case, presets: Presets, at: datetime) -> RemovalSituation | None:
    """Look whether a removal that was let out meets a recovery period now (R26)."""
    if not let_out(case):
        return None
    return removal_situation(case, on=local_day(case.jurisdiction, at))


def let_out_though_unsafe(case: Case, presets: Presets, at: datetime) -> OutcomeSituation | None:
    """Look whether the risks of a removal that was let out were found not safe since (R64)."""
    tasks = (one for one in let_out(case) if one.text("act") in TAKES_AWAY)
    looked = (assessment_for(case, one.text("country")) for one in tasks)
    found = [outcome_situation(one) for one in looked if one is not None]
    return next((one for one in found if one.outcome != SAFE), found[0] if found else None)


WARNERS = (
    Warner("R64", frozenset({"D7", "D8"}), let_out_though_unsafe),
    Warner("R64", frozenset({"D7", "D8S"}), let_out_though_unsafe),
    Warner("R26", frozenset({"D7", "D14"}), let_out_in_recovery),
    Warner("R28", frozenset({"D9", "D14"}), help_in_recovery),
    Warner("R29", frozenset({"D7"}), permit_grounds),
    Warner("R29", frozenset({"D7S"}), permit_grounds),
    Warner("R30", frozenset({"D2", "D10", "D14"}), asylum_door),
    Warner("R65", frozenset({"D8"}), reception),
    Warner("R65", frozenset({"D8S"}), reception),
)
