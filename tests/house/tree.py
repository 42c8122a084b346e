"""The files of the project, as the tests of the house look at them."""

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
NOT_OURS = {".git", ".venv", "node_modules", "__pycache__"}
BINARY = {".png", ".webp", ".jpg", ".ico", ".woff2", ".gz", ".xlsx", ".mo", ".pdf"}


@cache
def project_files() -> tuple[Path, ...]:
    """List the files that belong to the project: those git tracks, or all in an unpacked copy."""
    answer = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if answer.returncode == 0 and answer.stdout:
        listed = (ROOT / name for name in answer.stdout.split("\0") if name)
        return tuple(path for path in listed if path.is_file())
    return tuple(path for path in ROOT.rglob("*") if path.is_file() and _ours(path))


def text_files() -> tuple[Path, ...]:
    """List the project's files that a person can read."""
    return tuple(path for path in project_files() if path.suffix not in BINARY)


def python_files(folder: str) -> tuple[Path, ...]:
    """List the Python files under one folder of the project."""
    top = ROOT / folder
    return tuple(
        path for path in project_files() if path.suffix == ".py" and path.is_relative_to(top)
    )


def name_of(path: Path) -> str:
    """Name a file as seen from the top of the project."""
    return path.relative_to(ROOT).as_posix()


def _ours(path: Path) -> bool:
    parts = path.relative_to(ROOT).parts
    return not NOT_OURS.intersection(parts) and not any(part.endswith("_cache") for part in parts)
