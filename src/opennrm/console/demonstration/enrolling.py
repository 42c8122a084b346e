"""Enrols the people of the demonstration, and keeps real and invented people apart."""

from __future__ import annotations

from django.conf import settings

from opennrm.accounts.models import Account, Organisation
from opennrm.console.demonstration import organisations as invented
from opennrm.records.enrolment import (
    NewAccount,
    NewOrganisation,
    enrol_front_door,
    enrol_organisation,
)
from opennrm.records.services import NewService, keep_service
from opennrm.vocabulary.roles import Role

# Whom the services of the houses leave out: sexes, by house and service.
SERVICES: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "shelter": (("shelter", ("male",)), ("counselling", ())),
    "quiet": (("shelter", ()),),
    "clinic": (("medical", ()), ("mental_health", ())),
    "lawyers": (("legal_aid", ()),),
}


class RealPeopleHere(Exception):
    """The database holds real organisations; nothing invented is put beside them."""


def holds_demonstration() -> bool:
    """Tell whether the database holds the invented organisations."""
    refs = [house.ref for house in invented.HOUSES]
    return Organisation.objects.using("owner").filter(ref__in=refs).exists()


def holds_real_people() -> bool:
    """Tell whether organisations are here and none that the demonstration invented.

    What somebody enrols while trying the demonstration is part of it.
    """
    return not holds_demonstration() and Organisation.objects.using("owner").exists()


def enrol_demonstration() -> int:
    """Enrol whoever of the demonstration is missing, and tell how many organisations were.

    :raises RealPeopleHere: when real organisations are enrolled in this database.
    """
    if holds_real_people():
        raise RealPeopleHere(
            "This installation holds real organisations; no invented people are put beside them. "
            "Serve it with ./run serve, or name another folder in OPENNRM_HOME for the "
            "demonstration."
        )
    known = set(Organisation.objects.using("owner").values_list("ref", flat=True))
    missing = [house for house in invented.HOUSES if house.ref not in known]
    for house in missing:
        _enrol(house)
        for service, left_out in SERVICES.get(house.key, ()):
            keep_service(house.name, NewService(service, leaves_out_sexes=left_out))
    people = [worker.ref for worker in invented.WORKERS]
    Account.objects.using("owner").filter(ref__in=people).update(is_invented=True)
    door = settings.OPENNRM_FRONT_DOOR
    if not Account.objects.using("owner").filter(sign_in_name=door).exists():
        receiving = Organisation.objects.using("owner").get(ref=invented.HOUSE["helpline"].ref)
        enrol_front_door(receiving, door, ref=invented.FRONT_DOOR_REF)
    return len(missing)


def _enrol(house: invented.House) -> Organisation:
    people = [worker for worker in invented.WORKERS if worker.house == house.key]
    return enrol_organisation(
        NewOrganisation(
            name=house.name,
            kind=house.kind,
            jurisdiction=invented.JURISDICTION,
            roles=tuple(house.roles.split()),
            agreement_from=None if house.is_enforcement else invented.AGREED_FROM,
            agreement_until=None if house.is_enforcement else invented.AGREED_UNTIL,
            is_enforcement=house.is_enforcement,
            receives_public=Role.HL.value in house.roles.split(),
            ref=house.ref,
        ),
        [_account(worker, is_officer=number < 2) for number, worker in enumerate(people)],
    )


def _account(worker: invented.Worker, *, is_officer: bool) -> NewAccount:
    return NewAccount(
        sign_in_name=worker.sign_in_name,
        display_name=worker.name,
        roles=tuple(worker.roles.split()),
        passphrase=invented.PASSPHRASE,
        training=tuple(worker.training.split()),
        is_officer=is_officer,
        is_invented=True,
        ref=worker.ref,
    )
