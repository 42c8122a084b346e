"""The ports of casework kept in memory: one office, seen by each actor through her own rows."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from opennrm.casework.actors import Actor
from opennrm.casework.permissions import may_read, may_write
from opennrm.casework.ports import (
    Change,
    Desk,
    Entry,
    Grant,
    HandOver,
    ListedService,
    Notice,
    Notification,
    Organisation,
    PartnerAnswer,
    Question,
)
from opennrm.casework.reasons import found
from opennrm.casework.refusals import AccessMissing, CaseNotFound, ChangedMeanwhile
from opennrm.lifecycle.case import AccessRow, Case
from opennrm.lifecycle.facts import Fact, NewFact, recorded
from opennrm.lifecycle.kinds import kind_named
from opennrm.lifecycle.places import places_awaited, places_held
from opennrm.rights.jurisdictions import Presets
from opennrm.vocabulary.roles import Role
from tests.cast import Member
from tests.fake_hand_overs import FakeHandOvers, Said

ANSWERING = {"addressee", "addressee_or_write"}
BASES = {"consent_given", "legal_duty_relied_on"}


@dataclass
class CaseFile:
    """What the office keeps of one case."""

    case_ref: UUID
    facts: list[Fact] = field(default_factory=list)
    rows: list[AccessRow] = field(default_factory=list)
    sealed: dict[UUID, Mapping[str, str]] = field(default_factory=dict)
    contents: dict[UUID, bytes] = field(default_factory=dict)

    def sequences(self) -> dict[str, int]:
        """Return the last sequence of each compartment."""
        return dict(Counter(fact.compartment for fact in self.facts))


@dataclass
class Office:
    """Everything the organisations of one mechanism hold together."""

    organisations: Mapping[UUID, Organisation]
    members: Iterable[Actor]
    presets: Callable[[str], Presets]
    files: dict[UUID, CaseFile] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    notifications: list[Notification] = field(default_factory=list)
    partner_answers: dict[UUID, PartnerAnswer] = field(default_factory=dict)
    questions: list[Question] = field(default_factory=list)
    services: dict[UUID, tuple[ListedService, int]] = field(default_factory=dict)
    hand_overs: dict[UUID, HandOver] = field(default_factory=dict)
    said: list[Said] = field(default_factory=list)

    def desk(self, actor: Actor, at: datetime) -> Desk:
        """Sit an actor down at her desk, at a moment."""
        return Desk(
            cases=FakeCases(self, actor, at),
            directory=FakeDirectory(self),
            notifications=FakeNotifications(self),
            places=FakePlaces(self, actor),
            hand_overs=FakeHandOvers(self.hand_overs, self.said, actor),
            partners=FakePartners(self),
            presets=self.presets,
        )

    @contextmanager
    def at_work(self, who: Member, at: datetime) -> Iterator[Desk]:
        """Give a member of the cast her desk for one transaction."""
        yield self.desk(who.actor, at)

    def case(self, case_ref: UUID) -> Case:
        """Fold a case whole, as no actor may: for looking, in tests."""
        kept = self.files[case_ref]
        return Case(case_ref, tuple(kept.facts), tuple(kept.rows), kept.sequences())

    def rows_of(self, case_ref: UUID, organisation: UUID) -> list[AccessRow]:
        """List the rows an organisation has in a case, offered or open."""
        rows = self.files[case_ref].rows
        return [row for row in rows if row.organisation == organisation]

    def sealed(self, fact_ref: UUID) -> Mapping[str, str]:
        """Return the sealed part of a fact."""
        return next(f.sealed[fact_ref] for f in self.files.values() if fact_ref in f.sealed)


@dataclass
class FakeDirectory:
    """The directory of the office."""

    office: Office

    def organisation(self, ref: UUID) -> Organisation | None:
        """Find an organisation."""
        return self.office.organisations.get(ref)

    def holders(self, organisation: UUID, role: Role) -> tuple[UUID, ...]:
        """List the accounts that hold a role in an organisation."""
        members = self.office.members
        return tuple(
            one.account
            for one in members
            if one.organisation == organisation and role in one.roles and not one.is_front_door
        )

    def with_role(self, role: Role, jurisdiction: str) -> tuple[UUID, ...]:
        """List the organisations of a jurisdiction that act in a role, by name."""
        known = sorted(self.office.organisations.values(), key=lambda one: one.name)
        fitting = (one for one in known if role in one.roles)
        return tuple(one.organisation for one in fitting if one.jurisdiction == jurisdiction)


@dataclass
class FakePartners:
    """What partners answered to the office."""

    office: Office

    def answer(self, question: UUID) -> PartnerAnswer | None:
        """Find an answer."""
        return self.office.partner_answers.get(question)


@dataclass
class FakePlaces:
    """The places of the services of the office."""

    office: Office
    actor: Actor

    def listed(self, service: UUID) -> ListedService | None:
        """Find a service."""
        return self.office.services.get(service, (None, 0))[0]

    def lowest_free(self, service: UUID) -> int | None:
        """Return the lowest free number of a service of the own house."""
        known, places = self.office.services[service]
        cases = [self.office.case(ref) for ref in self.office.files]
        held = {one.number for c in cases for one in places_held(c) if one.listed == service}
        free = (number for number in range(1, places + 1) if number not in held)
        return next(free, None) if known.organisation == self.actor.organisation else None

    def ahead(self, service: UUID, offer: UUID) -> int:
        """Count who waits there before an offer."""
        cases = [self.office.case(ref) for ref in self.office.files]
        waiting = [one for c in cases for one in places_awaited(c) if one.listed == service]
        order = sorted(waiting, key=lambda one: (one.rank, one.since, str(one.offer)))
        offers = [one.offer for one in order]
        return offers.index(offer) if offer in offers else len(offers)


@dataclass
class FakeNotifications:
    """The box of anonymous notifications."""

    office: Office

    def send(self, notification: Notification) -> UUID:
        """Keep a notification."""
        self.office.notifications.append(notification)
        return uuid4()


@dataclass
class FakeCases:
    """The record of facts as one actor may use it at one moment."""

    office: Office
    actor: Actor
    at: datetime

    def start(self, change: Change, *, jurisdiction: str, audit: Entry) -> UUID:
        """Start a case at the actor's own organisation."""
        file = CaseFile(uuid4())
        written = {code for grant in change.grants for code in grant.writes}
        for grant in change.grants:
            refuse_unless(grant.organisation == self.actor.organisation)
        for fact in change.facts:
            refuse_unless(fact.compartment.code in written)
        self._keep(file, change, audit)
        self.office.files[file.case_ref] = file
        return file.case_ref

    def load(self, case_ref: UUID) -> Case:
        """Fold a case for a reader who has a live row in it."""
        self._file(case_ref)
        whole = self.office.case(case_ref)
        return replace(whole, access=tuple(row for row in whole.access if row.is_live(self.at)))

    def standing_by(self) -> tuple[UUID, ...]:
        """List the cases of which a sealed sheet stands by for the actor, not opened now."""
        return tuple(ref for ref in self.office.files if self._sheet(ref, asleep=True))

    def load_standing_by(self, case_ref: UUID) -> Case:
        """Fold a case of which a sealed sheet stands by for the actor."""
        if not self._sheet(case_ref):
            raise CaseNotFound()
        whole = self.office.case(case_ref)
        return replace(whole, access=tuple(row for row in whole.access if row.is_live(self.at)))

    def _sheet(self, case_ref: UUID, *, asleep: bool = False) -> AccessRow | None:
        kept = self.office.files.get(case_ref)
        rows = [
            row
            for row in (kept.rows if kept else ())
            if row.organisation == self.actor.organisation
            and row.role is Role.ND
            and row.compartment == "D16"
            and Role.ND in self.actor.roles
            and row.is_live(self.at)
        ]
        if asleep and any(row.state == "open" for row in rows):
            return None
        return next((row for row in rows if row.state == "standby"), None)

    def _asleep(self, file: CaseFile, opening: Fact) -> AccessRow:
        """Find what an opening wakes; whereabouts for who asked, when it was another person."""
        part, asked = opening.text("part"), opening.reference("answers")
        question = next((fact for fact in file.facts if fact.fact_ref == asked), None)
        refuse_unless(part != "D3" or (question is not None and question.actor != opening.actor))
        person = question.actor if question else None
        rows = [
            row
            for row in file.rows
            if (row.role, row.state, row.compartment) == (Role.ND, "standby", part)
            and row.organisation == self.actor.organisation
            and row.account in (None, person)
            and row.is_live(self.at)
        ]
        refuse_unless(bool(rows))
        return rows[0]

    def append(self, case_ref: UUID, change: Change, *, audit: Entry) -> tuple[Fact, ...]:
        """Append facts, grant, open and close, or change nothing at all."""
        by_night = any(kind_named(fact.kind).needs == "standby" for fact in change.facts)
        file = self.office.files[case_ref] if by_night else self._file(case_ref)
        trial = CaseFile(
            case_ref, list(file.facts), list(file.rows), dict(file.sealed), dict(file.contents)
        )
        self._check_expected(file, change)
        for fact in change.facts:
            refuse_unless(self._may_append(file, fact))
        for grant in change.grants:
            refuse_unless(self._may_grant(file, change, grant))
        added = self._keep(trial, change, audit)
        self.office.files[case_ref] = trial
        return added

    def _file(self, case_ref: UUID) -> CaseFile:
        file = self.office.files.get(case_ref)
        if file is None or not self._mine(file):
            raise CaseNotFound()
        return file

    def _mine(self, file: CaseFile, state: str | None = None) -> list[AccessRow]:
        return [
            row
            for row in file.rows
            if row.organisation == self.actor.organisation
            and row.role in self.actor.roles
            and row.account in (None, self.actor.account)
            and row.is_live(self.at)
            and state in (None, row.state)
            and (row.role is not Role.ND or row.state == "open")
        ]

    def _check_expected(self, file: CaseFile, change: Change) -> None:
        writes = {fact.compartment.code for fact in change.facts}
        for code, last in (change.expected or {}).items():
            if code in writes and file.sequences().get(code, 0) != last:
                news = [f for f in file.facts if f.compartment == code and f.sequence > last]
                raise ChangedMeanwhile(code, tuple(news), file.case_ref)

    def _may_append(self, file: CaseFile, fact: NewFact) -> bool:
        return self._replaces_its_like(file, fact) and self._may_write(file, fact)

    def _replaces_its_like(self, file: CaseFile, fact: NewFact) -> bool:
        like = (fact.kind, fact.compartment.code)
        kept = {one.fact_ref: (one.kind, one.compartment) for one in file.facts}
        return fact.corrects is None or kept.get(fact.corrects) == like

    def _may_write(self, file: CaseFile, fact: NewFact) -> bool:
        needs = kind_named(fact.kind).needs
        if needs == "standby":
            return self._sheet(file.case_ref) is not None
        mine = self._mine(file, "open")
        here = [row for row in mine if row.compartment == fact.compartment.code]
        if needs == "any":
            return bool(mine)
        if needs == "read":
            return bool(here)
        if needs in ANSWERING and self._is_addressee(file, fact):
            return True
        if kind_named(fact.kind).always_extract and self._holds_scope_of(fact, mine):
            return True
        return needs != "addressee" and any(row.mode == "write" for row in here)

    def _holds_scope_of(self, fact: NewFact, mine: list[AccessRow]) -> bool:
        return fact.compartment.scope.value in {row.compartment for row in mine}

    def _is_addressee(self, file: CaseFile, fact: NewFact) -> bool:
        asked = fact.open.get("answers")
        return any(str(row.offer_fact) == asked for row in self._mine(file))

    def _may_grant(self, file: CaseFile, change: Change, grant: Grant) -> bool:
        receiver = self.office.organisations[grant.organisation]
        held = {row.compartment for row in self._mine(file, "open")}
        taken = {row.compartment for row in file.rows if row.is_live(self.at)}
        return (
            self._is_based(file, change, grant)
            and not receiver.is_enforcement
            and grant.role in receiver.roles
            and (grant.state == "offered" or self._is_for_an_opinion(file, change, grant))
            and all(may_read(grant.role, code) for code in grant.compartments)
            and all(may_write(grant.role, code) for code in grant.writes)
            and all(code in held or code not in taken for code in grant.compartments)
        )

    def _is_based(self, file: CaseFile, change: Change, grant: Grant) -> bool:
        known: dict[UUID, Fact | NewFact] = {fact.fact_ref: fact for fact in file.facts}
        known |= {fact.fact_ref: fact for fact in change.facts}
        if self._is_for_an_opinion(file, change, grant):
            return True
        basis = known.get(grant.basis_fact)
        if basis is None or basis.kind not in BASES:
            return False
        withdrawn = any(
            fact.kind == "consent_withdrawn" and fact.open["consent"] == str(grant.basis_fact)
            for fact in known.values()
        )
        named = (basis.open.get("recipient"), basis.open.get("recipient_role"))
        role = "SH" if grant.role is Role.ND else grant.role.value
        scopes, until = basis.open.get("scopes"), basis.open.get("until")
        return (
            not withdrawn
            and named == (str(grant.organisation), role)
            and grant.compartments <= set(scopes if isinstance(scopes, list) else ())
            and str(until) >= grant.until.date().isoformat()
        )

    def _is_for_an_opinion(self, file: CaseFile, change: Change, grant: Grant) -> bool:
        """Say whether a grant rests on an act held in the same change, and is no wider."""
        asked = next((f for f in change.facts if f.fact_ref == grant.basis_fact), None)
        if asked is None or asked.kind != "act_held":
            return False
        named = (asked.open["to"], asked.open["to_role"], asked.open.get("to_account"))
        account = str(grant.account) if grant.account else None
        mine = self._mine(file, "open")
        return (
            named == (str(grant.organisation), grant.role.value, account)
            and grant.role in {Role.CA, Role.RP}
            and grant.account != self.actor.account
            and grant.compartments <= {"D1", "D4", "D4S", "D14"}
            and any(row.compartment == "D14" and row.mode == "write" for row in mine)
            and grant.until <= self.at + timedelta(days=31)
        )

    def _keep(self, file: CaseFile, change: Change, audit: Entry) -> tuple[Fact, ...]:
        added = tuple(self._add(file, fact) for fact in change.facts)
        stays = [self._kept(row, self.at) for row in file.rows if self._stays(row, change)]
        stays += [self._kept(row, row.until) for row in file.rows if self._will_stay(row, change)]
        shut = {row.access_ref for row in file.rows if self._is_shut(row, change)}
        file.rows = [row for row in file.rows if row.access_ref not in shut]
        file.rows = [*(self._opened(row, change) for row in file.rows), *stays]
        if change.wakes is not None:
            opening = next(fact for fact in added if fact.fact_ref == change.wakes)
            until = datetime.fromisoformat(opening.text("until") or "")
            asleep = self._asleep(file, opening)
            file.rows.append(replace(asleep, access_ref=uuid4(), state="open", until=until))
        for grant in change.grants:
            file.rows.extend(rows_for(grant, self.at))
        file.contents |= dict(change.files)
        if change.erases:
            file.contents = {}
            file.rows, file.sealed = [], {}
            gone = {fact.fact_ref for fact in file.facts} - {fact.fact_ref for fact in added}
            file.facts = [replace(f, open={}) if f.fact_ref in gone else f for f in file.facts]
        self.office.entries.append(audit)
        self.office.notices.extend(change.notices)
        self.office.questions.extend(change.questions)
        return added

    def _add(self, file: CaseFile, fact: NewFact) -> Fact:
        added = recorded(
            fact,
            case_ref=file.case_ref,
            position=len(file.facts) + 1,
            sequence=file.sequences().get(fact.compartment.code, 0) + 1,
            at=self.at,
            actor=self.actor.account,
            organisation=self.actor.organisation,
        )
        file.facts.append(added)
        file.sealed[fact.fact_ref] = fact.sealed
        return added

    def _is_shut(self, row: AccessRow, change: Change) -> bool:
        return row.basis_fact in change.closes or row.offer_fact in change.declines

    def _stays(self, row: AccessRow, change: Change) -> bool:
        """Say whether the safety sheet stays with who houses or treats her: a ground ended."""
        was_opened = row.state in ("open", "standby")
        return is_sheet(row) and was_opened and row.basis_fact in change.closes

    def _will_stay(self, row: AccessRow, change: Change) -> bool:
        opens = row.organisation == self.actor.organisation and row.offer_fact in change.opens
        return is_sheet(row) and opens

    def _kept(self, row: AccessRow, since: datetime) -> AccessRow:
        return replace(
            row,
            access_ref=uuid4(),
            mode="read",
            state="standby" if row.role is Role.ND else "open",
            opens_at=since,
            until=since + timedelta(days=90),
            is_kept=True,
        )

    def _opened(self, row: AccessRow, change: Change) -> AccessRow:
        mine = row.organisation == self.actor.organisation
        if not mine or row.offer_fact not in change.opens:
            return row
        return replace(row, state="standby" if row.role is Role.ND else "open")


def is_sheet(row: AccessRow) -> bool:
    """Say whether a row is the safety sheet of somebody who was asked to house or treat her."""
    cares = row.role in {Role.SH, Role.HC, Role.ND} and row.offer_fact is not None
    return row.compartment == "D16" and cares and not row.is_kept


def rows_for(grant: Grant, at: datetime) -> list[AccessRow]:
    """Make one row for each compartment of a grant."""
    refuse_unless(grant.account is not None or not grant.compartments & {"D3", "D3S"})
    return [
        AccessRow(
            access_ref=uuid4(),
            organisation=grant.organisation,
            role=grant.role,
            account=grant.account,
            compartment=code,
            mode="write" if code in grant.writes else "read",
            state=grant.state,
            basis_fact=grant.basis_fact,
            offer_fact=grant.offer_fact,
            opens_at=at,
            until=grant.until,
        )
        for code in sorted(grant.compartments)
    ]


def refuse_unless(holds: bool) -> None:
    """Refuse what the record would refuse.

    :raises AccessMissing: when it does not hold.
    """
    if not holds:
        raise AccessMissing(found("compartment_not_open"))
