"""Tests of the anonymous notification (R44)."""

from dataclasses import asdict, fields, replace
from uuid import UUID

import pytest

from opennrm.casework.notification import notify_without_identity
from opennrm.casework.ports import Notification
from opennrm.casework.refusals import CaseNotFound, PermissionMissing, RuleBroken
from tests import cast
from tests.casework.test_contact import contacted
from tests.cast import NOON, Member
from tests.fakes import Office

COARSE = {
    "age_group": "adult",
    "sex": "female",
    "main_form": "labour",
    "citizenship_group": "eu",
    "place_region": "MK-008",
    "month": "2026-03",
    "reporting_entity": "police",
}
TYPED_BEFORE_SHE_SAID_NO = {
    "names": "Lule Testova",
    "called": "Lule",
    "birthdate": "2001-01-01",
    "phone": "+38970000000",
    "safe_way": "ask for her at the bakery",
    "third_person_name": "Agim Testov",
    "third_person_email": "agim@cast.example",
    "third_person_address": "1 Test Street",
    "words": "he took my passport",
    "files": ["passport.jpg", "contract.pdf"],
    "file_description": "her passport",
    "consent": "no",
}


def notified(
    office: Office, who: Member, sent: Notification, case_ref: UUID | None = None
) -> UUID:
    return notify_without_identity(
        case_ref=case_ref,
        notification=sent,
        actor=who.actor,
        at=NOON,
        desk=office.desk(who.actor, NOON),
    )


class TestNotifyWithoutIdentity:
    @pytest.mark.parametrize("place", ["MK-701", "MK", "MK-ANA", "GB-TLI", "GB-HRY"])
    def test_names_no_place_but_a_large_region_of_here(self, office: Office, place: str) -> None:
        with pytest.raises(RuleBroken) as refused:
            sent = Notification.of(COARSE | {"place_region": place})
            notified(office, cast.POLICE_OFFICER, sent)

        assert refused.value.finding.rule == "R44"
        assert office.notifications == []

    @pytest.mark.parametrize("place", ["MK-001", "unknown"])
    def test_names_a_large_region_or_none(self, office: Office, place: str) -> None:
        notified(office, cast.POLICE_OFFICER, Notification.of(COARSE | {"place_region": place}))

        assert office.notifications[0].place_region == place

    def test_sends_the_same_whatever_was_typed_before_she_said_no(self, office: Office) -> None:
        notified(office, cast.POLICE_OFFICER, Notification.of(COARSE))
        notified(office, cast.POLICE_OFFICER, Notification.of(TYPED_BEFORE_SHE_SAID_NO | COARSE))

        untouched, changed_at_the_last_moment = office.notifications
        assert changed_at_the_last_moment == untouched
        assert asdict(untouched) == COARSE

    def test_needs_no_case(self, office: Office) -> None:
        notified(office, cast.POLICE_OFFICER, Notification.of(COARSE))

        assert office.files == {}
        assert len(office.notifications) == 1

    def test_leaves_a_mark_on_the_case_without_a_link_to_what_was_sent(
        self, office: Office
    ) -> None:
        case_ref = contacted(office, cast.POLICE_OFFICER)

        reference = notified(office, cast.POLICE_OFFICER, Notification.of(COARSE), case_ref)

        mark = office.case(case_ref).facts[-1]
        assert (mark.kind, dict(mark.open)) == ("notification_sent", COARSE)
        assert str(reference) not in str(mark)
        assert str(case_ref) not in str(office.notifications)

    def test_opens_nothing_to_anyone(self, office: Office) -> None:
        case_ref = contacted(office, cast.POLICE_OFFICER)
        before = office.case(case_ref).access

        notified(office, cast.POLICE_OFFICER, Notification.of(COARSE), case_ref)

        assert office.case(case_ref).access == before
        assert office.notices == []

    def test_finds_no_case_where_none_is_open_and_sends_nothing(self, office: Office) -> None:
        case_ref = contacted(office, cast.POLICE_OFFICER)

        with pytest.raises(CaseNotFound):
            notified(office, cast.BORDER_OFFICER, Notification.of(COARSE), case_ref)

        assert office.notifications == []

    def test_is_refused_to_other_roles(self, office: Office) -> None:
        with pytest.raises(PermissionMissing):
            notified(office, cast.ANALYST, Notification.of(COARSE))


class TestNotification:
    @pytest.mark.parametrize("field", [field.name for field in fields(Notification)])
    @pytest.mark.parametrize(
        "personal",
        ["Lule Testova", "+38970000000", "lule@cast.example", "2001-01-01", "MK-Lule-Hoxha", ""],
    )
    def test_cannot_hold_a_name_a_number_or_a_day(self, field: str, personal: str) -> None:
        with pytest.raises(RuleBroken) as refused:
            replace(Notification.of(COARSE), **{field: personal})

        assert refused.value.finding.rule == "R44"

    def test_has_no_other_field(self) -> None:
        assert {field.name for field in fields(Notification)} == set(COARSE)
