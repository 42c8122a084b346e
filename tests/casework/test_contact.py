"""Tests of first contact and of asking for help."""

from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

import pytest

from opennrm.casework.contact import (
    AccountNote,
    Contact,
    HelpRequest,
    PersonDescription,
    SafeContactNote,
    ask_for_help,
    describe_person,
    note_account,
    note_safe_contact,
    record_contact,
)
from opennrm.casework.refusals import AccessMissing, CaseNotFound, PermissionMissing
from tests import cast
from tests.cast import NOON, Member
from tests.fakes import Office

TWO_MINUTES = Contact(
    route="self",
    channel="phone",
    contact_on=date(2026, 3, 2),
    danger="high",
    majority="adult",
    left_early=True,
    safe_channel="text_message",
    safe_way="number ending 44, evenings only",
    words="please not my brother",
)


def contacted(office: Office, who: Member, contact: Contact = TWO_MINUTES) -> UUID:
    return record_contact(
        contact=contact, actor=who.actor, at=NOON, desk=office.desk(who.actor, NOON)
    )


def kinds(office: Office, case_ref: UUID) -> list[str]:
    return [f"{fact.kind} {fact.compartment}" for fact in office.case(case_ref).facts]


class TestRecordContact:
    def test_keeps_a_safe_way_a_word_and_the_danger_when_she_leaves_early(
        self, office: Office
    ) -> None:
        case_ref = contacted(office, cast.POLICE_OFFICER)

        assert kinds(office, case_ref) == [
            "contact_recorded D1",
            "safe_contact_noted D3",
            "account_noted D4",
        ]
        first, safe, account = office.case(case_ref).facts
        assert first.open["danger"] == "high"
        assert first.open["route"] == "self"
        assert first.open["reporting_entity"] == "police"
        assert office.sealed(safe.fact_ref)["safe_way"] == "number ending 44, evenings only"
        assert office.sealed(account.fact_ref)["words"] == "please not my brother"

    def test_needs_nothing_but_how_she_was_met(self, office: Office) -> None:
        bare = Contact(route="own_detection", channel="outreach", contact_on=NOON.date())

        case_ref = contacted(office, cast.BORDER_OFFICER, bare)

        assert kinds(office, case_ref) == ["contact_recorded D1"]

    def test_writes_summaries_where_the_matrix_gives_a_helpline_no_more(
        self, office: Office
    ) -> None:
        named = replace(TWO_MINUTES, called="Lule")

        case_ref = contacted(office, cast.HELPLINE_WORKER, named)

        assert kinds(office, case_ref) == [
            "contact_recorded D1",
            "person_described D2S",
            "safe_contact_noted D3S",
            "account_noted D4",
        ]
        assert office.case(case_ref).facts[0].open["reporting_entity"] == "helpline"

    def test_opens_the_case_to_the_own_organisation_for_five_years_and_nobody_else(
        self, office: Office
    ) -> None:
        case_ref = contacted(office, cast.POLICE_OFFICER)

        rows = office.case(case_ref).access
        assert {row.organisation for row in rows} == {cast.TOWN_POLICE.organisation}
        assert {row.role.value for row in rows} == {"FR"}
        assert {(row.until - NOON).days for row in rows} == {1826}
        assert {row.basis_fact for row in rows} == {office.case(case_ref).facts[0].fact_ref}

    def test_opens_whereabouts_to_the_worker_by_name_only(self, office: Office) -> None:
        case_ref = contacted(office, cast.POLICE_OFFICER)

        named = {
            row.compartment: row.account
            for row in office.case(case_ref).access
            if row.account is not None
        }
        assert named == {
            "D3": cast.POLICE_OFFICER.account,
            "D3S": cast.POLICE_OFFICER.account,
        }

    def test_opens_one_set_of_rows_for_each_acting_role(self, office: Office) -> None:
        both = replace(
            cast.CASE_MANAGER.actor,
            roles=cast.CASE_MANAGER.actor.roles | cast.POLICE_OFFICER.actor.roles,
        )

        case_ref = record_contact(
            contact=TWO_MINUTES, actor=both, at=NOON, desk=office.desk(both, NOON)
        )

        assert {row.role.value for row in office.case(case_ref).access} == {"FR", "CM"}

    def test_treats_a_person_whose_age_is_in_doubt_as_a_child(self, office: Office) -> None:
        doubt = replace(TWO_MINUTES, majority="adult", age_in_doubt=True)

        case_ref = contacted(office, cast.POLICE_OFFICER, doubt)

        assert office.case(case_ref).facts[0].open["age_status"] == "presumed_child"

    def test_keeps_how_the_organisation_came_to_know(self, office: Office) -> None:
        sent = replace(TWO_MINUTES, route="referred", referred_by=cast.BORDER_GUARD.organisation)

        case_ref = contacted(office, cast.HELPLINE_WORKER, sent)

        first = office.case(case_ref).facts[0]
        assert first.reference("referred_by") == cast.BORDER_GUARD.organisation

    @pytest.mark.parametrize("who", [cast.IMMIGRATION_OFFICER, cast.ANALYST, cast.HEALTH_WORKER])
    def test_is_refused_to_other_roles(self, office: Office, who: Member) -> None:
        with pytest.raises(PermissionMissing) as refused:
            contacted(office, who)

        assert refused.value.finding.reason == "role_not_allowed"

    def test_is_refused_when_the_agreement_has_ended(self, office: Office) -> None:
        lapsed = replace(cast.POLICE_OFFICER.actor, agreement_until=NOON.date())

        with pytest.raises(PermissionMissing) as refused:
            record_contact(
                contact=TWO_MINUTES, actor=lapsed, at=NOON, desk=office.desk(lapsed, NOON)
            )

        assert refused.value.finding.reason == "agreement_lapsed"

    def test_leaves_an_audit_entry(self, office: Office) -> None:
        contacted(office, cast.POLICE_OFFICER)

        assert [(entry.action, entry.actor) for entry in office.entries] == [
            ("record_contact", cast.POLICE_OFFICER.account)
        ]


