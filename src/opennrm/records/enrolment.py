"""Enrols organisations and the people who sign in for them, with their keys, as the owner."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID, uuid4

from django.db import connections, transaction

from opennrm.accounts.models import Account, Agreement, Membership, Organisation, TrainingTag
from opennrm.records.keyring import account_purpose, group_purpose, search_purpose
from opennrm.records.sealing import (
    SIGN_IN_COST,
    Cost,
    KeyPair,
    lock,
    new_key_pair,
    passphrase_keys,
    seal,
)
from opennrm.records.separation import RolesClash, require_account_apart, require_house_apart
from opennrm.records.sql_text import OWNER

PASSPHRASE_LENGTH = 15
# Django keeps no passphrase: the proof in nrm.account_secret is the only one.
NOT_HERE = "!"


class EnrolmentRefused(Exception):
    """An organisation or a person cannot be enrolled like this; the message says why."""


@dataclass(frozen=True, slots=True)
class NewOrganisation:
    """What is needed to enrol an organisation."""

    name: str
    kind: str
    jurisdiction: str
    roles: tuple[str, ...]
    agreement_from: date | None = None
    agreement_until: date | None = None
    is_enforcement: bool = False
    receives_public: bool = False
    combination: str = ""
    ref: UUID = field(default_factory=uuid4)


@dataclass(frozen=True, slots=True)
class NewAccount:
    """What is needed to enrol a person: her passphrase is used here once and never kept."""

    sign_in_name: str
    display_name: str
    roles: tuple[str, ...]
    passphrase: str = field(repr=False)
    training: tuple[str, ...] = ()
    training_until: date = date(9999, 1, 1)
    language: str = "en"
    is_officer: bool = False
    is_invented: bool = False
    ref: UUID = field(default_factory=uuid4)


def enrol_organisation(
    new: NewOrganisation, people: Sequence[NewAccount], *, cost: Cost = SIGN_IN_COST
) -> Organisation:
    """Enrol an organisation with its first people, its group keys and its search key.

    :raises EnrolmentRefused: when a passphrase is too short, a role is not the organisation's,
        or roles that must be kept apart would meet (R67).
    """
    _require_apart(new, people)
    for person in people:
        _require_enrollable(person, new)
    with transaction.atomic(using="owner"):
        organisation = _organisation(new)
        accounts = [_account(person, organisation, cost) for person in people]
        search_key = os.urandom(32)
        for role in new.roles:
            members = [ref for ref, person in zip(accounts, people, strict=True)
                       if role in person.roles]  # fmt: skip
            _group(organisation.ref, role, members, search_key)
    return organisation


def enrol_front_door(
    organisation: Organisation, sign_in_name: str, *, ref: UUID | None = None
) -> Account:
    """Enrol the door through which anyone may ask for help: it opens nothing and reads nothing."""
    return Account.objects.using("owner").create(
        ref=ref or uuid4(),
        sign_in_name=sign_in_name,
        display_name=organisation.name,
        organisation=organisation,
        is_front_door=True,
        password=NOT_HERE,
    )


def _require_apart(new: NewOrganisation, people: Sequence[NewAccount]) -> None:
    # Judged by the rules of the day on which the agreement begins.
    on = new.agreement_from or date.max
    try:
        require_house_apart(new.name, new.roles, on=on, combination=new.combination)
        for person in people:
            require_account_apart(person.sign_in_name, person.roles, on=on)
    except RolesClash as clash:
        raise EnrolmentRefused(str(clash)) from clash


def _require_enrollable(person: NewAccount, organisation: NewOrganisation) -> None:
    if len(person.passphrase) < PASSPHRASE_LENGTH:
        raise EnrolmentRefused(
            f"The passphrase of {person.sign_in_name} is too short. "
            f"Use at least {PASSPHRASE_LENGTH} characters, for example four or five words."
        )
    if missing := set(person.roles) - set(organisation.roles):
        raise EnrolmentRefused(
            f"{organisation.name} does not hold the role {sorted(missing)[0]}. "
            "Add it to the organisation's agreement first."
        )


def _organisation(new: NewOrganisation) -> Organisation:
    organisation = Organisation.objects.using("owner").create(
        ref=new.ref,
        name=new.name,
        kind=new.kind,
        jurisdiction=new.jurisdiction,
        roles=list(new.roles),
        is_enforcement=new.is_enforcement,
        receives_public=new.receives_public,
        combination=new.combination.strip(),
    )
    if new.agreement_from and new.agreement_until:
        Agreement.objects.using("owner").create(
            organisation=organisation,
            title="Memorandum of understanding",
            in_force_from=new.agreement_from,
            in_force_until=new.agreement_until,
        )
    return organisation


def _account(person: NewAccount, organisation: Organisation, cost: Cost) -> UUID:
    account = Account.objects.using("owner").create(
        ref=person.ref,
        sign_in_name=person.sign_in_name,
        display_name=person.display_name,
        organisation=organisation,
        language=person.language,
        is_officer=person.is_officer,
        is_invented=person.is_invented,
        password=NOT_HERE,
    )
    for role in person.roles:
        Membership.objects.using("owner").create(account=account, role=role)
    for tag in person.training:
        TrainingTag.objects.using("owner").create(
            account=account, tag=tag, valid_until=person.training_until
        )
    _keep_secret(account.ref, person.passphrase, cost)
    return account.ref


def _keep_secret(account: UUID, passphrase: str, cost: Cost) -> None:
    salt = os.urandom(16)
    keys = passphrase_keys(passphrase, salt, cost)
    pair = new_key_pair()
    sealed = lock(pair.private, keys.secret, account_purpose(account))
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            OWNER.enrol_account, [account, salt, cost.memory_kib, cost.passes, keys.proof, sealed]
        )
        cursor.execute(OWNER.keep_account_key, [account, pair.public])


def _group(organisation: UUID, role: str, members: Sequence[UUID], search_key: bytes) -> None:
    pair: KeyPair = new_key_pair()
    search_wrap = seal(search_key, pair.public, search_purpose(organisation, role))
    with connections["owner"].cursor() as cursor:
        cursor.execute(OWNER.keep_group_key, [organisation, role, pair.public, search_wrap])
        for account in members:
            cursor.execute(OWNER.public_key_of, [account])
            (public,) = cursor.fetchone()
            wrapped = seal(pair.private, bytes(public), group_purpose(organisation, role, account))
            cursor.execute(OWNER.keep_group_wrap, [organisation, role, account, wrapped])
