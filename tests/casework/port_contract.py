"""What every implementation of the ports must do; run against the fakes and against PostgreSQL.

A test class inherits `PortContract` and gives it a `record` fixture whose organisations and
accounts are those of the cast, and an `at` fixture when the record has a clock of its own.
"""

from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import Any, Protocol
from uuid import UUID, uuid4

import pytest

from opennrm.casework.grants import offered_grants, own_grants, start_of
from opennrm.casework.ports import Change, Desk, Entry, Grant, Notification
from opennrm.casework.refusals import AccessMissing, CaseNotFound, ChangedMeanwhile
from opennrm.lifecycle.case import Case
from opennrm.lifecycle.facts import NewFact
from opennrm.vocabulary.roles import Role
from tests import cast
from tests.cast import NOON, Member

SHELTER = cast.GREEN_DOOR.organisation
HERS = ["D1", "D1S", "D2", "D2S", "D9", "D9S", "D10", "D10S"]


class Record(Protocol):
    """A record of facts at which members of the cast can sit down."""

    def at_work(self, who: Member, at: datetime) -> AbstractContextManager[Desk]:
        """Give a member her desk for one transaction."""
        ...


class AtDesk:
    """One member at work in one case."""

    def __init__(self, record: Record, who: Member, at: datetime, case_ref: UUID) -> None:
        self.record, self.who, self.at, self.case_ref = record, who, at, case_ref

    def load(self) -> Case:
        with self.record.at_work(self.who, self.at) as desk:
            return desk.cases.load(self.case_ref)

    def append(self, *facts: NewFact, **more: Any) -> None:
        audit = Entry("contract", self.who.account, self.at)
        with self.record.at_work(self.who, self.at) as desk:
            desk.cases.load(self.case_ref)
            desk.cases.append(self.case_ref, Change(facts=facts, **more), audit=audit)

    def kinds(self) -> list[str]:
        return [fact.kind for fact in self.load().facts]


def described(**sealed: str) -> NewFact:
    return NewFact(kind="person_described", open={"sex": "female"}, sealed=sealed)


def needs_noted() -> NewFact:
    return NewFact(kind="needs_assessed", open={"domains": ["safety"]})


def consented(at: datetime, to: UUID = SHELTER, role: str = "CM", **more: Any) -> NewFact:
    known = {
        "purpose": "assistance",
        "recipient": str(to),
        "recipient_role": role,
        "scopes": HERS,
        "language": "sq",
        "given_on": at.date().isoformat(),
        "until": (at + timedelta(days=90)).date().isoformat(),
    }
    return NewFact(kind="consent_given", open=known | more)


def withdrawn(at: datetime, consent: NewFact) -> NewFact:
    return NewFact(
        kind="consent_withdrawn",
        open={"consent": str(consent.fact_ref), "withdrawn_on": at.date().isoformat()},
    )


def sent(consent: NewFact) -> NewFact:
    basis = str(consent.fact_ref)
    to = {"to": str(SHELTER), "to_role": "CM", "purpose": "assistance", "basis_fact": basis}
    return NewFact(kind="referral_sent", open=to)


def answered(referral: NewFact, answer: str) -> NewFact:
    more = {"reason": "no_place"} if answer == "declined" else {}
    return NewFact(
        kind="referral_acknowledged",
        open={"answers": str(referral.fact_ref), "answer": answer} | more,
    )


def offered(
    at: datetime, consent: NewFact, referral: NewFact, parts: frozenset[str] = frozenset(HERS)
) -> tuple[Grant, ...]:
    return offered_grants(
        Role.CM,
        parts,
        organisation=SHELTER,
        account=None,
        until=start_of((at + timedelta(days=90)).date()),
        basis=consent.fact_ref,
        offer=referral.fact_ref,
    )


