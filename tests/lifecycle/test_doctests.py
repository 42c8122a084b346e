"""The small examples in the texts of the lifecycle room are true."""

import doctest
import importlib
import pkgutil

import pytest

from opennrm import lifecycle

MODULES = [found.name for found in pkgutil.walk_packages(lifecycle.__path__, "opennrm.lifecycle.")]


class TestExamples:
    @pytest.mark.parametrize("name", MODULES)
    def test_are_true(self, name: str) -> None:
        assert doctest.testmod(importlib.import_module(name)).failed == 0

    def test_are_there(self) -> None:
        assert sum(doctest.testmod(importlib.import_module(name)).attempted for name in MODULES)
