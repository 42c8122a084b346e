"""Maps of tiles say what the table beside them says, without colour."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from opennrm.coordination.directory import by_area
from opennrm.vocabulary.assistance import ServiceKind
from opennrm.web.coordination import public
from opennrm.web.coordination.tiles import Tile, in_rows, of_states, state_places
from tests import cast
from tests.web.browsing import browser

EVERYTHING = [(kind.value, ["East"]) for kind in ServiceKind]


class TestByArea:
    def test_counts_services_and_says_what_is_offered_elsewhere_only(self) -> None:
        east, north = by_area([*EVERYTHING, ("shelter", ["North"])])
        assert (east.area, east.services, east.missing) == ("East", len(EVERYTHING), ())
        assert (north.area, north.services) == ("North", 1)
        assert "dental" in north.missing
        assert "shelter" not in north.missing

    def test_counts_apart_what_names_no_area_and_calls_it_missing_nowhere(self) -> None:
        east, north, apart = by_area(
            [("legal_aid", ["East"]), ("shelter", ["North"]), ("dental", [])]
        )
        assert (east.missing, north.missing) == (("shelter",), ("legal_aid",))
        assert (apart.area, apart.services, apart.missing) == ("", 1, ())

    def test_knows_no_area_where_none_is_named(self) -> None:
        assert by_area([("shelter", [])]) == []


class TestTiles:
    def test_in_rows_say_no_markup_of_an_area(self) -> None:
        assert "<b>" not in in_rows("Map", [Tile("<b>", "1")])

    def test_of_states_put_each_state_once_and_strangers_below(self) -> None:
        places = state_places()
        assert len(places) == len(set(places.values())) == 57
        drawn = of_states("Map", [Tile("AL", "A"), Tile("TH", "B")])
        tops = [int(part.split('"')[0]) for part in drawn.split(' y="')[1::3]]
        assert drawn.count("<rect") == 2
        assert tops == [3, 55]

    def test_draw_nothing_of_nothing(self) -> None:
        assert not in_rows("Map", [])
        assert not of_states("Map", [])


class TestThePublicPage:
    def test_counts_only_what_was_published_and_calls_nothing_missing(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        names = ("phone", "website", "opening_hours", "accessibility", "address", "box")
        house = {"name": "House", "kind": "ngo", "languages": [], "contacts": []}
        service = {"service": "shelter", "groups": [], "areas": ["North"]}
        other = {"service": "dental", "groups": [], "areas": ["South"]}
        providers = [{**dict.fromkeys(names, ""), **house, "services": [service, other]}]
        made: Any = SimpleNamespace(content={"providers": providers}, at=timezone.now())
        monkeypatch.setattr(public, "published", lambda _kind: [made])
        client = Client(headers={"host": "localhost"})
        page = client.get(reverse("public_directory")).content.decode()
        assert ">North<" in page
        assert "dasharray" not in page
        assert "elsewhere" not in page


class TestThePageOfGaps:
    def test_marks_areas_where_something_is_missing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        found = by_area([*EVERYTHING, ("shelter", ["North"])])
        monkeypatch.setattr(public, "help_by_area", lambda: found)
        page = browser(cast.CO_ORDINATOR).get(reverse("directory_gaps")).content.decode()
        assert ">1 !<" in page
        assert f">{len(EVERYTHING)} !<" not in page
        assert "Dental care" in page[page.index("op-cards") :]
