"""Runs mypy with a home of its own: its Django plugin reads the settings, which start a server."""

import os
import subprocess
import sys

from tests.homes import new_home, remove_home


def main() -> int:
    """Check the types of the product and throw the home away."""
    home = new_home("types", mode=0o711)
    surroundings = {
        name: text for name, text in os.environ.items() if name != "OPENNRM_DATABASE_URL"
    }
    throw_away_server = {"OPENNRM_HOME": str(home), "OPENNRM_THROW_AWAY": "1"}
    try:
        return subprocess.run(
            [sys.executable, "-m", "mypy", *sys.argv[1:]],
            env={**surroundings, **throw_away_server},
            check=False,
        ).returncode
    finally:
        remove_home(home)


if __name__ == "__main__":
    sys.exit(main())
