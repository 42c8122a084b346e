"""The pages of a survey: a ministry fills in, NGOs answer together, the office reads results."""

import io
import re
from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
import xlsxwriter
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from python_calamine import CalamineWorkbook

from opennrm.coordination.desk import at_coordination
from opennrm.coordination.models import HeldElsewhere, QuestionMatch, SurveyCoding, SurveyRound
from opennrm.exchange.questionnaires.yaml_file import shipped
from tests import cast
from tests.coordination.rounds import opened
from tests.database import as_administrator, signed_in
from tests.web.browsing import browser, fields_of, sent

DUE = {"due_on-day": "1", "due_on-month": "9", "due_on-year": "2026"}
YEAR = {
    "F1-from-day": "1",
    "F1-from-month": "1",
    "F1-from-year": "2025",
    "F1-until-day": "31",
    "F1-until-month": "12",
    "F1-until-year": "2025",
}


def text(answer: Any) -> str:
    return str(answer.content.decode())


def begun(client: Client, round_: SurveyRound, group: str, name: str) -> str:
    """Begin a reply on its page and return where it lives."""
    at = f"/coordination/rounds/{round_.ref}/reply/"
    answer = sent(client, at, group=group, state="MK", name=name)
    assert answer.status_code == 302, text(answer)
    return str(answer["Location"])


def filled(client: Client, reply: str, section: str, **typed: Any) -> Any:
    """Fill in a section."""
    return sent(client, f"{reply}section/{section}/", **typed)


@pytest.fixture(scope="module")
def round_() -> SurveyRound:
    return opened()


@pytest.fixture(scope="module")
def client_of() -> Callable[[cast.Member], Client]:
    kept: dict[cast.Member, Client] = {}

    def client(member: cast.Member) -> Client:
        if member not in kept:
            cache.clear()
            kept[member] = browser(member)
        return kept[member]

    return client


@pytest.fixture(scope="module")
def government(round_: SurveyRound, client_of: Callable[[cast.Member], Client]) -> str:
    """A government's reply, filled in by a ministry, approved and sent."""
    nco, ministry = client_of(cast.CO_ORDINATOR), client_of(cast.DECIDING_OFFICER)
    reply = begun(nco, round_, "state", "Government")
    house = str(cast.DECIDING_OFFICER.organisation.organisation)
    assigned = sent(nco, f"{reply}assign/", organisation=house, sections=["F"], **DUE)
    assert assigned.status_code == 302, text(assigned)
    assert "is asked to fill in a part" in text(
        ministry.get(f"/coordination/rounds/{round_.ref}/")
    )
    bad = filled(ministry, reply, "F", F1="60 persons", **YEAR)
    assert bad.status_code == 422
    good = filled(ministry, reply, "F", F1="60", **{**YEAR, "F1-source": "Register"})
    assert good.status_code == 302, text(good)
    filled(nco, reply, "A", A1="Two ministries")
    filled(nco, reply, "I", I1="yes", I2="no")
    filled(nco, reply, "J", J1="yes", **{"J2-none": "not_available"})
    early = nco.post(f"{reply}do/send/", follow=True)
    assert "has not approved its part yet" in text(early)
    ministry.post(f"{reply}do/approve-part/")
    done = nco.post(f"{reply}do/send/", follow=True)
    assert "approved and sent" in text(done)
    return reply


@pytest.fixture(scope="module")
def civil(round_: SurveyRound, client_of: Callable[[cast.Member], Client]) -> str:
    """A joint reply of two NGOs, sent and not released."""
    ngo, other = client_of(cast.CASE_MANAGER), client_of(cast.TRIAL_OBSERVER)
    reply = begun(ngo, round_, "ngo", "Four organisations")
    house = str(cast.TRIAL_OBSERVER.organisation.organisation)
    sent(ngo, f"{reply}assign/", organisation=house, sections=["J"], **DUE)
    filled(other, reply, "J", J1="yes", J2="no")
    other.post(f"{reply}do/approve-part/")
    filled(ngo, reply, "A", A2="Green Door and Trial Watch")
    filled(ngo, reply, "I", I1="no")
    assert "approved and sent" in text(ngo.post(f"{reply}do/send/", follow=True))
    return reply


