"""The glossary that is published says what the code says."""

from pathlib import Path

from opennrm.vocabulary.glossary import glossary_markdown
from opennrm.vocabulary.registry import code_lists

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "glossary.md"


class TestGlossary:
    def test_is_current(self) -> None:
        assert PAGE.read_text(encoding="utf-8") == glossary_markdown()

    def test_holds_every_list_and_every_code(self) -> None:
        page = glossary_markdown()

        assert all(f"(`{entry.name}`)" in page for entry in code_lists())
        assert all(f"| `{code}` |" in page for entry in code_lists() for code in entry.codes)
