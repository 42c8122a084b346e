"""Decides what goes to a recipient: which parts, to which person, carried by which fact."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from opennrm.casework.abroad import require_may_leave
from opennrm.casework.actors import Actor
from opennrm.casework.asking import require_rule
from opennrm.casework.confidence import is_danger, require_need_to_know, within_confidence
from opennrm.casework.grants import names_people, offered_grants, start_of
from opennrm.casework.grounds import Asked, Ground, ground_for
from opennrm.casework.parts import NIGHT_PARTS, SHEET, chosen_parts
from opennrm.casework.ports import Desk, Grant
from opennrm.casework.reach import may_hand_on, written
from opennrm.casework.reasons import found
from opennrm.casework.recipients import recipient
from opennrm.casework.refusals import AccessMissing, ConsentMissing, PermissionMissing
from opennrm.casework.writing import new_fact
from opennrm.lifecycle.calendars import local_day
from opennrm.lifecycle.case import Case
from opennrm.lifecycle.facts import NewFact
from opennrm.rights.justice import ObserverSituation
from opennrm.rights.privacy import SharingSituation
from opennrm.vocabulary.roles import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What goes, to whom, and on which ground; a duty relied on brings its own fact."""

    asked: Asked
    compartments: frozenset[str]
    account: UUID | None
    basis_fact: UUID
    basis: str
    facts: tuple[NewFact, ...] = ()
    has_night_duty: bool = False
    on_night_duty: tuple[UUID, ...] = ()

    def grants(self, offer: UUID) -> tuple[Grant, ...]:
        """Offer the parts to the recipient; they open when it accepts.

        Where it has a night duty, what may be needed in an emergency stands by for it, sealed:
        whereabouts for each person on that duty by name.
        """
        return (*self._by_day(offer), *self._by_night(offer))

    def _by_night(self, offer: UUID) -> tuple[Grant, ...]:
        if not self.has_night_duty:
            return ()
        needed = self.compartments & NIGHT_PARTS
        to_people = frozenset(part for part in needed if names_people(part))
        groups = ((None, needed - to_people), *((one, to_people) for one in self.on_night_duty))
        return tuple(
            Grant(
                organisation=self.asked.to,
                role=Role.ND,
                compartments=chosen,
                writes=frozenset(),
                until=start_of(self.asked.until),
                basis_fact=self.basis_fact,
                offer_fact=offer,
                account=named,
                state="offered",
            )
            for named, chosen in groups
            if chosen
        )

    def _by_day(self, offer: UUID) -> tuple[Grant, ...]:
        return offered_grants(
            self.asked.role,
            self.compartments,
            organisation=self.asked.to,
            account=self.account,
            until=start_of(self.asked.until),
            basis=self.basis_fact,
            offer=offer,
        )


def share(case: Case, asked: Asked, *, actor: Actor, at: datetime, desk: Desk) -> Share:
    """Decide what goes to a recipient.

    :raises RuleBroken: when the recipient enforces immigration law (R43), is a trial
        observer and would get more than a summary (R60), is a consulate that would learn too
        much (R46), works in another State and is no focal point (R53), or her
        address would leave those who house her (R47).
    :raises PermissionMissing: when the recipient or the named person may not receive it, or the
        role has no need of a part (R42).
    :raises ConsentMissing: when no live consent or legal duty covers it (R41), or health notes
        would go along with other things (R49).
    :raises AccessMissing: when a part is not the actor's to share.
    """
    on = local_day(case.jurisdiction, at)
    house = recipient(asked.to, asked.role, purpose=asked.purpose, on=on, desk=desk)
    if house.is_partner is not asked.is_hand_over:
        raise PermissionMissing(found("reached_by_hand_over"))
    ground = ground_for(case, asked, on=on)
    require_observer_apart(case, asked, ground, at=at)
    account = named_account(asked, ground, desk=desk)
    require_need_to_know(asked.role, asked.compartments, on=on, breaks_glass=is_danger(asked))
    parts = shared_parts(case, asked, ground, actor=actor, at=at)
    parts = within_confidence(parts, asked, ground, on=on)
    parts = for_named_people(parts, account, insisted=bool(asked.compartments))
    require_may_leave(case, house, asked.role, parts, has_consent=bool(ground.consent), on=on)
    duty = duty_relied_on(asked, ground, parts, within=written(case, actor=actor, at=at))
    by_night = asked.role is Role.SH and Role.ND in house.roles and SHEET in parts
    return Share(
        asked=asked,
        compartments=parts,
        account=account,
        basis_fact=ground.consent or duty[0].fact_ref,
        basis=ground.basis,
        facts=duty,
        has_night_duty=by_night,
        on_night_duty=desk.directory.holders(asked.to, Role.ND) if by_night else (),
    )


def require_observer_apart(case: Case, asked: Asked, ground: Ground, *, at: datetime) -> None:
    """Refuse a trial observer a private part, or a case its own organisation takes part in (R60).

    :raises RuleBroken: when the recipient is a trial observer and either is so.
    """
    is_party = any(
        row.organisation == asked.to and row.role is not Role.TM and row.is_live(at)
        for row in case.access
    )
    parts = frozenset(asked.compartments) or ground.covered
    situation = ObserverSituation(asked.role.value, parts, is_party)
    require_rule("R60", situation, local_day(case.jurisdiction, at))


def named_account(asked: Asked, ground: Ground, *, desk: Desk) -> UUID | None:
    """Find the person who will hold whereabouts, if one is named.

    :raises PermissionMissing: when she does not hold the role there.
    """
    account = asked.account or ground.account
    if account and account not in desk.directory.holders(asked.to, asked.role):
        raise PermissionMissing(found("recipient_account_unknown"))
    return account


def shared_parts(
    case: Case, asked: Asked, ground: Ground, *, actor: Actor, at: datetime
) -> frozenset[str]:
    """Choose the parts that go, the skeleton among them.

    :raises ConsentMissing: when a part is not covered, or she was not informed (R41).
    :raises AccessMissing: when a part is not the actor's to share.
    """
    reach = may_hand_on(case, asked.role, actor=actor, at=at)
    parts = chosen_parts(asked.compartments, role=asked.role, covered=ground.covered, reach=reach)
    situation = SharingSituation(parts, ground.covered, was_informed=ground.was_informed)
    require_rule("R41", situation, local_day(case.jurisdiction, at), refusal=ConsentMissing)
    if not parts <= reach:
        raise AccessMissing(found("compartment_not_yours_to_share"))
    return parts


def for_named_people(
    parts: frozenset[str], account: UUID | None, *, insisted: bool
) -> frozenset[str]:
    """Leave whereabouts out where no person is named for them.

    :raises ConsentMissing: when they were asked for and nobody is named.
    """
    whereabouts = frozenset(part for part in parts if names_people(part))
    if account or not whereabouts:
        return parts
    if insisted:
        raise ConsentMissing(found("recipient_account_needed"))
    return parts - whereabouts


def duty_relied_on(
    asked: Asked, ground: Ground, parts: frozenset[str], *, within: frozenset[str]
) -> tuple[NewFact, ...]:
    """Build the fact that a legal duty was relied on, naming exactly the parts that go."""
    if ground.consent is not None:
        return ()
    also = {
        "recipient": asked.to,
        "recipient_role": asked.role.value,
        "scopes": parts,
        "until": asked.until,
    }
    kind = "legal_duty_relied_on"
    return (new_fact(kind, asked.duty, within=within, basis=ground.basis, also=also),)
