"""The small examples in the texts of the words, the signs and the exchange are true."""

import doctest
import importlib
import pkgutil

import pytest

import opennrm.exchange
import opennrm.indicators
import opennrm.vocabulary

ROOMS = (opennrm.vocabulary, opennrm.indicators, opennrm.exchange)
MODULES = sorted(
    found.name
    for room in ROOMS
    for found in pkgutil.walk_packages(room.__path__, f"{room.__name__}.")
)


class TestExamples:
    @pytest.mark.parametrize("name", MODULES)
    def test_are_true(self, name: str) -> None:
        result = doctest.testmod(importlib.import_module(name))

        assert result.failed == 0

    def test_are_there(self) -> None:
        tried = sum(doctest.testmod(importlib.import_module(name)).attempted for name in MODULES)

        assert tried >= 10
