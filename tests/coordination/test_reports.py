"""The yearly report: parts asked and sent, only released figures, built in three forms."""

import io
from datetime import date
from typing import Any

import docx
import pikepdf
import pytest
from django.db import connections

from opennrm.coordination.desk import ChangeRefused, at_coordination
from opennrm.coordination.models import (
    Report,
    ReportEvent,
    ReportFigure,
    ReportPart,
    SurveyReply,
)
from opennrm.coordination.reports import reporting
from opennrm.coordination.reports.document import (
    Chapter,
    Document,
    Grid,
    Items,
    Paragraph,
    Section,
    blocks_of,
)
from opennrm.coordination.reports.html_page import page_of
from opennrm.coordination.reports.paper import paper_of, picture_of
from opennrm.coordination.reports.word import word_file_of
from opennrm.web.coordination.charts import Bar, bars
from opennrm.web.coordination.report_figures import release_choices
from tests import cast
from tests.coordination.rounds import opened
from tests.database import NOW, signed_in
from tests.web.browsing import browser, sent

OFFICER, BODY = cast.OSCE_OFFICER, cast.TRIAL_OBSERVER
DUE = date(2026, 9, 1)


def text(answer: Any) -> str:
    return str(answer.content.decode())


def report(**more: Any) -> Report:
    """Begin a report as the office."""
    with at_coordination(signed_in(OFFICER)):
        return Report.objects.create(
            title="Yearly report",
            model="by_priority",
            organisation_id=OFFICER.organisation.organisation,
            period_from=date(2025, 1, 1),
            period_until=date(2026, 1, 1),
            due_on=date(2026, 12, 1),
            foreword="Words before.",
            **more,
        )


def part(of: Report, **more: Any) -> ReportPart:
    """Ask a body for a part."""
    with at_coordination(signed_in(OFFICER)):
        return ReportPart.objects.create(
            report=of,
            lead_id=OFFICER.organisation.organisation,
            house_id=BODY.organisation.organisation,
            chapter="b6_internal",
            title="Trials watched",
            due_on=DUE,
            **more,
        )


def small(**more: Any) -> Document:
    """Make a small document with everything in it."""
    chart = bars("Permits <b>", [Bar("Yes & no", 31, "31")], whole=49)
    grid = Grid("Permits", ("Answer", "Number"), (("Yes", "31"),), ("Base: 49 States.",), chart)
    blocks = (*blocks_of("One.[^First source] Two <i>.\n\n- a\n- b[^Second]"), grid)
    given = {
        "title": "Report & more",
        "body": "The office",
        "period_from": date(2025, 1, 1),
        "period_until": date(2026, 1, 1),
        "language": "en",
        "chapters": (Chapter("First", (Section("Heading", blocks),)),),
        **more,
    }
    return Document(**given)


class TestTheText:
    def test_has_paragraphs_points_and_footnotes(self) -> None:
        first, second = blocks_of("A line\nof text.[^Here] More.\n\n- one\n- two [^There]")

        assert isinstance(first, Paragraph) and isinstance(second, Items)
        assert [(run.text, run.note) for run in first.runs] == [
            ("A line of text.", "Here"),
            (" More.", ""),
        ]
        assert [[run.note for run in item] for item in second.items] == [[""], ["There"]]

    def test_numbers_footnotes_as_they_are_read(self) -> None:
        assert small().notes() == ["First source", "Second"]


