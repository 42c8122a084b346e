"""One more sealed part opens in an emergency: what the house holds; whereabouts by two."""

from uuid import UUID

import pytest

from opennrm.casework.contact import SafeContactNote, note_safe_contact
from opennrm.casework.emergency import (
    Emergency,
    EmergencyReview,
    agree_in_emergency,
    ask_in_emergency,
    open_in_emergency,
    review_emergency,
)
from opennrm.casework.plan import RiskAssessment, assess_risk
from opennrm.casework.refusals import (
    AccessMissing,
    CaseNotFound,
    MoveRefused,
    PermissionMissing,
    Refused,
    SecondPersonNeeded,
)
from opennrm.casework.safety_sheet import SafetySheet, write_safety_sheet
from opennrm.records import queries
from opennrm.records.queries.night import asked_for, parts_open, parts_standing_by
from tests import cast, stories
from tests.attacks import raw
from tests.database import NOW, as_administrator, signed_in

POLICE, HOUSE = cast.POLICE_OFFICER, cast.SHELTER_WITHOUT_CONSENT
NIGHT, SECOND = cast.NIGHT_WORKER, cast.NIGHT_COLLEAGUE
NAME, PLACE, RISK = "Arta Gashi", "at her aunt's in the hills", "a man in a red car"
SHARED = ("D1", "D2", "D3", "D8", "D9", "D10")
APPEND = (
    "SELECT nrm.append_fact(%(case)s, %(ref)s, 'emergency_opened', 'D10', now(), "
    "'vital_interest', NULL, %(open)s::jsonb, %(sealed)s, %(version)s, NULL)"
)


@pytest.fixture()
def housed(_database: None) -> UUID:
    """A person in a house with a night duty of two, who agreed that it holds these parts."""
    case_ref = stories.contact(POLICE, majority="adult")
    stories.described(POLICE, case_ref, names=NAME)
    note = SafeContactNote(safe_channel="phone_call", safe_way="after six", whereabouts=PLACE)
    stories.do(note_safe_contact, POLICE, case_ref=case_ref, note=note)
    risk = RiskAssessment(level="high", review_on=stories.in_days(7), reasons=RISK)
    stories.do(assess_risk, POLICE, case_ref=case_ref, assessment=risk)
    sheet = SafetySheet(called="Room 4", medicine="insulin")
    stories.do(write_safety_sheet, POLICE, case_ref=case_ref, sheet=sheet)
    sent = stories.referred(POLICE, case_ref, HOUSE, "SH", SHARED)
    stories.answered(HOUSE, case_ref, sent)
    return case_ref


def needed(part: str, **more: object) -> Emergency:
    given = {"reason": "threat", "part": part, "why": "She is gone, the window is broken."}
    return Emergency(**(given | more))  # type: ignore[arg-type]


def opened(case_ref: UUID, part: str, who: cast.Member = NIGHT, **more: object) -> UUID:
    emergency = needed(part, **more)
    ref: UUID = stories.do(open_in_emergency, who, case_ref=case_ref, emergency=emergency)
    return ref


def asked(case_ref: UUID, who: cast.Member = NIGHT) -> UUID:
    ref: UUID = stories.do(ask_in_emergency, who, case_ref=case_ref, emergency=needed("D3"))
    return ref


def agreed(case_ref: UUID, question: UUID, who: cast.Member = SECOND) -> UUID:
    ref: UUID = stories.do(agree_in_emergency, who, case_ref=case_ref, asked=question)
    return ref


def read(case_ref: UUID, who: cast.Member = NIGHT) -> set[str]:
    page = queries.case_page(signed_in(who), case_ref, at=NOW, opened=raw.EVERY_PART)
    return {text for entry in page.timeline for text in (entry.told or {}).values()}


def moved(fact: UUID, by: str) -> None:
    """Say that a fact was recorded earlier or later; left so, it would break the chain."""
    with as_administrator() as connection:
        connection.execute("ALTER TABLE nrm.fact DISABLE TRIGGER only_added")
        connection.execute(
            f"UPDATE nrm.fact SET recorded_at = recorded_at {by} WHERE fact_ref = %s", [fact]
        )
        connection.execute("ALTER TABLE nrm.fact ENABLE ALWAYS TRIGGER only_added")


