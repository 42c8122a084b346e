"""The door against its own description, tried by schemathesis; only where that is installed.

`bin/nightly` installs it apart from everything else, names it in OPENNRM_SCHEMATHESIS, and goes
through all operations in pieces (`tests/nightly/contract.py`).
"""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from opennrm.api.admission import PerProgram
from tests import cast, stories
from tests.api.calling import let_in
from tests.journeys import live

TOOL = os.environ.get("OPENNRM_SCHEMATHESIS", "")
MOST = os.environ.get("OPENNRM_CONTRACT_EXAMPLES", "20")
# All registers are asked at the same few addresses: by day each needs few examples.
OF_REGISTERS = os.environ.get("OPENNRM_CONTRACT_EXAMPLES", "5")
# What is sent: without "coverage" a pass over the whole description takes a fifth of the calls.
PHASES = os.environ.get("OPENNRM_CONTRACT_PHASES", "examples,coverage,fuzzing")
# A pattern of addresses, to look at some of them only.
ONLY = os.environ.get("OPENNRM_CONTRACT_ONLY", "")
CHECKS = (
    *("not_a_server_error", "status_code_conformance", "content_type_conformance"),
    *("response_headers_conformance", "response_schema_conformance", "ignored_auth"),
)
KNOWN = """
[parameters]
case_ref = "{case_ref}"

[[operations]]
include-tag = "registers"
generation = {{ max-examples = {registers} }}
"""
pytestmark = pytest.mark.skipif(
    not TOOL, reason="OPENNRM_SCHEMATHESIS names no schemathesis; bin/nightly installs it"
)


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The pages and the door, without the limit on calls."""
    monkeypatch.setattr(PerProgram, "allow_request", lambda *_asked: True)
    with live.served() as address:
        yield address


class TestTheDescription:
    @pytest.mark.parametrize(
        ("who", "only"),
        [
            (cast.POLICE_OFFICER, ONLY),
            (cast.CASE_MANAGER, ONLY),
            (cast.CO_ORDINATOR, ONLY),
            # Whoever has addresses of her own is tried at these: for others they are not there.
            (cast.RAPPORTEUR, ONLY or "/(figures|release)"),
            (cast.FOCAL_OFFICER, ONLY or "/(hand-over|partners|carried-file)"),
            (cast.HELPLINE_WORKER, ONLY or "/call"),
            (cast.DATA_OFFICER, ONLY or "/(unusual-)?readings"),
        ],
        ids=("police", "manager", "co-ordinator", "rapporteur", "focal", "helpline", "data"),
    )
    def test_is_kept_whatever_is_sent(
        self, site: str, who: cast.Member, only: str, tmp_path: Path
    ) -> None:
        known = tmp_path / "schemathesis.toml"
        known.write_text(KNOWN.format(case_ref=held(), registers=OF_REGISTERS), "utf-8")
        program = let_in(who)
        described = tmp_path / "openapi.json"
        described.write_bytes(program.get("/openapi.json").content)

        done = subprocess.run(
            [
                *(TOOL, "--config-file", str(known), "run", str(described), "--url", site),
                *("-H", f"Authorization: Bearer {program.secret}", "--checks", ",".join(CHECKS)),
                *("--phases", PHASES, "--max-examples", MOST),
                *("--generation-database", "none", "--continue-on-failure"),
                *("--request-timeout", "60"),
                *(("--include-path-regex", only) if only else ()),
            ],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )

        print(done.stdout[-3000:])
        assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]


def held() -> str:
    """Return a case that two of the cast who are tried here hold."""
    case_ref = stories.contact(cast.POLICE_OFFICER)
    sent = stories.referred(cast.POLICE_OFFICER, case_ref, cast.CASE_MANAGER, "CM", ("D2", "D9"))
    stories.answered(cast.CASE_MANAGER, case_ref, sent)
    return str(case_ref)
