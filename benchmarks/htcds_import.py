"""Times `./run import htcds` on a workbook of many rows, some of them bad, in a home of its own.

Run it as `PYTHONPATH=src .venv/bin/python benchmarks/htcds_import.py --rows 10000 --bad 300`.
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import xlsxwriter

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.watching import database_seconds

from opennrm.exchange.htcds.standard import fields

PASSPHRASE = "demonstration only"  # noqa: S105 - everybody knows it
GOOD = {
    "Second Name": "Izmislena",
    "Consent": True,
    "Birthdate": "1996-05-14",
    "Gender": "Feminine",
    "Citizenship": "Moldova",
    "Type of Exploitation": "Forced labour",
    "Status": "Active",
}


def main() -> int:
    """Write the workbook, enrol the demonstration, import twice, print the times."""
    given = asked()
    with tempfile.TemporaryDirectory(prefix="opennrm-benchmark-", ignore_cleanup_errors=True) as t:
        Path(t).chmod(0o711)
        book = Path(t) / "cases.xlsx"
        written(book, given.rows, given.bad)
        os.environ |= {"OPENNRM_HOME": str(Path(t) / "home"), "OPENNRM_PASSPHRASE": PASSPHRASE}
        Path(os.environ["OPENNRM_HOME"]).mkdir(mode=0o711)
        timed(Path(t), "make-cases", "--cases", "0")
        for which in ("first", "second"):
            before = own_seconds()
            took = timed(Path(t), "import", "htcds", str(book), "--as", "police")
            own = own_seconds() - before
            print(f"{which} import: {took.seconds:.1f} s, {given.rows / took.seconds:.0f} rows/s")
            print(
                f"  CPU a row: {own / given.rows * 1000:.2f} ms of the command and the database's "
                f"start, {took.database / given.rows * 1000:.2f} ms of the database"
            )
            print("  " + "\n  ".join(took.said.strip().splitlines()[-4:]))
        timed(Path(t), "stop")
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    print(f"most memory of one process: {most} MiB")
    return 0


def own_seconds() -> float:
    """Return the CPU seconds of the commands that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def asked() -> argparse.Namespace:
    """Read how many rows are wanted."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--bad", type=int, default=300)
    return parser.parse_args()


def written(book: Path, rows: int, bad: int) -> None:
    """Write the official layout with invented people, every so many with a day that is none."""
    template = sorted(
        (field for field in fields().values() if field.core),
        key=lambda field: (len(field.excel_column), field.excel_column),
    )
    labels = [field.excel_label for field in template]
    with xlsxwriter.Workbook(str(book)) as workbook:
        sheet = workbook.add_worksheet("Case Sheet")
        sheet.write_row(0, 1, [field.excel_header for field in template])
        sheet.write_row(1, 1, labels)
        for number in range(rows):
            person = {**GOOD, "First Name": f"Amina {number}"}
            if bad and number % (rows // bad) == 0:
                person["Birthdate"] = "32/13/1999"
            sheet.write_row(number + 2, 0, [number + 1, *(person.get(one, "") for one in labels)])


@dataclass(frozen=True)
class Took:
    """How long a command took, what the database worked meanwhile, and what it said."""

    seconds: float
    database: float
    said: str


def timed(home: Path, *words: str) -> Took:
    """Run a command, and look at the database while it runs: it stops with the command."""
    began, worked = time.monotonic(), [database_seconds(home)]
    with tempfile.TemporaryFile("w+") as said, tempfile.TemporaryFile("w+") as faults:
        command = [sys.executable, "-m", "opennrm", *words]
        with subprocess.Popen(command, stdout=said, stderr=faults) as running:
            while running.poll() is None:
                worked.append(database_seconds(home))
                time.sleep(0.2)
        seconds = time.monotonic() - began
        for told in (said, faults):
            told.seek(0)
        if running.returncode not in (0, 3):
            raise SystemExit(faults.read())
        return Took(seconds, max(worked) - worked[0], said.read())


if __name__ == "__main__":
    sys.exit(main())
