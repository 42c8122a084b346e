"""The release desk: who asks, what the machine refuses, who reads, and who clears."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.db import connections, transaction

from opennrm.accounts.models import Account
from opennrm.rapporteur import request_book
from opennrm.rapporteur.catalogue import Period
from opennrm.rapporteur.publishing import ask_for_release, publish, send_back
from opennrm.rapporteur.releases import Request
from opennrm.rapporteur.releasing import ReleaseRefused
from opennrm.rapporteur.requests import Step
from opennrm.rapporteur.working import work_on_requests
from opennrm.statistics import suppression
from tests import cast
from tests.rapporteur.invented import copied, persons
from tests.rapporteur.through_the_desk import worked_on

AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
YEAR = 1971
OTHER_YEAR = 1973
ASKED = Request(Period(YEAR, YEAR), "The report of the year")
OTHER = replace(ASKED, period=Period(OTHER_YEAR, OTHER_YEAR))


@pytest.fixture(scope="module")
def drawn_once(_database):
    """One request over invented persons, drawn and attacked; gone after the module."""
    connection = connections["statistics"]
    with copied(persons(year=YEAR)), transaction.atomic(using="statistics"):
        yield connection, worked_on(ASKED, connection=connection, at=AT)
        transaction.set_rollback(True, using="statistics")


@pytest.fixture
def drawn(drawn_once):
    """The same request, open again for each test."""
    with transaction.atomic(using="statistics"):
        yield drawn_once
        transaction.set_rollback(True, using="statistics")


@pytest.fixture
def counted(statistics):
    """A year of invented persons, and the statistics role's connection."""
    with copied(persons(year=OTHER_YEAR)):
        yield statistics


@pytest.fixture
def one_person_office():
    """The second person of the Rapporteur's office has left."""
    left = Account.objects.using("owner").filter(ref=cast.SECOND_RAPPORTEUR.account)
    left.update(is_active=False)
    yield
    left.update(is_active=True)


def asking(connection, member=cast.RAPPORTEUR, wanted=OTHER):
    return ask_for_release(wanted=wanted, actor=member.actor, connection=connection, at=AT)


def reading(connection, asked, member):
    return publish(request=asked.request, actor=member.actor, connection=connection, at=AT)


class TestAskForRelease:
    def test_waits_for_the_machine_and_says_what_was_asked(self, counted):
        asked = asking(counted)

        assert asked.is_waiting_for_work
        assert (asked.purpose, asked.period) == (OTHER.purpose, OTHER.period)
        assert asked.rule.threshold == 10
        assert asked.rule.rounding == 5
        assert not asked.needs_clearance

    @pytest.mark.parametrize("who", [cast.POLICE_OFFICER, cast.CASE_MANAGER, cast.CO_ORDINATOR])
    def test_is_for_those_who_release(self, counted, who):
        with pytest.raises(ReleaseRefused, match="the Rapporteur or her statistics officer"):
            asking(counted, who)

    def test_takes_one_request_for_the_same_years_at_a_time(self, counted):
        asking(counted)

        with pytest.raises(ReleaseRefused, match="is on the desk"):
            asking(counted)

    @pytest.mark.parametrize("more", [{"revises": 999_999}, {"reason": "Late reports"}])
    def test_takes_a_correction_with_its_release_and_its_reason_only(self, counted, more):
        with pytest.raises(ReleaseRefused, match="Give both, or neither"):
            asking(counted, wanted=replace(OTHER, **more))

    def test_refuses_years_that_are_not_over(self, counted):
        with pytest.raises(ReleaseRefused, match="Only years that are over"):
            asking(counted, wanted=replace(OTHER, period=Period(AT.year, AT.year)))


