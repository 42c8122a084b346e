"""Keys that the server holds: made once, kept to its account, and refused when they are not."""

from pathlib import Path

import pytest

from opennrm.records.sealing import SealBroken
from opennrm.records.server_keys import FileKeys, KeyUnusable


class TestAKeyInAFile:
    def test_is_made_once_and_opens_what_it_locked(self, tmp_path: Path):
        path = tmp_path / "keys" / "factor_key"
        locked = FileKeys(path).lock(b"a secret", b"one")

        assert FileKeys(path).unlock(locked, b"one") == b"a secret"
        assert path.stat().st_mode & 0o777 == 0o600
        assert [one.name for one in path.parent.iterdir()] == ["factor_key"]

    def test_opens_nothing_for_another_purpose_or_with_another_key(self, tmp_path: Path):
        locked = FileKeys(tmp_path / "one").lock(b"a secret", b"one")

        with pytest.raises(SealBroken):
            FileKeys(tmp_path / "one").unlock(locked, b"two")
        with pytest.raises(SealBroken):
            FileKeys(tmp_path / "other").unlock(locked, b"one")

    def test_is_refused_when_others_can_read_it(self, tmp_path: Path):
        path = tmp_path / "factor_key"
        FileKeys(path)
        path.chmod(0o640)

        with pytest.raises(KeyUnusable, match="chmod 600"):
            FileKeys(path)

    @pytest.mark.parametrize("content", ["", "00ff", "no key at all", "zz" * 32])
    def test_is_refused_when_it_is_damaged(self, tmp_path: Path, content: str):
        path = tmp_path / "factor_key"
        path.write_text(content, encoding="ascii")
        path.chmod(0o600)

        with pytest.raises(KeyUnusable, match="Put the backup back"):
            FileKeys(path)
