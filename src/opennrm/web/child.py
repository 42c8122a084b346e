"""All pages on a child, and when each can be opened from the case."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext

from opennrm.lifecycle import child_file
from opennrm.lifecycle.facts import Fact
from opennrm.web import child_age, child_care, child_interests, child_missing, words
from opennrm.web.open_case import OpenCase

ACTS = (
    *child_care.ACTS,
    *child_interests.ACTS,
    *child_missing.ACTS,
    *child_age.ACTS,
)
Needs = Callable[[OpenCase], Any]


def marks(case: OpenCase) -> list[tuple[str, str]]:
    """Return what must be seen first: a missing child, a child, an age that was settled."""
    found = []
    if _is_missing(case):
        found.append((gettext("Child missing"), "govuk-tag--red"))
    if case.case.age_status == "presumed_child":
        found.append((gettext("Child, until the age is settled"), "govuk-tag--purple"))
    elif case.case.is_child:
        found.append((gettext("Child"), "govuk-tag--purple"))
    settled = case.case.age_settled
    if settled is not None and not case.case.is_child:
        found.append((_settled_line(settled), "govuk-tag--grey"))
    return found


def _settled_line(settled: Fact) -> str:
    return gettext("Adult: %(basis)s, settled on %(day)s") % {
        "basis": words.label(settled.text("basis") or "", "age_basis"),
        "day": words.iso_day(settled.text("settled_on")),
    }


def _is_child(case: OpenCase) -> bool:
    return case.case.is_child


def _may_be_child(case: OpenCase) -> bool:
    return case.case.majority != "adult"


def _unguarded(case: OpenCase) -> bool:
    return _may_be_child(case) and child_file.guardian(case.case) is None


def _is_missing(case: OpenCase) -> bool:
    return child_file.missing(case.case) is not None


def _unheard(case: OpenCase) -> bool:
    back = case.case.of_kind("child_found")
    return any(
        not case.case.answering(report, "return_interview_held")
        for one in back
        if (report := one.reference("answers"))
    )


NEEDS: dict[str, Needs] = {act.name: _is_child for act in ACTS} | {
    "name_guardian": _may_be_child,
    "ask_for_guardian": _unguarded,
    "end_guardianship": lambda case: child_file.guardians(case.case),
    "sign_determination": child_interests.open_questions,
    "complete_determination": child_interests.open_questions,
    "report_missing_child": lambda case: _may_be_child(case) and not _is_missing(case),
    "log_missing_call": _is_missing,
    "describe_missing_child": _is_missing,
    "record_child_found": _is_missing,
    "hold_return_interview": _unheard,
}