class TestTheMachine:
    def test_draws_checks_and_attacks_and_tells_each_step(self, drawn):
        _, asked = drawn

        assert [taken.step for taken in asked.steps] == [Step.DRAWN, Step.CHECKED, Step.ATTACKED]
        assert "204 persons in 8 tables, counted on snapshot" in asked.steps[0].says
        assert asked.is_waiting_for_reader

    def test_draws_nothing_twice(self, drawn):
        connection, asked = drawn

        assert work_on_requests(connection=connection, at=AT) == 0
        assert request_book.request_of(connection, asked.request) == asked

    def test_refuses_what_can_be_worked_out_and_keeps_no_draft(self, counted, monkeypatch):
        monkeypatch.setattr(suppression._Hiding, "open_up", lambda self: False)
        monkeypatch.setattr(suppression._Hiding, "loosen", lambda self, sums: None)

        asked = worked_on(OTHER, connection=counted, at=AT)

        assert asked.steps[-1].step is Step.REFUSED
        assert "can be worked out" in asked.steps[-1].says
        assert request_book.draft_of(counted, asked) is None

    def test_refuses_a_word_that_is_on_no_list_and_goes_on(self, counted):
        with copied(persons(((1, {"sex": "queen"}),), year=OTHER_YEAR)):
            asked = worked_on(OTHER, connection=counted, at=AT)

        assert asked.steps[-1].step is Step.REFUSED
        assert "'queen' is not on its list" in asked.steps[-1].says

    def test_prints_rounded_figures_and_attacks_the_exact_ones(self, drawn):
        connection, asked = drawn

        tables = request_book.draft_of(connection, asked).tables
        shown = {value for one in tables.values() for value in one.cells.values()}
        assert {value % 5 for value in shown if value is not None} == {0}
        assert tables["sex_by_age"].base.all == 205


class TestPublish:
    def test_is_for_a_second_person_of_the_same_office(self, drawn):
        connection, asked = drawn

        with pytest.raises(ReleaseRefused, match="second person of your office"):
            reading(connection, asked, cast.RAPPORTEUR)
        with pytest.raises(ReleaseRefused, match="Nobody else clears them"):
            reading(connection, asked, cast.ANALYST)
        release = reading(connection, asked, cast.SECOND_RAPPORTEUR)

        assert (release.reading, release.read_by) == (
            "second_person",
            cast.SECOND_RAPPORTEUR.account,
        )
        assert release.drawn_at == AT
        assert request_book.request_of(connection, asked.request).steps[-1].step is Step.PUBLISHED

    @pytest.mark.usefixtures("one_person_office")
    def test_by_an_office_of_one_person_says_so(self, drawn):
        connection, asked = drawn

        assert reading(connection, asked, cast.RAPPORTEUR).reading == "alone"

    def test_of_what_others_ask_for_needs_the_rapporteurs_clearance(self, statistics):
        asked = asking(statistics, cast.ANALYST)
        work_on_requests(connection=statistics, at=AT)

        assert asked.needs_clearance
        with pytest.raises(ReleaseRefused, match="cleared there"):
            reading(statistics, asked, cast.ANALYST)
        assert reading(statistics, asked, cast.RAPPORTEUR).published_by == cast.ANALYST.account

    def test_waits_until_the_machine_has_attacked_it(self, counted):
        asked = asking(counted)

        with pytest.raises(ReleaseRefused, match="not drawn, checked and attacked"):
            reading(counted, asked, cast.SECOND_RAPPORTEUR)

    def test_publishes_once(self, drawn):
        connection, asked = drawn
        reading(connection, asked, cast.SECOND_RAPPORTEUR)

        with pytest.raises(ReleaseRefused, match="closed"):
            reading(connection, asked, cast.SECOND_RAPPORTEUR)


class TestSendBack:
    def test_closes_the_request_with_the_reason(self, drawn):
        connection, asked = drawn
        done = send_back(
            request=asked.request,
            reason="The form of the north is missing",
            actor=cast.SECOND_RAPPORTEUR.actor,
            connection=connection,
            at=AT,
        )

        assert done.is_closed
        assert done.steps[-1].says == "The form of the north is missing"
        assert asking(connection, wanted=ASKED).is_waiting_for_work

    @pytest.mark.parametrize(
        ("who", "reason", "words"),
        [(cast.SECOND_RAPPORTEUR, " ", "Say why"), (cast.LAWYER, "No", "read by the Rapporteur")],
    )
    def test_needs_a_reason_and_a_say_in_it(self, drawn, who, reason, words):
        connection, asked = drawn

        with pytest.raises(ReleaseRefused, match=words):
            send_back(
                request=asked.request, reason=reason, actor=who.actor, connection=connection, at=AT
            )
