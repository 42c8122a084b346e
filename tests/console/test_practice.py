"""The installation for training: a folder of its own, no way out, and a banner on every page."""

from pathlib import Path

import pytest
from django.http import Http404, HttpResponse
from django.test import RequestFactory, override_settings

from opennrm.console import practice
from opennrm.records.due_post import post_due
from opennrm.web.practice import WAYS_OUT, closed
from tests.database import NOW


class TestTheFolder:
    """Beside the one for real work, and never that one."""

    def test_is_another_one(self, tmp_path: Path):
        home = practice.practice_home(tmp_path / "opennrm")

        assert home == tmp_path / "opennrm-practice"
        assert practice.surroundings(home)["OPENNRM_HOME"] == str(home)

    def test_of_somebody_else_is_neither_used_nor_removed(self, tmp_path: Path):
        kept = tmp_path / "letters"
        kept.write_text("mine")

        practice.begin_anew(tmp_path)

        assert not practice.is_ours(tmp_path)
        assert kept.read_text() == "mine"


class TestNothing:
    """Leaves the practice."""

    def test_of_the_settings_that_lead_out_gets_in(self, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setenv("OPENNRM_MAIL_HOST", "mail.example")

        assert practice.surroundings(Path("/nowhere"))["OPENNRM_MAIL_HOST"] == ""

    def test_is_posted(self, monkeypatch: pytest.MonkeyPatch):
        sent: list[str] = []
        for module in ("hooks", "mail"):
            monkeypatch.setattr(
                f"opennrm.records.due_post.{module}.send_due", lambda at: sent.append("one")
            )
        with override_settings(OPENNRM_PRACTICE=True):
            assert post_due(at=NOW) == 0
        assert sent == []

    @pytest.mark.parametrize("address", WAYS_OUT)
    def test_is_published_from_it(self, address: str):
        look = closed(lambda _request: HttpResponse()).process_view  # type: ignore[attr-defined]

        with pytest.raises(Http404):
            look(RequestFactory().get(address))
        assert look(RequestFactory().get("/steps/")) is None
