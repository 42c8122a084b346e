"""Homes of embedded servers that tests make, and how they are thrown away."""

import shutil
import tempfile
from pathlib import Path

from opennrm.config.database_server import embedded_cluster


def new_home(prefix: str) -> Path:
    """Make an empty home for one run or one test."""
    return Path(tempfile.mkdtemp(prefix=f"opennrm-{prefix}-"))


def remove_home(home: Path) -> None:
    """Stop the embedded server of a home, if there is one, and remove everything of it."""
    if (home / "database.place").is_file() or (home / "database").is_dir():
        cluster = embedded_cluster(home)
        cluster.stop()
        shutil.rmtree(cluster.place.folder)
    shutil.rmtree(home)