class TestOnePart:
    def test_stands_by_as_far_as_the_house_holds_it(self, housed: UUID) -> None:
        with pytest.raises(CaseNotFound):
            read(housed)
        assert parts_standing_by(signed_in(NIGHT), housed) == ()

        stories.do(open_in_emergency, NIGHT, case_ref=housed, emergency=Emergency(reason="threat"))

        assert parts_standing_by(signed_in(NIGHT), housed) == ("D2", "D3", "D8")
        assert parts_standing_by(signed_in(HOUSE), housed) == ()

    @pytest.mark.parametrize(("part", "words"), [("D2", NAME), ("D8", RISK)])
    def test_opens_alone(self, housed: UUID, part: str, words: str) -> None:
        opened(housed, part)

        told = read(housed)
        page = queries.case_page(signed_in(NIGHT), housed, at=NOW)
        assert words in told
        assert {NAME, PLACE, RISK} & told == {words}
        assert set(page.compartments) == {part}
        assert [one.part for one in parts_open(signed_in(NIGHT), housed, at=NOW)] == [part]

    @pytest.mark.parametrize(
        ("more", "refusal"),
        [
            ({"why": " "}, MoveRefused),
            ({"hours": 25}, MoveRefused),
            ({"part": "D4"}, PermissionMissing),
            ({"part": "D9"}, PermissionMissing),
            ({"part": "D5S"}, AccessMissing),
            ({"part": "D3"}, SecondPersonNeeded),
        ],
    )
    def test_is_refused(self, housed: UUID, more: dict[str, object], refusal: type[Refused]):
        with pytest.raises(refusal):
            opened(housed, str(more.pop("part", "D8")), **more)
        with pytest.raises(CaseNotFound):
            read(housed)

    @pytest.mark.parametrize("who", (HOUSE, cast.CASE_MANAGER, cast.DATA_OFFICER))
    def test_opens_for_nobody_but_the_night_duty(self, housed: UUID, who: cast.Member) -> None:
        with pytest.raises(PermissionMissing):
            opened(housed, "D8", who)

    def test_ends_at_once_with_the_consent_and_stands_by_no_more(self, housed: UUID) -> None:
        opened(housed, "D8")
        stories.withdrawn(POLICE, housed, stories.newest(POLICE, housed, "consent_given"))

        with pytest.raises(CaseNotFound):
            read(housed)
        assert parts_standing_by(signed_in(NIGHT), housed) == ()
        with pytest.raises(AccessMissing):
            opened(housed, "D8")

    def test_is_told_at_once_and_comes_up_for_telling_her(self, housed: UUID) -> None:
        before = {who: len(told(who, "emergency_opened")) for who in (cast.DATA_OFFICER, HOUSE)}

        opened(housed, "D8")

        due = {due.kind for due in queries.case_page(signed_in(POLICE), housed, at=NOW).due}
        assert {"T23", "T19"} <= due
        assert all(len(told(who, "emergency_opened")) > count for who, count in before.items())


class TestWhereabouts:
    def test_open_to_who_asked_when_another_agrees(self, housed: UUID) -> None:
        question = asked(housed)
        with pytest.raises(CaseNotFound):
            read(housed)

        agreed(housed, question)

        assert PLACE in read(housed)
        with pytest.raises(CaseNotFound):
            read(housed, SECOND)
        assert question not in [one.asked for one in asked_for(signed_in(SECOND))]

    def test_are_asked_for_in_the_house_only(self, housed: UUID) -> None:
        question = asked(housed)

        lists = {who: asked_for(signed_in(who)) for who in (SECOND, NIGHT, HOUSE, POLICE)}
        assert [(o.part, o.is_own) for o in lists[SECOND] if o.asked == question] == [
            ("D3", False)
        ]
        assert [o.is_own for o in lists[NIGHT] if o.asked == question] == [True]
        assert lists[HOUSE] == lists[POLICE] == ()
        assert told(cast.DATA_OFFICER, "emergency_asked")

    def test_do_not_open_to_who_agrees_with_herself(self, housed: UUID) -> None:
        question = asked(housed)

        with pytest.raises(SecondPersonNeeded):
            agreed(housed, question, NIGHT)
        with pytest.raises(PermissionMissing):
            agreed(housed, question, HOUSE)

    def test_open_once_for_each_question(self, housed: UUID) -> None:
        question = asked(housed)
        agreed(housed, question)

        with pytest.raises(MoveRefused):
            agreed(housed, question)

    def test_are_looked_at_by_neither_of_the_two(self, housed: UUID) -> None:
        opening = agreed(housed, asked(housed))
        review = EmergencyReview(opening=opening, finding="needed", reviewed_on=stories.TODAY)

        stories.do(review_emergency, POLICE, case_ref=housed, review=review)

        due = {due.kind for due in queries.case_page(signed_in(POLICE), housed, at=NOW).due}
        assert "T23" not in due

    def test_stay_closed_to_who_came_to_the_night_duty_later(self, housed: UUID) -> None:
        with as_administrator() as connection:
            connection.execute(
                "DELETE FROM nrm.wrap USING nrm.access WHERE wrap.access_ref = access.access_ref "
                "AND case_ref = %s AND account = %s",
                [housed, NIGHT.account],
            )
            connection.execute(
                "UPDATE nrm.access SET closed_at = now() WHERE case_ref = %s AND account = %s",
                [housed, NIGHT.account],
            )

        with pytest.raises(AccessMissing):
            asked(housed)


