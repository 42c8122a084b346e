"""The register of conduct: few named readers, sealed, figures that point at nobody."""

from datetime import date
from typing import Any

import pytest
from django.db import ProgrammingError

from opennrm.coordination import conduct
from opennrm.coordination.desk import ChangeRefused, at_coordination
from opennrm.coordination.models import Change, ConductReader, ConductReport, Publication
from opennrm.coordination.permissions import Area, areas_of
from opennrm.vocabulary.roles import Role
from tests import cast
from tests.database import NOW, as_administrator, as_role, signed_in
from tests.web.browsing import browser, fields_of

READER, OTHER = cast.OSCE_OFFICER, cast.OSCE_COLLEAGUE
TODAY = NOW.date()
TOLD = "Somebody of a mission was seen at the door of the house."


@pytest.fixture(autouse=True)
def _apart() -> Any:
    """Begin with one reader, and leave nothing behind."""
    with at_coordination(signed_in(READER)):
        conduct.name_reader(signed_in(READER), READER.account, on=TODAY, why="The first")
    yield
    with as_administrator() as connection:
        connection.execute("DELETE FROM coordination_conductreport")
        connection.execute("DELETE FROM coordination_conductreader")
        connection.execute("DELETE FROM coordination_publication WHERE kind = 'conduct_figures'")


def reported(on: date = TODAY, kind: str = "exploitation", **more: Any) -> ConductReport:
    """Keep a report, as a reader."""
    report = ConductReport(house_id=READER.actor.organisation, received_on=on, kind=kind, **more)
    return conduct.write_report(signed_in(READER), report, TOLD)


class TestTheRegister:
    def test_is_open_to_one_role_and_there_to_named_readers_alone(self) -> None:
        with at_coordination(signed_in(READER)):
            report = reported()

        for member in (OTHER, cast.CO_ORDINATOR, cast.RAPPORTEUR, cast.DATA_OFFICER):
            with at_coordination(signed_in(member)):
                assert not ConductReport.objects.exists()
                assert not Change.objects.filter(row=report.pk).exists()
        assert Area.CONDUCT in areas_of(OTHER.actor)
        assert Area.CONDUCT not in areas_of(cast.CO_ORDINATOR.actor)
        assert Role.SR in OTHER.actor.roles

    def test_holds_nothing_that_was_told_in_the_open(self) -> None:
        with at_coordination(signed_in(READER)):
            report = reported()
        with as_administrator() as connection:
            row = connection.execute(
                "SELECT row_to_json(r)::text FROM coordination_conductreport AS r WHERE ref = %s",
                [report.pk],
            ).fetchone()
            kept = connection.execute(
                "SELECT row_to_json(c)::text FROM coordination_change AS c WHERE row = %s",
                [report.pk],
            ).fetchall()

        assert "mission" not in str(row) + str(kept) and "door" not in str(row)
        with at_coordination(signed_in(READER)):
            assert conduct.opened(signed_in(READER), report) == TOLD

    def test_is_sealed_to_a_new_reader_too_and_named_by_readers(self) -> None:
        with at_coordination(signed_in(READER)):
            report = reported()
            with pytest.raises(ChangeRefused, match="not sealed to you"):
                conduct.opened(signed_in(OTHER), report)
            conduct.name_reader(signed_in(READER), OTHER.account, on=TODAY, why="A second")

        with at_coordination(signed_in(OTHER)):
            found = ConductReport.objects.get(pk=report.pk)
            assert conduct.opened(signed_in(OTHER), found) == TOLD

    def test_lets_nobody_name_herself_once_there_is_a_reader(self) -> None:
        asked = pytest.raises(ChangeRefused, match="only the first one names herself")
        with at_coordination(signed_in(OTHER)), asked:
            conduct.name_reader(signed_in(OTHER), OTHER.account, on=TODAY, why="Myself")
        refused = pytest.raises(ProgrammingError, match="row-level security")
        with at_coordination(signed_in(OTHER)), refused:
            ConductReader.objects.create(
                house_id=OTHER.actor.organisation, account_id=OTHER.account, named_on=TODAY
            )

    def test_lets_nobody_of_another_house_be_named(self) -> None:
        refused = pytest.raises(ProgrammingError, match="row-level security")
        with at_coordination(signed_in(READER)), refused:
            ConductReader.objects.create(
                house_id=READER.actor.organisation,
                account_id=cast.CO_ORDINATOR.account,
                named_on=TODAY,
            )

    def test_shows_nothing_to_who_is_not_bound(self) -> None:
        with at_coordination(signed_in(READER)):
            reported()
        with as_role("opennrm_app") as connection:
            assert connection.execute("SELECT * FROM coordination_conductreport").fetchall() == []


