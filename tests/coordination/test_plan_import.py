"""A plan comes in from a spreadsheet whole, or every fault is named by row and column."""

import io
from datetime import date
from typing import Any
from uuid import UUID

import docx
import pikepdf
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

from opennrm.coordination.desk import at_coordination
from opennrm.coordination.models import Action, Budget, Objective, Plan, RegisterEntry
from opennrm.coordination.plan_table import COLUMNS
from tests import cast
from tests.database import signed_in
from tests.web.browsing import browser, fields_of

HEAD = tuple(COLUMNS.values())
GOOD = {
    "objective_number": "1",
    "pillar": "Prevention",
    "objective": "Fewer profit",
    "number": "1.1",
    "text": "Talk to employers",
    "lead": "Import Lead",
    "partners": "Import Partner; Import Lead",
    "from_on": "2026-01-01",
    "until_on": "2027-01-01",
    "status": "Not started",
    "commitments": "AP-VI.1",
    "planned": "1200.50",
    "currency": "EUR",
    "indicator": "Employers met",
    "baseline": "0",
    "target": "40",
}


def book(*lines: dict[str, Any], head: tuple[str, ...] = HEAD, merged: str = "") -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as made:
        sheet = made.add_worksheet("plan")
        sheet.write_row(0, 0, head)
        for row, line in enumerate(lines, 1):
            for column, name in enumerate(COLUMNS):
                sheet.write(row, column, line.get(name, ""))
        if merged:
            sheet.merge_range(merged, "Merged")
    return out.getvalue()


def draft(title: str) -> UUID:
    with at_coordination(signed_in(cast.CO_ORDINATOR)):
        for name in ("Import Lead", "Import Partner"):
            RegisterEntry.objects.get_or_create(
                name=name, defaults={"kind": "ngo", "jurisdiction": "MK"}
            )
        return Plan.objects.create(
            title=title,
            jurisdiction="MK",
            from_on=date(2026, 1, 1),
            until_on=date(2029, 1, 1),
            currency="EUR",
        ).pk


def taken(plan: UUID, content: bytes) -> Any:
    client, page = browser(cast.CO_ORDINATOR), f"/coordination/plans/{plan}/import/"
    sent = {**fields_of(client.get(page)), "why": "From the ministry's table"}
    return client.post(page, {**sent, "file": SimpleUploadedFile("plan.xlsx", content)})


def kept(plan: UUID) -> int:
    with at_coordination(signed_in(cast.CO_ORDINATOR)):
        return Action.objects.filter(objective__plan=plan).count()


class TestASpreadsheet:
    def test_is_taken_in_whole(self) -> None:
        plan = draft("Taken in whole")

        answer = taken(plan, book(GOOD, {**GOOD, "number": "1.2", "planned": 300}))

        assert answer.status_code == 302 and kept(plan) == 2
        with at_coordination(signed_in(cast.CO_ORDINATOR)):
            first = Action.objects.get(objective__plan=plan, number="1.1")
            assert first.lead.name == "Import Lead" and first.partners.count() == 2
            assert [one.number for one in first.commitments.all()] == ["AP-VI.1"]
            assert first.indicators.get().target == "40"
            assert Objective.objects.filter(plan=plan).count() == 1
            planned = Budget.objects.filter(action__objective__plan=plan)
            assert sorted(planned.values_list("planned", flat=True)) == [30_000, 120_050]

    def test_goes_out_and_comes_in_again(self) -> None:
        plan, other = draft("Goes out"), draft("Comes in")
        taken(plan, book(GOOD))

        file = browser(cast.CO_ORDINATOR).get(f"/coordination/plans/{plan}/plan.xlsx").content

        assert taken(other, file).status_code == 302 and kept(other) == 1

    def test_names_every_fault_by_row_and_column_and_keeps_nothing(self) -> None:
        plan = draft("Nothing is kept")
        odd = (
            GOOD,
            {**GOOD, "number": "1.1"},
            {**GOOD, "number": "1.3", "lead": "Nobody at all", "pillar": "Dragons"},
            {**GOOD, "number": "1.4", "planned": "25%", "from_on": "spring"},
            {**GOOD, "number": "1.5", "until_on": "2025-01-01", "currency": "USD"},
            {**GOOD, "number": "1.6", "commitments": "AP-X", "target": "", "planned": "1.005"},
            {**GOOD, "number": "", "objective": "Another text"},
        )

        page = taken(plan, book(*odd))

        words = page.content.decode()
        assert page.status_code == 422 and kept(plan) == 0
        for says in (
            "Row 2 has this number already.",
            "Nobody at all is not in the register.",
            "Dragons is not one of",
            "25% is no amount.",
            "spring is no day.",
            "would end before it begins",
            "The plan counts in EUR.",
            "AP-X is no commitment",
            "more digits than this currency knows",
            "An indicator needs a target",
            "Nothing stands here. Fill it in on every row.",
            "Another row gives this objective",
        ):
            assert says in words, says

    def test_with_merged_cells_or_unknown_columns_is_refused(self) -> None:
        plan = draft("Merged")
        head = ("Objective number", "Pillar", "Objective", "Action number", "Thing to do")

        merged = taken(plan, book(GOOD, GOOD, merged="A2:A3"))
        columns = taken(plan, book(GOOD, head=head))
        nothing = taken(plan, b"no workbook")

        assert "Merged cells hide whose value it is" in merged.content.decode()
        assert "No column of a plan has this name" in columns.content.decode()
        assert "This column is missing" in columns.content.decode()
        assert {merged.status_code, columns.status_code, nothing.status_code} == {422}
        assert kept(plan) == 0

    def test_is_taken_in_by_the_co_ordinator_only(self) -> None:
        plan = draft("Not for others")

        answer = browser(cast.CASE_MANAGER).get(f"/coordination/plans/{plan}/import/")

        assert answer.status_code == 404


class TestThePlanAsADocument:
    def test_holds_every_objective_action_and_sum(self) -> None:
        plan = draft("Printed")
        assert taken(plan, book(GOOD)).status_code == 302
        client, at = browser(cast.CO_ORDINATOR), f"/coordination/plans/{plan}/plan"

        word = docx.Document(io.BytesIO(client.get(f"{at}.docx").content))
        paper = client.get(f"{at}.pdf").content
        with pikepdf.open(io.BytesIO(paper)) as read, read.open_outline() as outline:
            chapters = {one.title: [act.title for act in one.children] for one in outline.root}

        tables = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
        said = "\n".join([*(one.text for one in word.paragraphs), *tables])
        for expected in (GOOD["objective"], GOOD["text"], "Import Lead"):
            assert expected in said
        assert chapters["1 Fewer profit"] == ["1.1 Talk to employers"]
        assert "Draft: not approved yet." in said

    def test_has_no_other_form(self) -> None:
        plan = draft("No other form")

        answer = browser(cast.CO_ORDINATOR).get(f"/coordination/plans/{plan}/plan.exe")

        assert answer.status_code == 404
