"""Reads out of a case how long it is kept, and whether a legal hold is in force."""

from opennrm.lifecycle.case import Case
from opennrm.lifecycle.facts import Fact
from opennrm.lifecycle.grounds import day
from opennrm.rights.keeping import RetentionSituation


def closing(case: Case) -> Fact | None:
    """Return the closing that stands; nothing while help goes on."""
    return case.newest("case_closed") if case.is_closed else None


def hold_in_force(case: Case) -> Fact | None:
    """Return the legal hold that was set and not lifted."""
    holds = case.of_kind("legal_hold_set")
    standing = (f for f in holds if not case.naming("hold", f.fact_ref, "legal_hold_lifted"))
    return next(standing, None)


def proposal_in_force(case: Case) -> Fact | None:
    """Return the proposal to erase the record that was made since the case was closed."""
    closed = closing(case)
    found = case.naming("closing", closed.fact_ref, "erasure_proposed") if closed else ()
    return next(iter(found), None)


def retention_situation(case: Case, *, is_erasing: bool = False) -> RetentionSituation:
    """Say how a case stands for the rule on retention (R50)."""
    closed = closing(case)
    return RetentionSituation(
        is_closed=closed is not None,
        retention_until=day(closed, "retention_until") if closed else None,
        on_hold=hold_in_force(case) is not None,
        is_erasing=is_erasing,
        was_proposed=proposal_in_force(case) is not None,
    )
