"""Keeps whom the services of an organisation take, written as the owner, read by everybody."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from opennrm.accounts.models import Account, Organisation
from opennrm.accounts.models import ServiceTaken as Kept
from opennrm.casework.services_taken import ServiceTaken


class ServiceRefused(Exception):
    """What a service takes cannot be kept like this; the message says why."""


@dataclass(frozen=True, slots=True)
class NewService:
    """What an organisation says of one of its services; `agreed_by` holds sign-in names."""

    service: str
    leaves_out_forms: tuple[str, ...] = ()
    leaves_out_sexes: tuple[str, ...] = ()
    agreed_by: tuple[str, ...] = ()


def keep_service(organisation: str, new: NewService) -> None:
    """Keep whom a service takes, in the place of what was said of it before.

    :raises ServiceRefused: when the organisation, or one who agreed, is not enrolled.
    """
    house = Organisation.objects.using("owner").filter(name=organisation).first()
    if house is None:
        raise ServiceRefused(f"{organisation} is not enrolled. Enrol it first.")
    Kept.objects.using("owner").update_or_create(
        organisation=house,
        service=new.service,
        defaults={
            "leaves_out_forms": list(new.leaves_out_forms),
            "leaves_out_sexes": list(new.leaves_out_sexes),
            "agreed_by": [_account(name).ref for name in new.agreed_by],
        },
    )


def services_of(jurisdiction: str, *, using: str = "default") -> tuple[ServiceTaken, ...]:
    """List the services of a place, with whom each leaves out, by organisation."""
    kept = Kept.objects.using(using).filter(organisation__jurisdiction=jurisdiction)
    return tuple(
        ServiceTaken(
            organisation=one.organisation_id,
            service=one.service,
            leaves_out_forms=frozenset(one.leaves_out_forms),
            leaves_out_sexes=frozenset(one.leaves_out_sexes),
            agreeing_houses=len(_houses_of(one.agreed_by, using)),
        )
        for one in kept.order_by("organisation__name", "service")
    )


def _account(sign_in_name: str) -> Account:
    found = Account.objects.using("owner").filter(sign_in_name__iexact=sign_in_name).first()
    if found is None:
        raise ServiceRefused(f"Nobody signs in as {sign_in_name}. Name who agreed to it.")
    return found


def _houses_of(accounts: list[UUID], using: str) -> frozenset[UUID]:
    found = Account.objects.using(using).filter(ref__in=accounts)
    return frozenset(found.values_list("organisation_id", flat=True))