class TestTheForms:
    def test_as_a_page_has_contents_footnotes_and_nothing_that_runs(self) -> None:
        page = page_of(small())

        assert '<a href="#chapter-1">First</a>' in page and 'id="note-2"' in page
        assert "Two &lt;i&gt;." in page and "Permits &lt;b&gt;" in page and "<svg" in page
        assert "Draft: not approved yet." in page and "<script" not in page
        assert "Draft" not in page_of(small(is_draft=False))
        assert 'dir="rtl"' in page_of(small(language="ar"))

    def test_for_a_word_processor_has_headings_table_picture_and_notes(self) -> None:
        file = docx.Document(io.BytesIO(word_file_of(small())))

        words = [one.text for one in file.paragraphs]
        assert {"Report & more", "First", "Heading", "Footnotes"} <= set(words)
        assert file.tables[0].cell(1, 1).text == "31" and len(file.inline_shapes) == 1
        assert " First source" in "".join(words)

    def test_for_a_word_processor_begins_at_the_right_where_the_script_does(self) -> None:
        body = Chapter("عنوان", (Section("", small().chapters[0].sections[0].blocks),))
        turned, straight = (
            docx.Document(io.BytesIO(word_file_of(small(language=one, chapters=(body,)))))
            for one in ("ar", "en")
        )

        runs = {run.text: run for one in turned.paragraphs for run in one.runs if run.text}
        xml = turned.element.xml
        assert xml.count("<w:bidi/>") == xml.count("<w:p>")
        assert xml.count("<w:bidiVisual/>") == len(turned.tables) == 1
        assert runs["عنوان"].font.rtl and not runs["\u2068One."].font.rtl
        assert "w:bidi/" not in straight.element.xml and "w:rtl" not in straight.element.xml

    def test_for_a_word_processor_says_what_a_chart_shows_and_numbers_pages(self) -> None:
        file = docx.Document(io.BytesIO(word_file_of(small())))

        assert 'descr="Permits"' in file.element.xml
        assert "PAGE" in file.sections[0].footer._element.xml

    @pytest.mark.parametrize(("language", "first"), [("en", "First"), ("ar", "\u2068First\u2069")])
    def test_as_a_paper_lets_each_text_run_in_its_own_direction(
        self, language: str, first: str
    ) -> None:
        paper = io.BytesIO(paper_of(small(language=language)))

        with pikepdf.open(paper) as read, read.open_outline() as outline:
            assert outline.root[-1].title == first

    def test_as_a_paper_is_tagged_and_the_same_again(self) -> None:
        paper = paper_of(small())

        assert paper.startswith(b"%PDF") and b"/StructTreeRoot" in paper
        assert picture_of(str(bars("x", [Bar("a", 1, "1")]))).startswith(b"\x89PNG")


class TestAPart:
    def test_is_written_and_sent_by_its_body_and_returned_with_a_note(self) -> None:
        whole = report()
        row = part(whole)
        with at_coordination(signed_in(BODY)):
            mine = ReportPart.objects.get(ref=row.ref)
            with pytest.raises(ChangeRefused, match="Write the part"):
                reporting.send_part(part=mine, actor=BODY.actor, at=NOW)
            mine.text = "We watched trials."
            reporting.send_part(part=mine, actor=BODY.actor, at=NOW)

        with at_coordination(signed_in(OFFICER)):
            kept = ReportPart.objects.get(ref=row.ref)
            with pytest.raises(ChangeRefused, match="Only the body"):
                reporting.send_part(part=kept, actor=OFFICER.actor, at=NOW)
            reporting.return_part(part=kept, note="How many?", actor=OFFICER.actor)

        with at_coordination(signed_in(BODY)):
            assert ReportPart.objects.get(ref=row.ref).note == "How many?"

    def test_is_not_read_by_others_before_it_is_sent(self) -> None:
        row = part(report())

        with at_coordination(signed_in(cast.CO_ORDINATOR)):
            assert not ReportPart.objects.filter(ref=row.ref).exists()
            assert ReportPart.objects.filter(ref=row.ref).update(text="Mine") == 0


class TestApproval:
    def test_waits_for_every_part_and_closes_the_report_in_the_database(self) -> None:
        whole = report()
        row = part(whole)
        waits = pytest.raises(ChangeRefused, match="Trials watched was not sent yet")
        with waits, at_coordination(signed_in(OFFICER)):
            reporting.approve(report=whole, actor=OFFICER.actor, at=NOW)
        with at_coordination(signed_in(BODY)):
            mine = ReportPart.objects.get(ref=row.ref)
            mine.text = "Twelve trials."
            reporting.send_part(part=mine, actor=BODY.actor, at=NOW)

        with at_coordination(signed_in(OFFICER)):
            reporting.approve(report=whole, actor=OFFICER.actor, at=NOW)
            assert ReportPart.objects.filter(ref=row.ref).update(text="Other") == 0
        refused = pytest.raises(Exception, match="row-level security")
        with refused, at_coordination(signed_in(OFFICER)):
            ReportEvent.objects.create(
                report=whole,
                lead_id=whole.organisation_id,
                on=DUE,
                place="Town",
                title="Late",
                kind="event",
            )

    def test_is_for_who_puts_the_report_together(self) -> None:
        whole = report()

        refused = pytest.raises(ChangeRefused, match="puts the report together")
        with refused, at_coordination(signed_in(cast.CO_ORDINATOR)):
            reporting.approve(report=whole, actor=cast.CO_ORDINATOR.actor, at=NOW)


