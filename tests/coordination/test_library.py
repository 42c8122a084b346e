"""Documents are found in the forms of their language; laws side by side; events as a calendar."""

from datetime import date

import pytest
from icalendar import Calendar

from opennrm.coordination.desk import at_coordination
from opennrm.coordination.library import laws_on, with_words
from opennrm.coordination.models import Event, LibraryItem, State
from tests import cast
from tests.coordination.test_awareness import entry_of
from tests.database import as_administrator, signed_in
from tests.web.browsing import browser

WRITER = cast.PRESS_OFFICER


def document(title: str, language: str, text: str = "", **more: object) -> LibraryItem:
    """Put a document into the library."""
    given = {"kind": "report", "source": "A test"} | more
    return LibraryItem.objects.create(title=title, language=language, text=text, **given)


class TestWords:
    @pytest.mark.parametrize(
        ("language", "text", "sought"),
        [
            ("en", "Victims were identified by inspectors", "identify victim"),
            ("fr", "Les victimes sont indemnisées", "victime indemniser"),
            ("de", "Die Betroffenen wurden entschädigt", "Betroffene"),
            ("ru", "Потерпевшие получили компенсацию", "потерпевший компенсация"),
            ("sq", "Viktimat kanë të drejtë", "viktimat"),
            ("mk", "Жртвите имаат право", "жртвите"),
            ("en", "A case under the Convention", '"under the convention"'),
        ],
    )
    def test_are_found_in_the_forms_of_their_language(
        self, language: str, text: str, sought: str
    ) -> None:
        with at_coordination(signed_in(WRITER)):
            made = document(f"In {language}", language, text)
            document("About something else", language, "Nothing")

            found = LibraryItem.objects.filter(with_words(sought))

            assert made in found and "About something else" not in {one.title for one in found}

    @pytest.mark.parametrize("odd", ['"', "&", ":*", "a" * 100, "!"])
    def test_bear_anything_that_is_typed(self, odd: str) -> None:
        answer = browser(WRITER).get("/coordination/library/", {"text": odd})

        assert answer.status_code == 200

    def test_use_the_index(self) -> None:
        with as_administrator() as connection:
            connection.execute("SET enable_seqscan = off")
            plan = connection.execute(
                "EXPLAIN SELECT ref FROM coordination_libraryitem WHERE nrm.words_of(language, "
                "title || ' ' || summary || ' ' || text) @@ nrm.sought('word')"
            ).fetchall()

        assert "words_of_library" in str(plan)

    def test_are_looked_for_on_the_page(self) -> None:
        with at_coordination(signed_in(WRITER)):
            document("Kept words", "en", "The inspectors travelled")

        page = browser(WRITER).get("/coordination/library/", {"text": "inspector travelling"})

        assert "Kept words" in page.content.decode()


class TestLaws:
    def test_stand_side_by_side_on_a_day(self) -> None:
        with at_coordination(signed_in(WRITER)):
            here = State.objects.get(code="MK")
            there = State.objects.get(code="AL")
            law = {"kind": "law", "topics": ["compensation"]}
            document("Old", "mk", state=here, in_force_until=date(2020, 1, 1), **law)
            document("New", "mk", state=here, in_force_from=date(2020, 1, 1), **law)
            document("Theirs", "sq", state=there, **law)
            document("Another topic", "sq", state=there, kind="law", topics=["data"])

            now = laws_on("compensation", on=date(2026, 1, 1))
            before = laws_on("compensation", on=date(2019, 12, 31))

        assert [[law.title for law in one.laws] for one in now] == [["Theirs"], ["New"]]
        assert [[law.title for law in one.laws] for one in before] == [["Theirs"], ["Old"]]
        place = "/coordination/laws/?topic=compensation&on=2026-01-01"
        page = browser(WRITER).get(place).content.decode()
        assert "Theirs" in page and "Another topic" not in page

    def test_of_an_odd_topic_or_day_are_none(self) -> None:
        answer = browser(WRITER).get("/coordination/laws/?topic=none&on=yesterday")

        assert answer.status_code == 200


class TestTheCalendar:
    def test_holds_every_event_with_its_last_day(self) -> None:
        entry = entry_of(WRITER)
        with at_coordination(signed_in(WRITER)):
            Event.objects.create(
                title="A seminar of two days",
                kind="seminar",
                entry=entry,
                from_on=date(2026, 5, 4),
                until_on=date(2026, 5, 5),
                place="Brezovo",
            )

        answer = browser(WRITER).get("/coordination/events.ics")

        calendar = Calendar.from_ical(answer.content)
        (event,) = [e for e in calendar.walk("VEVENT") if e["summary"] == "A seminar of two days"]
        assert answer["Content-Type"].startswith("text/calendar")
        assert (event["dtstart"].dt, event["dtend"].dt) == (date(2026, 5, 4), date(2026, 5, 6))


class TestAPeriod:
    @pytest.mark.parametrize(
        ("since", "until", "is_kept"),
        [
            ("2026-06-11", "", True),
            ("2026-06-12", "", False),
            ("", "2026-06-10", True),
            ("", "2026-06-09", False),
            ("no day", "2026-06-10", True),
        ],
    )
    def test_keeps_events_of_which_a_day_lies_in_it(
        self, since: str, until: str, is_kept: bool
    ) -> None:
        title = "A workshop of the tenth and eleventh"
        with at_coordination(signed_in(WRITER)):
            Event.objects.update_or_create(
                title=title,
                defaults={
                    "kind": "seminar",
                    "entry": entry_of(WRITER),
                    "from_on": date(2026, 6, 10),
                    "until_on": date(2026, 6, 11),
                },
            )

        asked = {"text": title, "since": since, "until": until}
        answer = browser(WRITER).get("/coordination/events/", asked)

        assert (f">{title}<" in answer.content.decode()) is is_kept
