"""An installation that is not sound is not served, and says what to do."""

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from opennrm.config import soundness
from opennrm.config.database_server import Status

SOUND: dict[str, Any] = {
    "DEBUG": False,
    "CACHES": {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache"}},
    "SECRET_KEY": "x" * 60,
    "ALLOWED_HOSTS": ["127.0.0.1", "cases.example.org"],
    "OPENNRM_HTTPS": True,
    "SESSION_COOKIE_SECURE": True,
    "CSRF_COOKIE_SECURE": True,
}
SERVER = Status(True, True, "18", True, 1, None)


def of_settings(**changed: Any) -> list[str]:
    return list(soundness.of_settings(SimpleNamespace(**{**SOUND, **changed})))


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    made = tmp_path / "home"
    made.mkdir(mode=0o700)
    (made / "secret_key").touch(mode=0o600)
    (made / "passwords").mkdir(mode=0o700)
    yield made


class TestASoundInstallation:
    """The control."""

    def test_has_no_faults(self, home: Path) -> None:
        assert soundness.faults(SimpleNamespace(**SOUND), home, SERVER, {"host": "/run/x"}) == []

    def test_may_let_others_pass_through_its_folder_and_no_more(self, home: Path) -> None:
        home.chmod(0o711)

        assert list(soundness.of_files(home)) == []


class TestAFault:
    @pytest.mark.parametrize(
        ("changed", "says"),
        (
            ({"DEBUG": True}, "DEBUG is on"),
            ({"CACHES": {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}},
             "belongs to one process"),
            ({"SECRET_KEY": "short"}, "short enough"),
            ({"ALLOWED_HOSTS": ["*"]}, "every name"),
            ({"OPENNRM_HTTPS": False}, "OPENNRM_HTTPS is off"),
            ({"SESSION_COOKIE_SECURE": False}, "not marked Secure"),
        ),
    )  # fmt: skip
    def test_of_the_settings_is_named(self, changed: dict[str, Any], says: str) -> None:
        assert any(says in fault for fault in of_settings(**changed))

    def test_of_a_file_others_can_read_is_named(self, home: Path) -> None:
        (home / "secret_key").chmod(0o640)

        assert [fault for fault in soundness.of_files(home) if "secret_key" in fault]

    def test_of_a_home_others_can_read_is_named(self, home: Path) -> None:
        home.chmod(0o755)

        assert [fault for fault in soundness.of_files(home) if f"chmod go-rw {home}" in fault]

    def test_of_a_server_without_checksums_is_named(self) -> None:
        server = Status(False, True, "15", False, None, None)

        assert "pg_checksums" in next(soundness.of_server(server))

    @pytest.mark.parametrize("mode", ("", "prefer", "require", "verify-ca"))
    def test_of_a_line_that_others_can_sit_on_is_named(self, mode: str) -> None:
        line = {"host": "db.example.org", "sslmode": mode}

        assert "verify-full" in next(soundness.of_line(line))
        assert list(soundness.of_line(line | {"sslmode": "verify-full"})) == []
        for here in ("/run/postgresql", "127.0.0.1", "::1", "localhost"):
            assert list(soundness.of_line({"host": here, "sslmode": mode})) == []
