"""Loads a program of `bin/`, which imports nothing of ours, so that tests can call its parts."""

from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from typing import Any

BIN = Path(__file__).parents[2] / "bin"


def script(name: str) -> Any:
    """Load a program without running it."""
    loader = SourceFileLoader(name.replace("-", "_"), str(BIN / name))
    spec = spec_from_loader(loader.name, loader)
    assert spec is not None
    module = module_from_spec(spec)
    loader.exec_module(module)
    return module
