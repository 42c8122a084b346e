"""Each source keeps how far it was checked; a rule of another room keeps what it will do."""

import pytest

from opennrm.rights import planned, sources
from opennrm.rights.rule import Action, Chapter, Rule, Source
from opennrm.vocabulary.code import Verification


class TestSources:
    def test_keep_their_text_and_their_mark(self) -> None:
        assert sources.stated("A report") == Source("A report", Verification.STATED)
        assert sources.read("A law") == Source("A law", Verification.PUBLIC_TEXT)
        assert sources.known("A treaty") == Source("A treaty", Verification.KNOWLEDGE)
        assert sources.project("A choice") == Source("A choice", Verification.PROJECT)


class TestPlannedRules:
    def test_are_read_with_chapter_actions_label_and_room(self) -> None:
        text = "ACCESS\nSYSTEM\nR69 | timer default | A report, yearly\nR99 | warn | Another\n"

        read = planned._rules(text)

        assert read == (
            Rule(
                "R69",
                Chapter.SYSTEM,
                "A report, yearly",
                (Action.TIMER, Action.DEFAULT),
                override=(),
                lives_in="coordination",
            ),
            Rule("R99", Chapter.SYSTEM, "Another", (Action.WARN,), override=(), lives_in=""),
        )

    def test_begin_with_the_chapter_on_access_where_none_is_named(self) -> None:
        (only,) = planned._rules("R98 | block | A rule before any heading")

        assert only.chapter is Chapter.ACCESS

    def test_are_those_of_the_register(self) -> None:
        assert planned._rules(planned.PLANNED) == planned.RULES

    def test_name_only_chapters_that_exist(self) -> None:
        with pytest.raises(KeyError):
            planned._rules("NOWHERE\nR69 | warn | A rule")