@pytest.fixture(scope="module")
def whole() -> Report:
    """A report with a part, a figure of a survey and an event."""
    made = report()
    round_ = opened()
    with at_coordination(signed_in(OFFICER)):
        SurveyReply.objects.create(
            round=round_,
            state="MK",
            group="state",
            name="G",
            organisation_id=OFFICER.organisation.organisation,
            sent_at=NOW,
        )
        ReportFigure.objects.create(
            report=made,
            lead_id=made.organisation_id,
            chapter="b4_implementation",
            caption="Permits in the law",
            round=round_,
            question="I1",
        )
        ReportEvent.objects.create(
            report=made,
            lead_id=made.organisation_id,
            on=date(2025, 5, 2),
            place="Vienna",
            title="Alliance conference",
            kind="event",
            participants=300,
        )
    row = part(made)
    with at_coordination(signed_in(BODY)):
        mine = ReportPart.objects.get(ref=row.ref)
        mine.text = "Twelve trials were watched.[^Our reports]"
        reporting.send_part(part=mine, actor=BODY.actor, at=NOW)
    return made


class TestThePages:
    def test_build_the_report_in_three_forms(self, whole: Report) -> None:
        at = f"/coordination/reports/{whole.ref}/report."
        office = browser(OFFICER)

        page = text(office.get(f"{at}html"))

        assert "Trials watched (Trial Watch)" in page and "Our reports" in page
        assert "Permits in the law" in page and "Base: 0 States" in page
        assert "Annex: Events and visits" in page and "Alliance conference" in page
        assert "1 January 2025 to 31 December 2025" in page and "2 May 2025" in page
        assert office.get(f"{at}pdf").content.startswith(b"%PDF")
        assert office.get(f"{at}docx").content.startswith(b"PK")
        assert office.get(f"{at}exe").status_code == 404

    def test_lose_no_part_when_another_model_is_chosen(self, whole: Report) -> None:
        reports = Report.objects.using("owner").filter(ref=whole.ref)
        reports.update(model="by_task")

        page = text(browser(OFFICER).get(f"/coordination/reports/{whole.ref}/report.html"))

        reports.update(model=whole.model)
        assert "Trials watched (Trial Watch)" in page and "Permits in the law" in page

    def test_take_no_figure_that_was_not_released(self, whole: Report) -> None:
        assert (999_999, "sex_by_age") not in release_choices(connections["statistics"])
        typed = {
            "report": str(whole.ref),
            "chapter": "b4_implementation",
            "caption": "Made up",
            "release": "999999",
            "table": "sex_by_age",
        }

        answer = sent(browser(OFFICER), "/coordination/report-figures/add/", **typed)

        assert answer.status_code == 422 and "released no such table" in text(answer)

    def test_let_a_body_write_only_its_own_text(self, whole: Report) -> None:
        row = part(whole)
        body = browser(BODY)
        at = f"/coordination/report-parts/{row.ref}/"

        asked = text(body.get(f"{at}change/"))
        saved = sent(body, f"{at}change/", text="Ours", why="Written")
        done = body.post(f"{at}send/", follow=True)

        assert 'name="text"' in asked and 'name="house"' not in asked
        assert saved.status_code == 302 and "The part is sent." in text(done)
        assert browser(cast.CO_ORDINATOR).get(f"{at}change/").status_code == 404

    def test_refuse_a_chapter_of_the_other_model(self, whole: Report) -> None:
        typed = {
            "report": str(whole.ref),
            "house": str(BODY.organisation.organisation),
            "chapter": "a3_tasks",
            "title": "Task by task",
            "due_on-day": "1",
            "due_on-month": "9",
            "due_on-year": "2026",
        }

        answer = sent(browser(OFFICER), "/coordination/report-parts/add/", **typed)

        assert answer.status_code == 422 and "has no such chapter" in text(answer)
