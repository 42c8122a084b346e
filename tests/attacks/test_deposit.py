"""Immigration enforcement hands a referral in one way, and sees nothing of it, then or later."""

from uuid import UUID

import pytest
from django.urls import reverse

from opennrm.casework.deposit import Deposit, deposit_referral
from opennrm.casework.refusals import CaseNotFound, PermissionMissing, RuleBroken
from opennrm.records import queries
from opennrm.records.reference import reference
from tests import cast, stories
from tests.attacks import raw
from tests.database import NOW, as_administrator, signed_in
from tests.web.browsing import browser, sent

OFFICER, HELPLINE = cast.IMMIGRATION_OFFICER, cast.HELPLINE_WORKER
SEEN, NAME, PLACE = "she was locked in the van", "Lule of the van", "bed nine of the hospital"
AGREED = Deposit(message=SEEN, person_agreed=True, called=NAME, whereabouts=PLACE, urgent=True)


def handed_in(deposit: Deposit = AGREED, who: cast.Member = OFFICER) -> UUID:
    receipt: UUID = stories.do(deposit_referral, who, deposit=deposit)
    return receipt


def case_of(receipt: UUID) -> UUID:
    with as_administrator() as connection:
        row = connection.execute(
            "SELECT case_ref FROM nrm.fact WHERE fact_ref = %s", [receipt]
        ).fetchone()
    assert row is not None
    return UUID(str(row[0]))


class TestADeposit:
    def test_reaches_the_house_behind_the_front_door(self, _database: None) -> None:
        case_ref = case_of(handed_in())

        page = queries.case_page(signed_in(HELPLINE), case_ref, at=NOW, opened=raw.EVERY_PART)
        told = {text for entry in page.timeline for text in (entry.told or {}).values()}
        assert {SEEN, NAME, PLACE} <= told
        assert "help_asked" in {notice.kind for notice in queries.notices(signed_in(HELPLINE))}
        deposited = page.case.newest("referral_deposited")
        assert deposited is not None
        assert deposited.reference("by") == OFFICER.actor.organisation

    def test_shows_the_depositor_nothing_but_the_receipt(self, _database: None) -> None:
        receipt = handed_in()
        case_ref = case_of(receipt)
        session = signed_in(OFFICER)

        with raw.reader(session.token) as connection:
            found = raw.visible_anywhere(connection)
            assert raw.mentions(found, case_ref, receipt, SEEN, NAME) == []
        with pytest.raises(CaseNotFound):
            queries.case_page(session, case_ref, at=NOW, opened=raw.EVERY_PART)
        assert queries.worklist(session, at=NOW).rows == ()
        assert list(queries.find_people(session, NAME, at=NOW)) == []
        assert receipt != case_ref

    def test_makes_no_access_row_for_who_enforces(self, _database: None) -> None:
        case_ref = case_of(handed_in())

        with as_administrator() as connection:
            rows = connection.execute(
                "SELECT DISTINCT organisation, role FROM nrm.access WHERE case_ref = %s",
                [case_ref],
            ).fetchall()
            entries = connection.execute(
                "SELECT action, case_ref FROM nrm.journal WHERE account = %s "
                "ORDER BY entry DESC LIMIT 1",
                [OFFICER.account],
            ).fetchone()
        assert rows == [(cast.CALL_LINE.organisation, "HL")]
        assert entries == ("deposit_referral", None)

    def test_is_refused_where_she_is_named_without_her_word(self, _database: None) -> None:
        for more in ({"called": NAME}, {"whereabouts": PLACE}, {"safe_way": "070 123"}):
            with pytest.raises(RuleBroken):
                handed_in(Deposit(message=SEEN, **more))  # type: ignore[arg-type]

    def test_without_her_word_carries_what_was_seen(self, _database: None) -> None:
        case_ref = case_of(handed_in(Deposit(message=SEEN)))

        kinds = [fact.kind for fact in stories.folded(HELPLINE, case_ref).facts]
        assert kinds == ["contact_recorded", "referral_deposited", "help_asked"]

    @pytest.mark.parametrize("who", (cast.POLICE_OFFICER, HELPLINE, cast.MIGRATION_OFFICER))
    def test_is_no_way_for_those_who_may_refer(self, _database: None, who: cast.Member) -> None:
        with pytest.raises(PermissionMissing):
            handed_in(who=who)

    def test_leaves_nothing_behind_when_it_is_refused(self, _database: None) -> None:
        with as_administrator() as connection:
            before = connection.execute("SELECT count(*) FROM nrm.case_head").fetchone()
        with pytest.raises(RuleBroken):
            handed_in(Deposit(message=SEEN, called=NAME))
        with as_administrator() as connection:
            assert connection.execute("SELECT count(*) FROM nrm.case_head").fetchone() == before


class TestThePage:
    def test_shows_a_receipt_once_and_never_the_case(self, _database: None) -> None:
        client, address = browser(OFFICER), reverse("deposit_referral")

        answer = sent(client, address, message="A girl in the van.", person_agreed="on")
        shown = client.get(address).content.decode()

        assert answer.status_code == 302
        receipt = newest_receipt()
        assert reference(receipt) in shown
        assert reference(case_of(receipt)) not in shown
        assert str(case_of(receipt)) not in shown
        assert reference(receipt) not in client.get(address).content.decode()

    def test_says_what_is_missing_and_keeps_what_was_typed(self, _database: None) -> None:
        client, address = browser(OFFICER), reverse("deposit_referral")

        answer = sent(client, address, message="A girl.", called=NAME)

        assert answer.status_code == 422
        assert "has not agreed" in answer.content.decode()
        assert NAME in answer.content.decode()

    @pytest.mark.parametrize("who", (cast.POLICE_OFFICER, HELPLINE, cast.DATA_OFFICER))
    def test_is_there_for_enforcement_only(self, _database: None, who: cast.Member) -> None:
        assert browser(who).get(reverse("deposit_referral")).status_code == 404


def newest_receipt() -> UUID:
    with as_administrator() as connection:
        row = connection.execute(
            "SELECT fact_ref FROM nrm.fact WHERE kind = 'referral_deposited' "
            "ORDER BY recorded_at DESC LIMIT 1"
        ).fetchone()
    assert row is not None
    return UUID(str(row[0]))
