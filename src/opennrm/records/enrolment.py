"""Enrols organisations and the people who sign in for them, with their keys, as the owner."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import permutations
from uuid import UUID, uuid4

from django.db import connections, transaction

from opennrm.accounts.models import Account, Agreement, Membership, Organisation, TrainingTag
from opennrm.records.guessing import weakness
from opennrm.records.keyring import (
    account_purpose,
    group_purpose,
    group_recovery_purpose,
    part_purpose,
    recovery_purpose,
    search_purpose,
)
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
        accounts = {person.ref: _account(person, organisation, cost) for person in people}
        search_key = os.urandom(32)
        groups = {}
        for role in new.roles:
            members = [person.ref for person in people if role in person.roles]
            groups[role] = _group(organisation.ref, role, members, search_key)
        officers = [person.ref for person in people if person.is_officer]
        if len(officers) > 1:
            _recovery(organisation.ref, officers, accounts, groups)
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
    # Everybody knows the passphrase of invented people; nothing is kept behind it.
    known = (person.sign_in_name, person.display_name, organisation.name)
    weak = "" if person.is_invented else weakness(person.passphrase, known=known)
    if weak:
        raise EnrolmentRefused(f"{person.sign_in_name}: {weak}")
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


def _account(person: NewAccount, organisation: Organisation, cost: Cost) -> KeyPair:
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
    return _keep_secret(account.ref, person.passphrase, cost)


def _keep_secret(account: UUID, passphrase: str, cost: Cost) -> KeyPair:
    salt = os.urandom(16)
    keys = passphrase_keys(passphrase, salt, cost)
    pair = new_key_pair()
    sealed = lock(pair.private, keys.secret, account_purpose(account))
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            OWNER.enrol_account, [account, salt, cost.memory_kib, cost.passes, keys.proof, sealed]
        )
        cursor.execute(OWNER.keep_account_key, [account, pair.public])
    return pair


def _recovery(
    organisation: UUID,
    officers: Sequence[UUID],
    accounts: Mapping[UUID, KeyPair],
    groups: Mapping[str, KeyPair],
) -> None:
    """Make the key with which two officers together let a member back in."""
    pair = new_key_pair()
    with connections["owner"].cursor() as cursor:
        cursor.execute(OWNER.keep_recovery_key, [organisation, pair.public])
        for first, second in permutations(officers, 2):
            publics = accounts[first].public, accounts[second].public
            package = packaged(organisation, (first, second), publics, pair.private)
            cursor.execute(OWNER.keep_recovery_part, [organisation, first, second, package])
        for account, own in accounts.items():
            sealed = seal(own.private, pair.public, recovery_purpose(account))
            cursor.execute(OWNER.keep_recovery_of_account, [account, sealed])
        for role, group in groups.items():
            purpose = group_recovery_purpose(organisation, role)
            sealed = seal(group.private, pair.public, purpose)
            cursor.execute(OWNER.keep_recovery_of_group, [organisation, role, sealed])


def packaged(
    organisation: UUID, pair: tuple[UUID, UUID], publics: tuple[bytes, bytes], private: bytes
) -> bytes:
    """Seal the recovery key to the second of two officers, and that to the first."""
    inner = seal(private, publics[1], part_purpose(organisation, *pair, "inner"))
    return seal(inner, publics[0], part_purpose(organisation, *pair, "outer"))


def _group(organisation: UUID, role: str, members: Sequence[UUID], search_key: bytes) -> KeyPair:
    pair: KeyPair = new_key_pair()
    search_wrap = seal(search_key, pair.public, search_purpose(organisation, role))
    with connections["owner"].cursor() as cursor:
        cursor.execute(OWNER.keep_group_key, [organisation, role, pair.public, search_wrap])
        for account in members:
            cursor.execute(OWNER.public_key_of, [account])
            (public,) = cursor.fetchone()
            wrapped = seal(pair.private, bytes(public), group_purpose(organisation, role, account))
            cursor.execute(OWNER.keep_group_wrap, [organisation, role, account, wrapped])
    return pair
