"""The shadow of one case: who may see what, worked out from the story alone.

It asks neither the policy of the product nor its database: only the printed matrix of the roles
reference and what was said and done.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from uuid import UUID

from opennrm.vocabulary.need_to_know import Access, cells
from opennrm.vocabulary.roles import Role
from tests.cast import Member

SKELETON = "D1"
NAMED_ONLY = frozenset({"D3", "D3S"})
STARTING_ROLES = frozenset({Role.FR, Role.HL, Role.CM})
WITHOUT_SKELETON = frozenset({Role.TM, Role.AR})
# The safety sheet is no class of the printed matrix: decision 0026 names who has it, and with whom
# it stays when a ground is taken back.
SHEET = "D16"
HAVE_THE_SHEET = frozenset({Role.FR, Role.HL, Role.CM, Role.SH, Role.HC, Role.CP, Role.GU})
KEEP_THE_SHEET = frozenset({Role.SH, Role.HC})
IN_NEED = frozenset({"D2", "D3", "D5S", "D8", "D11S"})
IN_FULL = (Access.READ, Access.WRITE)


class Leak(AssertionError):
    """Something was seen or done that the story gives nobody a right to."""


def may_hold(role: Role) -> frozenset[str]:
    """List the parts the printed matrix lets a role hold, S after those held as an extract."""
    held: set[str] = {SHEET} if role in HAVE_THE_SHEET else set()
    for (of, scope), access in cells().items():
        if of is not role or scope.value == "D15":
            continue
        if access in IN_FULL:
            held |= {scope.value, f"{scope.value}S"}
        elif access is Access.SUMMARY or (role is Role.BP and scope.value == SKELETON):
            held.add(f"{scope.value}S")
    return frozenset(held)


def spelt(role: Role, scopes: Iterable[str]) -> frozenset[str]:
    """Spell out scopes, with the skeleton, as the parts a role may hold of them."""
    asked = {*scopes, SHEET} | (set() if role in WITHOUT_SKELETON else {SKELETON})
    return may_hold(role) & {
        part for code in asked for part in (code, f"{code.removesuffix('S')}S")
    }


@dataclass
class Opened:
    """What one role of one organisation was given, and what it rests on."""

    organisation: UUID
    role: Role
    account: UUID | None
    parts: frozenset[str]
    rests_on: UUID | None = None
    offer: UUID | None = None
    is_open: bool = False
    kept_in: int | None = None

    def keeps_the_sheet(self) -> bool:
        """Say whether this is the sheet of a house or clinic that had accepted her."""
        return self.is_open and SHEET in self.parts and self.role in KEEP_THE_SHEET

    def is_for(self, member: Member) -> bool:
        """Say whether a member acts for whoever this was given to."""
        return (
            member.actor.organisation == self.organisation
            and self.role in member.actor.roles
            and self.account in (None, member.account)
        )


@dataclass
class Shadow:
    """What was given and not taken back, and who is away."""

    given: list[Opened] = field(default_factory=list)
    agreed: dict[UUID, tuple[UUID, Role, frozenset[str]]] = field(default_factory=dict)
    away: set[UUID] = field(default_factory=set)
    knew: set[UUID] = field(default_factory=set)
    epoch: int = 0

    def begin(self, starter: Member) -> None:
        """Give a new case to the organisation that met her."""
        for role in sorted(STARTING_ROLES & starter.actor.roles):
            self._give(starter, role, may_hold(role), account=starter.account, is_open=True)

    def agree(self, consent: UUID, to: Member, role: Role, scopes: Iterable[str]) -> None:
        """Keep what she agreed to: for whom, in which role, and which parts."""
        self.agreed[consent] = (to.actor.organisation, role, spelt(role, scopes))

    def offer(
        self, sent: UUID, to: Member, role: Role, scopes: Iterable[str], *, consent: UUID | None
    ) -> None:
        """Offer what she agreed to, and the skeleton, as far as the role may hold it.

        :raises Leak: when it went out on a consent that does not stand, or says something else.
        """
        parts = spelt(role, scopes)
        if consent is not None:
            house, for_role, covered = self.agreed.get(consent, (None, role, frozenset()))
            if (house, for_role) != (to.actor.organisation, role) or not parts <= covered:
                raise Leak("A referral went out on a consent taken back, or for something else.")
        account = to.account if NAMED_ONLY & set(scopes) else None
        self._give(to, role, parts, account=account, rests_on=consent or sent, offer=sent)

    def rest_on(self, sent: UUID, duty: UUID) -> None:
        """Say on which duty an offer rests."""
        for one in self.given:
            one.rests_on = duty if one.offer == sent else one.rests_on

    def accept(self, member: Member, sent: UUID) -> None:
        """Open what was offered.

        :raises Leak: when it was not hers to accept.
        """
        asked = self._offered(member, sent)
        if not asked:
            raise Leak("An offer was accepted by somebody it was not made to, or after its end.")
        for one in self.given:
            one.is_open = one.is_open or one.offer == sent

    def decline(self, member: Member, sent: UUID) -> None:
        """Take back what was offered.

        :raises Leak: when it was not hers to decline.
        """
        if not self._offered(member, sent):
            raise Leak("An offer was declined by somebody it was not made to.")
        self.lapse(sent)

    def lapse(self, sent: UUID) -> None:
        """Let what came with an offer end; the sheet stays where she was housed or treated."""
        self._end([one for one in self.given if one.offer == sent and one.kept_in is None])

    def take_back(self, ground: UUID) -> None:
        """Close all that rests on a consent or a duty, but the sheet of who cares for her."""
        self.agreed.pop(ground, None)
        self._end([one for one in self.given if one.rests_on == ground])

    def _end(self, ended: list[Opened]) -> None:
        self.given = [one for one in self.given if one not in ended]
        for one in ended:
            if one.keeps_the_sheet():
                kept = Opened(one.organisation, one.role, None, frozenset({SHEET}), is_open=True)
                kept.kept_in = self.epoch if one.kept_in is None else one.kept_in
                self.given.append(kept)
        self.epoch += 1

    def open_at_night(self, member: Member) -> None:
        """Open the sheet to the night duty of a house that holds or keeps it (decision 0028).

        :raises Leak: when her house does not.
        """
        house = member.actor.organisation
        by_day = [
            one
            for one in self.given
            if one.organisation == house and one.is_open and SHEET in one.parts
            and one.role is Role.SH
        ]  # fmt: skip
        if not by_day or Role.ND not in member.actor.roles:
            raise Leak("A sheet was opened at night by a house that does not hold it.")
        self.given += [
            replace(one, role=Role.ND, account=None, parts=frozenset({SHEET})) for one in by_day
        ]

    def ask_at_night(self, member: Member) -> None:
        """Tell the night duty of a house that whereabouts are asked for, and of whom."""
        self.given += [
            replace(one, role=Role.ND, account=None, parts=frozenset(), is_open=False)
            for one in self.given
            if one.organisation == member.actor.organisation and one.role is Role.SH
        ]

    def open_part_at_night(self, member: Member, part: str, second: Member | None = None) -> None:
        """Open one part the house holds to its night duty; whereabouts to one of two persons.

        :raises Leak: when the house does not hold it, or one person did it alone (decision 0056).
        """
        house = member.actor.organisation
        by_day = [
            one
            for one in self.given
            if one.organisation == house and one.is_open and one.role is Role.SH
            and part in one.parts and one.kept_in is None
        ]  # fmt: skip
        if part not in IN_NEED or not by_day or Role.ND not in member.actor.roles:
            raise Leak("A part was opened at night that the night duty may not open.")
        if part in NAMED_ONLY and (
            second is None
            or second.account == member.account
            or second.actor.organisation != house
            or Role.ND not in second.actor.roles
        ):
            raise Leak("Whereabouts were opened at night without a second person of the house.")
        named = member.account if part in NAMED_ONLY else None
        self.given += [
            replace(one, role=Role.ND, account=named, parts=frozenset({part})) for one in by_day
        ]

    def may_read(self, member: Member, planted: str) -> bool:
        """Say whether a text may be read: by its part, and on the sheet by when it was written."""
        part, _, written_in = planted.partition("@")
        if not {part, f"{part}S"} & self.parts_of(member):
            return False
        return not written_in or any(
            one.kept_in is None or int(written_in) <= one.kept_in
            for one in self.given
            if one.is_open and SHEET in one.parts and one.is_for(member)
        )

    def parts_of(self, member: Member) -> frozenset[str]:
        """List the parts that are open to a member."""
        if member.account in self.away:
            return frozenset()
        mine = [one.parts for one in self.given if one.is_open and one.is_for(member)]
        return frozenset().union(*mine)

    def knows(self, member: Member) -> bool:
        """Say whether a member may know that the case is there."""
        is_here = member.account not in self.away
        return is_here and any(one.is_for(member) for one in self.given)

    def require_holder(self, member: Member, act: str) -> None:
        """Refuse an act that was done without anything of the case being open to who did it.

        :raises Leak: when nothing was.
        """
        holds = any(
            one.is_open and one.kept_in is None and one.is_for(member) for one in self.given
        )
        if member.account in self.away or not holds:
            raise Leak(f"{act}: done by somebody to whom nothing of the case is open.")

    def _offered(self, member: Member, sent: UUID) -> list[Opened]:
        return [one for one in self.given if one.offer == sent and not one.is_open
                and one.is_for(member)]  # fmt: skip

    def _give(
        self,
        to: Member,
        role: Role,
        parts: frozenset[str],
        *,
        account: UUID | None,
        rests_on: UUID | None = None,
        offer: UUID | None = None,
        is_open: bool = False,
    ) -> None:
        house = to.actor.organisation
        for named, chosen in ((None, parts - NAMED_ONLY), (account, parts & NAMED_ONLY)):
            if chosen and (named or not chosen & NAMED_ONLY):
                self.given.append(Opened(house, role, named, chosen, rests_on, offer, is_open))