class TestAskForHelp:
    ANONYMOUS = HelpRequest(asked_by="client", message="There is a girl in the yard house.")

    def asked(self, office: Office, request: HelpRequest = ANONYMOUS) -> UUID:
        door = cast.FRONT_DOOR.actor
        return ask_for_help(request=request, actor=door, at=NOON, desk=office.desk(door, NOON))

    def test_may_stay_anonymous(self, office: Office) -> None:
        case_ref = self.asked(office)

        assert kinds(office, case_ref) == ["contact_recorded D1", "help_asked D4"]
        first = office.case(case_ref).facts[0]
        assert (first.text("route"), first.text("asked_by")) == ("relative_or_other", "client")

    def test_reaches_the_helpline_and_those_who_hold_its_role_by_name(
        self, office: Office
    ) -> None:
        asking = HelpRequest(
            asked_by="self", message="I need to leave.", safe_way="ask for Lule", called="Lule"
        )

        case_ref = self.asked(office, asking)

        case = office.desk(cast.HELPLINE_WORKER.actor, NOON).cases.load(case_ref)
        accounts = {row.account for row in case.access if row.compartment == "D3S"}
        assert accounts == {cast.HELPLINE_WORKER.account}
        assert {row.role.value for row in case.access} == {"HL"}
        assert case.facts[0].text("route") == "self"

    def test_tells_the_receiving_organisation(self, office: Office) -> None:
        case_ref = self.asked(office)

        (notice,) = office.notices
        assert notice.organisation == cast.CALL_LINE.organisation
        assert notice.about == office.case(case_ref).facts[0].fact_ref

    def test_is_refused_to_someone_who_is_signed_in(self, office: Office) -> None:
        worker = cast.HELPLINE_WORKER.actor

        with pytest.raises(PermissionMissing) as refused:
            ask_for_help(
                request=self.ANONYMOUS, actor=worker, at=NOON, desk=office.desk(worker, NOON)
            )

        assert refused.value.finding.reason == "front_door_only"

    def test_is_the_only_thing_the_front_door_can_do(self, office: Office) -> None:
        with pytest.raises(PermissionMissing) as refused:
            contacted(office, cast.FRONT_DOOR)

        assert refused.value.finding.reason == "not_from_front_door"


class TestLaterNotes:
    def test_add_who_she_is_how_to_reach_her_and_her_words(self, office: Office) -> None:
        case_ref = contacted(office, cast.POLICE_OFFICER)
        actor = cast.POLICE_OFFICER.actor
        at_work = {"actor": actor, "at": NOON, "desk": office.desk(actor, NOON)}

        who = describe_person(
            case_ref=case_ref,
            person=PersonDescription(sex="female", citizenship=("AL",), names="Lule Testova"),
            **at_work,
        )
        note_safe_contact(
            case_ref=case_ref, note=SafeContactNote(safe_channel="she_will_call"), **at_work
        )
        note_account(case_ref=case_ref, account=AccountNote(means=("threat",)), **at_work)

        assert kinds(office, case_ref)[-3:] == [
            "person_described D2",
            "safe_contact_noted D3",
            "account_noted D4",
        ]
        assert office.sealed(who) == {"names": "Lule Testova"}

    def test_find_no_case_where_none_is_open(self, office: Office) -> None:
        contacted(office, cast.POLICE_OFFICER)
        other = cast.BORDER_OFFICER.actor

        with pytest.raises(CaseNotFound):
            describe_person(
                case_ref=uuid4(),
                person=PersonDescription(),
                actor=other,
                at=NOON,
                desk=office.desk(other, NOON),
            )

    def test_keep_whereabouts_from_a_colleague_who_was_not_named(self, office: Office) -> None:
        case_ref = contacted(office, cast.POLICE_OFFICER)
        colleague = cast.POLICE_COLLEAGUE.actor

        with pytest.raises(AccessMissing):
            note_safe_contact(
                case_ref=case_ref,
                note=SafeContactNote(safe_channel="she_will_call"),
                actor=colleague,
                at=NOON,
                desk=office.desk(colleague, NOON),
            )
