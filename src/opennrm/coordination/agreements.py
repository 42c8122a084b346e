"""Opens agreements for signature, brings them into force, ends them, warns before they end."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

from django.utils.translation import gettext

from opennrm.coordination.desk import ChangeRefused, because, decided
from opennrm.coordination.models import Agreement, Party

SQL = Path(__file__).parent / "sql"
BRING = (SQL / "bring_into_force.sql").read_text(encoding="utf-8")
END = (SQL / "end_agreement.sql").read_text(encoding="utf-8")
CLOSE = (SQL / "close_cases.sql").read_text(encoding="utf-8")


def open_for_signature(agreement: Agreement, *, why: str) -> None:
    """Let the parties sign; text and parties stay as they are from then on.

    :raises ChangeRefused: when it is no draft, or binds nobody.
    """
    if agreement.status != "draft":
        raise ChangeRefused(gettext("Only a draft is opened for signature."))
    if not agreement.parties.exists():
        raise ChangeRefused(gettext("This agreement binds nobody yet. Name its parties first."))
    agreement.status = "open"
    with because(why):
        agreement.save(update_fields=["status"])


def waiting_to_sign(agreement: Agreement) -> Sequence[Party]:
    """List the parties that have not signed."""
    return list(agreement.parties.filter(signature=None).select_related("entry"))


def bring_into_force(agreement: Agreement, *, why: str) -> int:
    """Bring an agreement into force that all parties signed; tell how many members it binds.

    :raises ChangeRefused: when a signature is missing.
    """
    waiting = waiting_to_sign(agreement)
    if waiting:
        names = ", ".join(str(party) for party in waiting)
        says = gettext("Not signed yet: %(names)s. It comes into force when all have signed.")
        raise ChangeRefused(says % {"names": names})
    return int(decided(BRING, [agreement.ref], why=why) or 0)


def end_agreement(agreement: Agreement, *, last_day: date, why: str) -> None:
    """End an agreement after a day; what its parties began before goes on for the person.

    :raises ChangeRefused: when it is not in force.
    """
    if agreement.status != "in_force":
        raise ChangeRefused(gettext("Only an agreement in force can be ended."))
    decided(END, [agreement.ref, last_day], why=why)


def close_cases(agreement: Agreement, *, why: str) -> None:
    """Close the cases its parties still hold under an ended agreement, but for safety sheets.

    :raises ChangeRefused: when it has not been ended.
    """
    decided(CLOSE, [agreement.ref], why=why)


def ending_soon(on: date) -> list[Agreement]:
    """List the agreements in force whose warning is due and that no newer one replaces."""
    return [
        one
        for one in _not_replaced(in_force_until__gt=on)
        if one.in_force_until - timedelta(days=one.notice_days) <= on
    ]


def winding_up(on: date) -> list[tuple[Agreement, date]]:
    """List the agreements that ran out and were not renewed, each with when its cases close."""
    ended = (
        (one, one.in_force_until + timedelta(days=one.wind_up_days))
        for one in _not_replaced(in_force_until__lte=on)
    )
    return [(one, closes) for one, closes in ended if closes > on]


def _not_replaced(**wanted: date) -> list[Agreement]:
    kept = Agreement.objects.filter(status="in_force", **wanted)
    return [
        one
        for one in kept.prefetch_related("replaced_by").order_by("in_force_until")
        if not any(newer.status == "in_force" for newer in one.replaced_by.all())
    ]
