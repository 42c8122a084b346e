"""Homes of embedded servers that tests make, and how they are thrown away."""

import shutil
import tempfile
from pathlib import Path

from opennrm.config.database_server import embedded_cluster


def new_home(purpose: str, *, mode: int = 0o700) -> Path:
    """Make an empty home; with mode 711 a database that root starts stands inside it."""
    home = Path(tempfile.mkdtemp(prefix=f"opennrm-{purpose}-"))
    home.chmod(mode)
    return home


def remove_home(home: Path) -> None:
    """Stop the embedded server of a home, if there is one, and remove everything of it."""
    if (home / "database.place").is_file() or (home / "database").is_dir():
        cluster = embedded_cluster(home)
        cluster.stop()
        shutil.rmtree(cluster.place.folder)
    shutil.rmtree(home)
