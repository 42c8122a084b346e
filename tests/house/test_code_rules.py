"""The product keeps our own rules of safe code, and each rule finds what it forbids."""

import pytest

from tests.house.code_rules import RULES, Rule, broken, looked_at
from tests.house.tree import ROOT

# What each rule must find, in the order of the rules.
FORBIDDEN = (
    "cursor.execute('SELECT 1')",
    "cursor.execute('SELECT %s' % name)",
    "QUESTION = \"SELECT set_config('a', 'b', false)\"",
    "log.warning(f'Could not read {person}')",
    "from markupsafe import Markup\nMarkup(text)",
    "import subprocess\nsubprocess.run(command, shell=True)",
    "eval(text)",
    "import pickle",
    "from random import choice",
    "import urllib.request",
    "import hashlib\nhashlib.md5(b'')",
    "try:\n    act()\nexcept Exception:\n    pass",
)
CASES = [pytest.param(rule, id=rule.says) for rule in RULES]


class TestTheProduct:
    @pytest.mark.parametrize("rule", CASES)
    def test_keeps(self, rule: Rule) -> None:
        assert [place for path in looked_at(rule) for place in broken(rule, path)] == []


class TestARule:
    @pytest.mark.parametrize(
        ("rule", "code"),
        [
            pytest.param(rule, code, id=rule.says)
            for rule, code in zip(RULES, FORBIDDEN, strict=True)
        ],
    )
    def test_finds_what_it_forbids(self, rule: Rule, code: str) -> None:
        assert broken(rule, ROOT / "src/opennrm/__init__.py", code)

    @pytest.mark.parametrize("rule", CASES)
    def test_makes_exceptions_only_for_what_is_there(self, rule: Rule) -> None:
        gone = [name for name in rule.but_in if not any((ROOT / "src/opennrm").glob(f"{name}*"))]

        assert gone == []
