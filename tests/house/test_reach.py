"""Each page has its operations in the API, or a reason why no program does it."""

from opennrm.api.door import made_door
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
    paths = made_door().get_openapi_schema(path_prefix="")["paths"]
    return {each["operationId"] for path in paths.values() for each in path.values()}


class TestEveryPage:
    def test_has_its_operations_or_a_reason(self) -> None:
        of_registers = {each.name for each in home.addresses()}
        pages = {each.name for each in urlpatterns} - of_registers - set(ACTS)

        table = rows("Pages")

        assert set(table) == {str(page) for page in pages}
        assert [page for page, (stands, why) in table.items() if bool(stands) == bool(why)] == []

    def test_names_no_operation_that_is_not_there(self) -> None:
        named = {name for stands, _why in rows("Pages").values() for name in stands}

        assert named <= described()
        assert {act.use_case.__name__ for act in ACTS.values()} <= described()
