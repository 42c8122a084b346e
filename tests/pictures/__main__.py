"""Take every picture, on a demonstration in a home of its own: `python -m tests.pictures`."""

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.homes import new_home, remove_home

CASES = os.environ.get("OPENNRM_PICTURE_CASES", "120")


def main() -> int:
    """Take the pictures into docs/pictures, in place of those that are there."""
    home = new_home("pictures", mode=0o711)
    os.environ |= {
        "OPENNRM_HOME": str(home),
        "OPENNRM_DATABASE": "pictures",
        "OPENNRM_DEMONSTRATION": "1",
        "OPENNRM_THROW_AWAY": "1",
        "DJANGO_SETTINGS_MODULE": "opennrm.config.settings",
        "DJANGO_ALLOW_ASYNC_UNSAFE": "1",
    }
    try:
        making = [sys.executable, "-m", "opennrm", "make-cases", "--cases", CASES]
        subprocess.run(making, check=True)
        from tests.pictures.taking import take_all

        with TemporaryDirectory() as name:
            missing = take_all(Path(name))
    finally:
        remove_home(home)
    for one in missing:
        sys.stderr.write(f"{one}\n")
    return int(bool(missing))


if __name__ == "__main__":
    sys.exit(main())