class TestAReply:
    def test_shows_the_ministry_its_own_section_only(
        self, government: str, round_: SurveyRound, client_of: Callable[[cast.Member], Client]
    ) -> None:
        reply = begun_again(client_of, round_)
        ministry = client_of(cast.DECIDING_OFFICER)

        shown = text(ministry.get(reply))

        assert f"{reply}section/F/" in shown and f"{reply}section/I/" not in shown
        assert ministry.get(f"{reply}section/I/").status_code == 404

    def test_of_ngos_is_not_there_for_a_government_until_released(
        self, civil: str, client_of: Callable[[cast.Member], Client]
    ) -> None:
        nco, office = client_of(cast.CO_ORDINATOR), client_of(cast.OSCE_OFFICER)

        assert nco.get(civil).status_code == 404
        assert nco.get(f"{civil}workbook.xlsx").status_code == 404
        assert nco.post(f"{civil}do/release/").status_code == 404
        assert office.get(civil).status_code == 200
        assert "Release to everybody" not in text(office.get(civil))

    def test_keeps_what_is_in_order_and_names_what_is_not(
        self, round_: SurveyRound, client_of: Callable[[cast.Member], Client]
    ) -> None:
        reply = begun_again(client_of, round_)
        nco = client_of(cast.CO_ORDINATOR)

        answer = filled(nco, reply, "I", I1="yes", I2="perhaps")

        assert answer.status_code == 422 and "Answers that are in order were saved" in text(answer)
        assert fields_of(nco.get(f"{reply}section/I/"))["I1"] == "yes"

    def test_comes_back_from_a_workbook_or_names_each_fault(
        self, round_: SurveyRound, client_of: Callable[[cast.Member], Client]
    ) -> None:
        reply = begun_again(client_of, round_)
        nco = client_of(cast.CO_ORDINATOR)
        book = nco.get(f"{reply}workbook.xlsx").content

        refused = nco.post(f"{reply}workbook/", {"file": written(book, F1="sixty", I1="yes")})
        taken = nco.post(f"{reply}workbook/", {"file": written(book, I1="yes")}, follow=True)

        assert refused.status_code == 422 and "This is text: sixty" in text(refused)
        assert re.search(r">5<.*>Answer<.*This is text: sixty", text(refused))
        assert "1 answers were taken in" in text(taken)

    def test_warns_of_what_another_monitor_holds(
        self, round_: SurveyRound, client_of: Callable[[cast.Member], Client]
    ) -> None:
        with at_coordination(signed_in(cast.OSCE_OFFICER)):
            HeldElsewhere.objects.create(
                monitor="A treaty body",
                state="MK",
                articles=["CETS197-14"],
                address="Paragraph 40 of its report",
                published_on=date(2024, 5, 1),
            )

        shown = text(client_of(cast.CO_ORDINATOR).get(begun_again(client_of, round_)))

        assert "Told to others already" in shown and "Paragraph 40" in shown and "R79" in shown


class TestResults:
    def results(self, client: Client, round_: SurveyRound, **asked: str) -> str:
        return text(client.get(f"/coordination/rounds/{round_.ref}/results/", asked))

    def test_count_the_sent_replies_with_base_and_chart(
        self, government: str, round_: SurveyRound, client_of: Callable[[cast.Member], Client]
    ) -> None:
        shown = self.results(client_of(cast.OSCE_OFFICER), round_, section="I")

        assert "Base: 1 State" in shown and "<svg" in shown and "100 %" in shown

    def test_set_policy_against_practice_and_states_against_ngos(
        self,
        government: str,
        civil: str,
        round_: SurveyRound,
        client_of: Callable[[cast.Member], Client],
    ) -> None:
        office = client_of(cast.OSCE_OFFICER)

        practice = self.results(office, round_, view="practice", section="I")
        ngos = self.results(office, round_, view="ngos", section="I")
        hidden = self.results(client_of(cast.CO_ORDINATOR), round_, view="ngos", section="I")

        assert "Base: 1 replies that answered both" in practice
        assert "Base: 2 States" not in ngos and "NGOs say" in ngos
        assert re.search(r"Base: 1 States in which both answered; 0 agree", ngos)
        assert "Base: 0 States in which both answered" in hidden

    def test_never_read_further_than_who_asks(
        self, civil: str, round_: SurveyRound, client_of: Callable[[cast.Member], Client]
    ) -> None:
        asked = {"group": "ngo", "section": "J", "unit": "replies"}

        assert "Base: 1 reply" in self.results(client_of(cast.OSCE_OFFICER), round_, **asked)
        assert "Base: 0 replies" in self.results(client_of(cast.CO_ORDINATOR), round_, **asked)

    def test_give_totals_and_files_and_take_odd_addresses(
        self, government: str, round_: SurveyRound, client_of: Callable[[cast.Member], Client]
    ) -> None:
        office = client_of(cast.OSCE_OFFICER)
        at = f"/coordination/rounds/{round_.ref}/results/"

        assert "Total in persons" in self.results(office, round_, view="totals", section="F")
        assert "Residence" not in text(office.get(at, {"as": "csv", "section": "J"}))
        assert office.get(at, {"as": "xlsx"}).content.startswith(b"PK")
        assert office.get(at, {"view": "all", "group": "x", "section": "%"}).status_code == 200

    def test_go_through_the_rounds_only_where_somebody_judged_that_questions_match(
        self, government: str, round_: SurveyRound, client_of: Callable[[cast.Member], Client]
    ) -> None:
        first = opened(shipped("survey-2006"))
        versions = (first.questionnaire_id, round_.questionnaire_id)
        with at_coordination(signed_in(cast.OSCE_OFFICER)):
            given = {"first_id": versions[0], "second_id": versions[1], "match": "same"}
            QuestionMatch.objects.create(first_code="I1", second_code="I1", **given)

        shown = self.results(client_of(cast.OSCE_OFFICER), round_, view="rounds", section="I")

        assert f"{round_.title}, base 1" in shown and f"{first.title}, base 0" in shown
        assert f"{first.title}: not compared. Nobody judged yet" in shown

    def test_are_not_there_for_who_may_not_read_surveys(self, round_: SurveyRound) -> None:
        client = browser(cast.IMMIGRATION_OFFICER)

        assert client.get(f"/coordination/rounds/{round_.ref}/results/").status_code == 404