class PortContract:
    """The promises of the ports."""

    @pytest.fixture
    def at(self) -> datetime:
        """The moment at which everybody works."""
        return NOON

    @pytest.fixture
    def police(self, record: Record, at: datetime) -> AtDesk:
        """The officer who started a case."""
        who = cast.POLICE_OFFICER
        first = NewFact(
            kind="contact_recorded",
            open={"route": "own_detection", "channel": "in_person"},
            basis="own_record",
        )
        grants = own_grants(
            Role.FR,
            organisation=who.organisation.organisation,
            named=(who.account,),
            basis=first.fact_ref,
            at=at,
        )
        with record.at_work(who, at) as desk:
            case_ref = desk.cases.start(
                Change(facts=(first,), grants=grants),
                jurisdiction=cast.JURISDICTION,
                audit=Entry("contract", who.account, at),
            )
        return AtDesk(record, who, at, case_ref)

    @pytest.fixture
    def shelter(self, police: AtDesk) -> AtDesk:
        """The case manager of the shelter, who holds nothing yet."""
        return AtDesk(police.record, cast.CASE_MANAGER, police.at, police.case_ref)

    @pytest.fixture
    def consent(self, police: AtDesk) -> NewFact:
        """A consent for the shelter, in the record."""
        given = consented(police.at)
        police.append(given)
        return given

    @pytest.fixture
    def referral(self, police: AtDesk, consent: NewFact) -> NewFact:
        """A referral to the shelter, not answered yet."""
        referral = sent(consent)
        police.append(referral, grants=offered(police.at, consent, referral))
        return referral

    @pytest.fixture
    def accepted(self, shelter: AtDesk, referral: NewFact) -> NewFact:
        """A referral the shelter accepted."""
        shelter.append(answered(referral, "accepted"), opens=(referral.fact_ref,))
        return referral

    def test_keeps_facts_in_order_with_their_places(self, police: AtDesk) -> None:
        police.append(described(), described())

        case = police.load()
        assert [fact.position for fact in case.facts] == [1, 2, 3]
        assert [(fact.compartment, fact.sequence) for fact in case.facts] == [
            ("D1", 1),
            ("D2", 1),
            ("D2", 2),
        ]
        assert case.sequences["D2"] == 2
        assert {fact.organisation for fact in case.facts} == {cast.TOWN_POLICE.organisation}

    def test_shows_no_sealed_part_in_the_fold(self, police: AtDesk) -> None:
        police.append(described(names="Lule Testova"))

        assert police.load().facts[-1].has_sealed
        assert "Lule" not in str(police.load())

    @pytest.mark.parametrize(
        "who",
        [cast.SHELTER_WITHOUT_CONSENT, cast.CASE_MANAGER, cast.BORDER_OFFICER, cast.DETECTIVE],
    )
    def test_finds_no_case_for_those_without_a_row(self, police: AtDesk, who: Member) -> None:
        with pytest.raises(CaseNotFound):
            AtDesk(police.record, who, police.at, police.case_ref).load()

    def test_finds_no_case_under_a_made_up_reference(self, police: AtDesk) -> None:
        with pytest.raises(CaseNotFound):
            AtDesk(police.record, police.who, police.at, uuid4()).load()

    def test_opens_the_case_to_a_colleague_in_the_same_role(self, police: AtDesk) -> None:
        colleague = AtDesk(police.record, cast.POLICE_COLLEAGUE, police.at, police.case_ref)

        colleague.append(described())

        assert police.kinds() == ["contact_recorded", "person_described"]

    def test_opens_whereabouts_to_the_named_person_only(self, police: AtDesk) -> None:
        colleague = AtDesk(police.record, cast.POLICE_COLLEAGUE, police.at, police.case_ref)
        note = NewFact(kind="safe_contact_noted", open={"safe_channel": "she_will_call"})

        with pytest.raises(AccessMissing):
            colleague.append(note)
        police.append(note)

    def test_refuses_a_fact_where_nothing_may_be_written(self, police: AtDesk) -> None:
        with pytest.raises(AccessMissing):
            police.append(needs_noted())

        assert police.kinds() == ["contact_recorded"]

    def test_changes_nothing_when_one_part_of_a_change_is_refused(self, police: AtDesk) -> None:
        with pytest.raises(AccessMissing):
            police.append(described(), needs_noted())

        assert police.kinds() == ["contact_recorded"]

    def test_tells_what_changed_meanwhile_in_the_compartment_written(self, police: AtDesk) -> None:
        seen = dict(police.load().sequences)
        police.append(described())

        with pytest.raises(ChangedMeanwhile) as refused:
            police.append(described(), expected={"D2": seen.get("D2", 0)})

        assert refused.value.compartment == "D2"
        assert [fact.kind for fact in refused.value.facts] == ["person_described"]

    def test_lets_other_compartments_change_meanwhile(self, police: AtDesk) -> None:
        seen = dict(police.load().sequences)
        police.append(described())

        police.append(consented(police.at), expected=seen)

        assert police.kinds()[-1] == "consent_given"

    def test_offers_what_a_consent_covers(
        self, police: AtDesk, shelter: AtDesk, referral: NewFact
    ) -> None:
        rows = [row for row in shelter.load().access if row.organisation == SHELTER]

        assert {row.state for row in rows} == {"offered"}
        assert {row.compartment for row in rows} == set(HERS)
        assert {row.offer_fact for row in rows} == {referral.fact_ref}

    def test_lets_an_addressee_answer_and_do_nothing_else(
        self, shelter: AtDesk, referral: NewFact
    ) -> None:
        with pytest.raises(AccessMissing):
            shelter.append(needs_noted())

        shelter.append(answered(referral, "asks"))

    def test_opens_when_the_addressee_accepts(self, shelter: AtDesk, accepted: NewFact) -> None:
        shelter.append(needs_noted())

        rows = [row for row in shelter.load().access if row.organisation == SHELTER]
        assert {row.state for row in rows} == {"open"}

    def test_closes_when_the_addressee_declines(self, shelter: AtDesk, referral: NewFact) -> None:
        shelter.append(answered(referral, "declined"), declines=(referral.fact_ref,))

        with pytest.raises(CaseNotFound):
            shelter.load()

    def test_closes_at_once_when_consent_is_taken_back(
        self, police: AtDesk, shelter: AtDesk, consent: NewFact, accepted: NewFact
    ) -> None:
        police.append(withdrawn(police.at, consent), closes=(consent.fact_ref,))

        with pytest.raises(CaseNotFound):
            shelter.load()
        assert not [row for row in police.load().access if row.organisation == SHELTER]

    def test_refuses_a_grant_on_a_consent_that_was_taken_back(
        self, police: AtDesk, consent: NewFact
    ) -> None:
        police.append(withdrawn(police.at, consent), closes=(consent.fact_ref,))
        referral = sent(consent)

        with pytest.raises(AccessMissing):
            police.append(referral, grants=offered(police.at, consent, referral))

    def test_refuses_a_grant_without_a_basis_in_the_record(self, police: AtDesk) -> None:
        consent = consented(police.at)
        referral = sent(consent)

        with pytest.raises(AccessMissing):
            police.append(referral, grants=offered(police.at, consent, referral))

    def test_refuses_a_grant_beyond_the_consent(self, police: AtDesk, consent: NewFact) -> None:
        referral = sent(consent)
        more = frozenset({*HERS, "D4"})

        with pytest.raises(AccessMissing):
            police.append(referral, grants=offered(police.at, consent, referral, more))

    def test_refuses_a_grant_to_immigration_enforcement(self, police: AtDesk) -> None:
        removals = cast.REMOVALS.organisation
        consent = consented(police.at, removals, "MI", scopes=["D1"])
        police.append(consent)
        referral = sent(consent)
        grants = offered_grants(
            Role.MI,
            frozenset({"D1"}),
            organisation=removals,
            account=None,
            until=police.at + timedelta(days=9),
            basis=consent.fact_ref,
            offer=referral.fact_ref,
        )

        with pytest.raises(AccessMissing):
            police.append(referral, grants=grants)

    def test_refuses_to_hand_on_what_only_others_hold(
        self, police: AtDesk, accepted: NewFact
    ) -> None:
        quiet = cast.QUIET_HOUSE.organisation
        consent = consented(police.at, quiet, "CM")
        police.append(consent)
        referral = sent(consent)
        grants = offered_grants(
            Role.CM,
            frozenset({"D1", "D9"}),
            organisation=quiet,
            account=None,
            until=police.at + timedelta(days=9),
            basis=consent.fact_ref,
            offer=referral.fact_ref,
        )

        with pytest.raises(AccessMissing):
            police.append(referral, grants=grants)

    def test_lets_any_holder_record_a_breach(self, shelter: AtDesk, accepted: NewFact) -> None:
        day = shelter.at.date().isoformat()

        shelter.append(
            NewFact(kind="breach_observed", open={"breach": "detained", "observed_on": day})
        )

        assert shelter.kinds()[-1] == "breach_observed"

    def test_starts_no_case_for_another_organisation(self, record: Record, at: datetime) -> None:
        who = cast.POLICE_OFFICER
        first = NewFact(kind="contact_recorded", open={"route": "self"}, basis="own_record")
        grants = own_grants(Role.CM, organisation=SHELTER, named=(), basis=first.fact_ref, at=at)

        with pytest.raises(AccessMissing), record.at_work(who, at) as desk:
            desk.cases.start(
                Change(facts=(first,), grants=grants),
                jurisdiction=cast.JURISDICTION,
                audit=Entry("contract", who.account, at),
            )

    def test_knows_organisations_and_who_holds_a_role(self, record: Record, at: datetime) -> None:
        with record.at_work(cast.POLICE_OFFICER, at) as desk:
            found = desk.directory.organisation(SHELTER)
            holders = desk.directory.holders(SHELTER, Role.CM)
            nobody = desk.directory.organisation(uuid4())

        assert found is not None
        assert (found.kind, found.roles) == ("ngo", cast.GREEN_DOOR.roles)
        assert holders == (cast.CASE_MANAGER.account,)
        assert nobody is None

    def test_leaves_the_front_door_out_of_those_who_hold_a_role(
        self, record: Record, at: datetime
    ) -> None:
        with record.at_work(cast.HELPLINE_WORKER, at) as desk:
            holders = desk.directory.holders(cast.CALL_LINE.organisation, Role.HL)

        assert holders == (cast.HELPLINE_WORKER.account,)

    def test_sends_an_anonymous_notification(self, record: Record, at: datetime) -> None:
        notification = Notification(
            age_group="adult",
            sex="female",
            main_form="labour",
            citizenship_group="eu",
            place_region="MK-008",
            month="2026-03",
            reporting_entity="police",
        )

        with record.at_work(cast.POLICE_OFFICER, at) as desk:
            assert desk.notifications.send(notification)
