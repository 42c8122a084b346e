"""Each page has its operations in the API, each journey its twin, or a reason why not."""

import ast
from pathlib import Path

from opennrm.api.door import BESIDE_THE_STEPS
from opennrm.api.operations import OPERATIONS
from opennrm.web.acts import ACTS
from opennrm.web.coordination import home
from opennrm.web.urls import urlpatterns
from tests.house.tree import ROOT

TABLE = ROOT / "docs" / "reference" / "pages-and-programs.md"


def rows(heading: str) -> dict[str, tuple[set[str], str]]:
    """Read one table: what each row is about, what stands for it, and the reason of the others."""
    text = TABLE.read_text(encoding="utf-8").split(f"\n## {heading}\n")[1].split("\n## ")[0]
    lines = [line.strip("| ").split("|") for line in text.splitlines() if line.startswith("| ")]
    cells = [[cell.strip() for cell in line] for line in lines[2:]]
    assert len({one for one, *_rest in cells}) == len(cells)
    return {
        one: ({each.strip() for each in stands.split(",") if each.strip()}, "".join(why))
        for one, stands, *why in cells
    }


def described() -> set[str]:
    """Return the name of every operation."""
    views = [each for one in BESIDE_THE_STEPS for each in one.router.path_operations.values()]
    beside = {str(each.operation_id) for view in views for each in view.operations}
    return beside | {operation.name for operation in OPERATIONS}


class TestEveryPage:
    def test_has_its_operations_or_a_reason(self) -> None:
        of_registers = {each.name for each in home.addresses()}
        pages = {each.name for each in urlpatterns} - of_registers - set(ACTS)

        table = rows("Pages")

        assert set(table) == {str(page) for page in pages}
        assert [page for page, (stands, why) in table.items() if bool(stands) == bool(why)] == []

    def test_of_the_co_ordination_too(self) -> None:
        lists = tuple(
            f"coordination_{sheet.name}" for _a, _t, each in home.PARTS for sheet in each
        )
        pages = {each.name for each in home.addresses() if each.name not in lists}
        pages = {name for name in pages if not name.startswith(tuple(f"{at}_" for at in lists))}

        table = rows("Pages of the co-ordination")

        assert set(table) == pages
        assert [page for page, (stands, why) in table.items() if bool(stands) == bool(why)] == []

    def test_names_no_operation_that_is_not_there(self) -> None:
        both = (*rows("Pages").values(), *rows("Pages of the co-ordination").values())
        named = {name for stands, _why in both for name in stands}

        assert named <= described()
        assert {act.use_case.__name__ for act in ACTS.values()} <= described()


class TestEveryJourney:
    def test_has_its_twin_or_a_reason(self) -> None:
        journeys = {
            story
            for path in (ROOT / "tests" / "journeys").glob("test_*.py")
            for story in stories_of(path)
        }

        table = rows("Journeys")

        assert set(table) == journeys
        assert [one for one, (twins, why) in table.items() if bool(twins) == bool(why)] == []

    def test_names_no_twin_that_is_not_there(self) -> None:
        twins = {
            story
            for path in (ROOT / "tests" / "api").glob("test_*.py")
            for story in stories_of(path)
        }

        assert {one for named, _why in rows("Journeys").values() for one in named} <= twins


def stories_of(path: Path) -> set[str]:
    """Return the stories of a file of tests: its classes, or the file where tests stand alone."""
    body = ast.parse(path.read_text(encoding="utf-8")).body
    named = {
        f"{path.stem}.{one.name}"
        for one in body
        if isinstance(one, ast.ClassDef) and one.name.startswith("Test")
    }
    alone = any(isinstance(one, ast.FunctionDef) and one.name[:5] == "test_" for one in body)
    return named | ({path.stem} if alone else set())