class TestAForgedOpening:
    """Statements sent past the use cases, in the session of somebody on night duty."""

    def forge(self, case_ref: UUID, open_part: str, *, sealed: bytes | None = b"x") -> str:
        ref = cast.ref(f"forged {case_ref} {open_part}")
        values = {"case": case_ref, "ref": ref, "open": open_part, "sealed": sealed}
        values["version"] = 0 if sealed is None else 1
        with raw.reader(signed_in(NIGHT).token, raw.RECORDER) as connection:
            connection.execute(APPEND, values)
            return raw.refused(connection, "SELECT nrm.open_in_emergency(%s, %s)", [case_ref, ref])

    @staticmethod
    def said(part: str, **more: object) -> str:
        extra = "".join(f', "{name}": "{value}"' for name, value in more.items())
        head = f'{{"rule": "R42", "part": "{part}", "reason": "threat"'
        return head + ', "until": "2099-01-01T00:00:00+00:00"' + extra + "}"

    def test_of_whereabouts_by_one_person_opens_nothing(self, housed: UUID) -> None:
        own = asked(housed)

        assert self.forge(housed, self.said("D3")) == "NR403"
        assert self.forge(housed, self.said("D3", answers=own)) == "NR403"
        assert self.forge(housed, self.said("D3", answers=cast.ref("nothing"))) == "NR403"

    def test_without_a_word_of_why_opens_nothing(self, housed: UUID) -> None:
        assert self.forge(housed, self.said("D8"), sealed=None) == "NR403"

    @pytest.mark.parametrize("part", ["D1", "D4", "D5", "D10", "D5S"])
    def test_of_what_does_not_stand_by_opens_nothing(self, housed: UUID, part: str) -> None:
        assert self.forge(housed, self.said(part)) == "NR403"

    def test_after_an_hour_opens_nothing(self, housed: UUID) -> None:
        question = asked(housed, SECOND)
        moved(question, "- interval '61 minutes'")

        try:
            assert self.forge(housed, self.said("D3", answers=question)) == "NR403"
        finally:
            moved(question, "+ interval '61 minutes'")

    def test_without_a_factor_shown_just_now_opens_nothing(self, housed: UUID) -> None:
        token = raw.fresh_session(NIGHT).token
        with as_administrator() as connection:
            connection.execute(
                "UPDATE nrm.sign_in SET factor = 'passkey', factor_at = now() - interval '1 hour' "
                "WHERE token_hash = nrm.hash_of(%s)",
                [token],
            )
        values = {"case": housed, "ref": cast.ref(f"stale {housed}"), "sealed": b"x"}
        values |= {"version": 1, "open": self.said("D8")}
        with raw.reader(token, raw.RECORDER) as connection:
            connection.execute(APPEND, values)
            refusal = raw.refused(
                connection, "SELECT nrm.open_in_emergency(%s, %s)", [housed, values["ref"]]
            )

        assert refusal == "NR403"

    def test_for_a_year_lasts_a_day(self, housed: UUID) -> None:
        ref = cast.ref(f"a year {housed}")
        values = {"case": housed, "ref": ref, "open": self.said("D8"), "sealed": b"x"}
        with raw.reader(signed_in(NIGHT).token, raw.RECORDER) as connection:
            connection.execute(APPEND, values | {"version": 1})
            connection.execute("SELECT nrm.open_in_emergency(%s, %s)", [housed, ref])
        with as_administrator() as connection:
            row = connection.execute(
                "SELECT until <= now() + interval '24 hours' FROM nrm.access "
                "WHERE basis_fact = %s",
                [ref],
            ).fetchone()

        assert row == (True,)


def told(who: cast.Member, kind: str) -> list[UUID]:
    return [n.about for n in queries.notices(signed_in(who)) if n.kind == kind]
