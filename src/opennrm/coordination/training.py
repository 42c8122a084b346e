"""Gives places and certificates, and says who is trained: by role, by profession, by course."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.db.models import Avg, Count, Q

from opennrm.accounts.models import Membership, TrainingTag
from opennrm.coordination.desk import decided
from opennrm.coordination.models import Attendance, Certificate, Course, CourseSession
from opennrm.vocabulary.roles import Role, training_for

SQL = Path(__file__).parent / "sql"
PLACE = (SQL / "take_place.sql").read_text(encoding="utf-8")
CERTIFY = (SQL / "certify.sql").read_text(encoding="utf-8")
WITHDRAW = (SQL / "withdraw_certificate.sql").read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Standing:
    """How many people hold a role, and how they stand to one training that it needs."""

    role: Role
    tag: str
    people: int
    trained: int
    run_out: int

    @property
    def never(self) -> int:
        """Return how many were never trained in it."""
        return self.people - self.trained - self.run_out


def take_place(session: CourseSession, *, why: str) -> None:
    """Give who asks a place at a session.

    :raises ChangeRefused: when it is full, not planned, or she has one.
    """
    decided(PLACE, [session.ref], why=why)


def certify(attendance: Attendance, *, why: str) -> None:
    """Give a certificate; the training of the account it is for rests on it.

    :raises ChangeRefused: when the course was not held, she was not there or has too few points.
    """
    decided(CERTIFY, [attendance.ref], why=why)


def withdraw_certificate(certificate: Certificate, *, why: str) -> None:
    """Take a certificate back; what only it carried has run out, and nothing new begins on it.

    :raises ChangeRefused: when somebody else gave it, or it was taken back before.
    """
    decided(WITHDRAW, [certificate.ref], why=why)


def standing(*, on: date) -> Iterator[Standing]:
    """Yield, for each role held and each training it needs, how many people have it on a day."""
    holders: dict[str, set[object]] = {}
    active = Membership.objects.filter(account__is_active=True, account__is_front_door=False)
    for role, account in active.values_list("role", "account"):
        holders.setdefault(role, set()).add(account)
    held: dict[str, dict[object, date]] = {}
    for account, tag, until in TrainingTag.objects.values_list("account", "tag", "valid_until"):
        held.setdefault(tag, {})[account] = until
    for code in sorted(holders):
        for tag in sorted(training_for(Role(code))):
            days = [held.get(tag.value, {}).get(one) for one in holders[code]]
            ends = [day for day in days if day is not None]
            trained = sum(day > on for day in ends)
            yield Standing(Role(code), tag.value, len(days), trained, len(ends) - trained)


def trained_by_profession() -> list[dict[str, Any]]:
    """Count certificates that stand, by profession."""
    stand = Certificate.objects.filter(withdrawn_on=None)
    counted = stand.values("profession").annotate(people=Count("pk")).order_by("-people")
    return [dict(one) for one in counted]


def evaluated(course: Course) -> dict[str, Any]:
    """Compare points before and after over those who have both, with their number."""
    there = Attendance.objects.filter(session__course=course, status="attended")
    both = Q(before__isnull=False, after__isnull=False)
    return there.aggregate(
        people=Count("pk"),
        base=Count("pk", filter=both),
        points_before=Avg("before", filter=both),
        points_after=Avg("after", filter=both),
        said=Count("useful"),
        mean_useful=Avg("useful"),
    )