class TestClosing:
    def test_asks_what_came_of_it_and_whether_the_head_was_told(self) -> None:
        with at_coordination(signed_in(READER)):
            report = reported()
            with pytest.raises(ChangeRefused, match="what came of it"):
                conduct.close_conduct_report(report, on=TODAY, why="Done")
            report.outcome = "disciplined"
            with pytest.raises(ChangeRefused, match="head of the organisation"):
                conduct.close_conduct_report(report, on=TODAY, why="Done")
            report.told_head_on = TODAY
            report.save()
            conduct.close_conduct_report(report, on=TODAY, why="Done")

            assert report.closed_on == TODAY


class TestTheFigures:
    def told(self, kinds: dict[str, int]) -> conduct.Figures:
        with at_coordination(signed_in(READER)):
            for kind, number in kinds.items():
                for _ in range(number):
                    reported(date(2021, 5, 5), kind)
            return conduct.conduct_figures(2021, on=TODAY)

    def test_tell_kinds_only_where_each_has_three(self) -> None:
        found = self.told({"exploitation": 3, "labour": 2})

        assert (found.total, found.kinds) == (5, {})

    def test_tell_no_number_of_two(self) -> None:
        assert self.told({"exploitation": 2}).total is None

    def test_tell_what_is_large_enough(self) -> None:
        found = self.told({"exploitation": 3, "labour": 4})

        assert (found.total, found.kinds) == (7, {"exploitation": 3, "labour": 4})

    def test_are_published_once_for_a_year_that_ended(self) -> None:
        self.told({"exploitation": 3})
        client = browser(READER)

        first = client.post("/coordination/conduct-figures/", {"year": "2021"})
        again = client.post("/coordination/conduct-figures/", {"year": "2021"})
        early = client.post("/coordination/conduct-figures/", {"year": str(NOW.year)})

        assert (first.status_code, again.status_code, early.status_code) == (302, 422, 422)
        assert "3 reports were received" in client.get("/public/conduct/").content.decode()
        assert Publication.objects.filter(kind=conduct.KIND).count() == 1

    def test_are_seen_by_readers_only(self) -> None:
        assert browser(OTHER).get("/coordination/conduct-figures/").status_code == 404
        assert browser(cast.CO_ORDINATOR).get("/coordination/conduct-figures/").status_code == 404


class TestThePages:
    def test_let_nobody_name_herself_who_is_no_reader(self) -> None:
        client = browser(OTHER)
        place = "/coordination/conduct-readers/add/"

        answer = client.post(place, fields_of(client.get(place)) | {"account": str(OTHER.account)})

        assert answer.status_code == 422

    def test_keep_and_open_a_report(self) -> None:
        client = browser(READER)
        place = "/coordination/conduct-reports/add/"
        typed = {
            "received_on-day": "1",
            "received_on-month": "3",
            "received_on-year": "2026",
            "kind": "cover_up",
            "told": "Words for few",
        }

        answer = client.post(place, fields_of(client.get(place)) | typed)

        page = client.get(answer["Location"]).content.decode()
        assert answer.status_code == 302 and "Words for few" in page
        assert browser(OTHER).get(answer["Location"]).status_code == 404

    def test_name_a_second_reader(self) -> None:
        client = browser(READER)
        place = "/coordination/conduct-readers/add/"

        answer = client.post(place, fields_of(client.get(place)) | {"account": str(OTHER.account)})

        assert answer.status_code == 302
        with at_coordination(signed_in(OTHER)):
            assert ConductReader.objects.count() == 2
