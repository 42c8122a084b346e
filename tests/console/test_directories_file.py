"""The file that names directories: read whole, or refused with what is wrong in it."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from opennrm.config.directories import directories

WHOLE = """
house:
  title: House
  issuer: https://login.example.org
  client: opennrm
"""


def read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> dict[str, dict[str, str]]:
    path = tmp_path / "directories.yaml"
    path.write_text(text, encoding="utf-8")
    monkeypatch.setenv("OPENNRM_DIRECTORIES", str(path))
    return directories()


class TestTheFile:
    def test_is_not_needed(self, monkeypatch):
        monkeypatch.delenv("OPENNRM_DIRECTORIES", raising=False)

        assert directories() == {}

    def test_names_directories_and_where_their_secret_is(self, tmp_path, monkeypatch):
        (tmp_path / "secret").write_text("between the two\n", encoding="utf-8")

        found = read(tmp_path, monkeypatch, f"{WHOLE}  secret_file: {tmp_path}/secret\n")

        assert found["house"] == {
            "title": "House",
            "issuer": "https://login.example.org",
            "client": "opennrm",
            "secret": "between the two",
        }

    @pytest.mark.parametrize(
        ("text", "says"),
        [
            ("- house", "by key"),
            (": :", "cannot be read"),
            (WHOLE.replace("house", "House!"), "small letters"),
            (WHOLE.replace("client", "clinet"), "write client"),
            (WHOLE.replace("https", "http"), "https://"),
            (WHOLE + "  secret_file: /not/there\n", "secret_file cannot be read"),
        ],
        ids=["no keys", "no file of its kind", "key", "a word too many", "issuer", "secret"],
    )
    def test_is_refused_with_its_fault(self, tmp_path, monkeypatch, text, says):
        with pytest.raises(ImproperlyConfigured, match=says):
            read(tmp_path, monkeypatch, text)

    def test_that_is_not_there_is_said_so(self, monkeypatch):
        monkeypatch.setenv("OPENNRM_DIRECTORIES", "/not/there.yaml")

        with pytest.raises(ImproperlyConfigured, match=r"/not/there\.yaml cannot be read"):
            directories()