class TestARound:
    def test_is_frozen_by_the_office_only(
        self, client_of: Callable[[cast.Member], Client]
    ) -> None:
        other = opened()
        at = f"/coordination/rounds/{other.ref}/freeze/"

        assert client_of(cast.CO_ORDINATOR).post(at).status_code == 404
        assert client_of(cast.OSCE_OFFICER).post(at).status_code == 302
        begin = f"/coordination/rounds/{other.ref}/reply/"
        late = sent(
            client_of(cast.CO_ORDINATOR), begin, group="state", state="MK", name="Too late"
        )
        assert late.status_code == 422 and "frozen" in text(late)

    def test_takes_its_questionnaire_from_a_file_or_names_the_faults(
        self, client_of: Callable[[cast.Member], Client]
    ) -> None:
        office = client_of(cast.OSCE_OFFICER)
        at = "/coordination/questionnaires/import/"
        wrong = SimpleUploadedFile("form.yaml", b"key: x")
        whole = (
            b"key: imported\nversion: 1\ntitle: Imported\nlanguage: en\nsource: A test\n"
            b"sections: {A: First}\n"
            b"questions: [{code: A1, section: A, kind: text, text: 'Why?'}]\n"
        )

        refused = office.post(at, {"file": wrong})
        taken = [office.post(at, {"file": SimpleUploadedFile("f.yaml", whole)}) for _ in "12"]

        assert refused.status_code == 422 and "exactly these parts" in text(refused)
        assert [one.status_code for one in taken] == [302, 302]
        with as_administrator() as connection:
            versions = connection.execute(
                "SELECT version FROM coordination_questionnaireversion WHERE key = 'imported'"
            ).fetchall()
        assert sorted(versions) == [(1,), (2,)]
        assert client_of(cast.CO_ORDINATOR).get(at).status_code == 404


def begun_again(client_of: Callable[[cast.Member], Client], round_: SurveyRound) -> str:
    """Return a draft of the co-ordination beside the sent reply, with a part for the ministry."""
    nco = client_of(cast.CO_ORDINATOR)
    at = f"/coordination/rounds/{round_.ref}/reply/"
    made = sent(nco, at, group="state", state="MK", name="Draft", several="on")
    if made.status_code == 302:
        reply = str(made["Location"])
        house = str(cast.DECIDING_OFFICER.organisation.organisation)
        sent(nco, f"{reply}assign/", organisation=house, sections=["F"], **DUE)
        return reply
    shown = text(nco.get(f"/coordination/rounds/{round_.ref}/"))
    found = re.search(r'href="(/coordination/replies/[^"]+)">Draft<', shown)
    assert found is not None
    return found[1]


def written(content: bytes, **answers: str) -> SimpleUploadedFile:
    """Write answers into a workbook, by the codes of their questions."""
    book, out = CalamineWorkbook.from_filelike(io.BytesIO(content)), io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as copy:
        for name in book.sheet_names:
            sheet = copy.add_worksheet(name)
            for place, row in enumerate(book.get_sheet_by_name(name).to_python()):
                sheet.write_row(place, 0, row)
                if len(row) > 3 and row[1] in answers:
                    sheet.write(place, 3, answers[row[1]])
    return SimpleUploadedFile("reply.xlsx", out.getvalue())


class TestCoding:
    def test_shows_agreement_only_once_both_coders_are_through(
        self, client_of: Callable[[cast.Member], Client]
    ) -> None:
        round_ = opened()
        nco, office = client_of(cast.CO_ORDINATOR), client_of(cast.OSCE_OFFICER)
        reply = begun(nco, round_, "state", "Government")
        filled(nco, reply, "A", A1="One ministry")
        filled(nco, reply, "N", N1="People do not know the danger.")
        nco.post(f"{reply}do/send/")
        at = f"/coordination/rounds/{round_.ref}/coding/N1/"
        ref = reply.rstrip("/").rsplit("/", 1)[1]
        with at_coordination(signed_in(cast.OSCE_OFFICER)):
            SurveyCoding.objects.create(
                reply_id=ref, question="N1", coder=uuid4(), codes=["awareness"]
            )

        before = text(office.get(at))
        office.post(at, {ref: ["awareness"]})
        after = text(office.get(at))

        assert "People do not know the danger." in before and "Kappa" not in before
        assert "Kappa (95 %)" in after and "How far two coders agree" in after
        assert re.search(r"Prevention</th><td[^>]*>1<", after)
        assert nco.get(at).status_code == 404
        assert office.get(f"/coordination/rounds/{round_.ref}/coding/I1/").status_code == 404
