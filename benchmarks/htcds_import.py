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
from pathlib import Path

import xlsxwriter

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
        timed("make-cases", "--cases", "0")
        for which in ("first", "second"):
            before, own_before = server_seconds(Path(t)), own_seconds()
            seconds, said = timed("import", "htcds", str(book), "--as", "police")
            own, server = own_seconds() - own_before, server_seconds(Path(t)) - before
            print(f"{which} import: {seconds:.1f} s, {given.rows / seconds:.0f} rows a second")
            print(
                f"  CPU a row: {own / given.rows * 1000:.2f} ms of the command, "
                f"{server / given.rows * 1000:.2f} ms of the database"
            )
            print("  " + "\n  ".join(said.strip().splitlines()[-4:]))
        timed("stop")
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    print(f"most memory of one process: {most} MiB")
    return 0


def own_seconds() -> float:
    """Return the CPU seconds of the commands that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def server_seconds(home: Path) -> float:
    """Return the CPU seconds of the database server under a folder, ended backends too."""
    return sum(_seconds(process) for process in Path("/proc").iterdir() if _is_of(process, home))


def _is_of(process: Path, home: Path) -> bool:
    try:
        return process.name.isdigit() and (process / "cwd").resolve().is_relative_to(
            home.resolve()
        )
    except OSError:
        return False


def _seconds(process: Path) -> float:
    try:
        told = (process / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    is_first = "/postgres" in (process / "cmdline").read_text()  # it counts those that ended
    spent = sum(map(int, told[11:15] if is_first else told[11:13]))
    return spent / os.sysconf("SC_CLK_TCK")


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


def timed(*words: str) -> tuple[float, str]:
    """Run a command and return how long it took and what it said."""
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", "opennrm", *words], capture_output=True, text=True, check=False
    )
    if done.returncode not in (0, 3):
        raise SystemExit(done.stderr)
    return time.monotonic() - began, done.stdout


if __name__ == "__main__":
    sys.exit(main())
