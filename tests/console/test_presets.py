"""`./run presets` lists the places, shows one, and checks a file of somebody else."""

from pathlib import Path

from tests.console.running import command
from tests.rights.test_jurisdictions_reading import FILE


class TestPresets:
    def test_lists_every_place_with_its_shortest_recovery_period(self) -> None:
        said = command("presets")

        assert said.returncode == 0, said.stderr
        assert "DE       3 months                   Germany" in said.stdout
        assert "MK       30 calendar days           North Macedonia" in said.stdout

    def test_shows_how_each_value_stands_and_when_it_was_confirmed(self) -> None:
        said = command("presets", "RS").stdout

        assert "Shortest recovery and reflection period: 90 calendar days\n" in said
        assert "project default, not law; last confirmed: not here; Law on Foreigners" in said
        assert "law, not yet confirmed here; treated as a floor" in said

    def test_checks_a_file(self, tmp_path: Path) -> None:
        good, bad = tmp_path / "good.yaml", tmp_path / "bad.yaml"
        good.write_text(FILE, encoding="utf-8")
        bad.write_text(FILE.replace("value: 45", "value: 20"), encoding="utf-8")

        taken, refused = command("presets", str(good)), command("presets", str(bad))

        assert taken.returncode == 0 and "is in order" in taken.stdout
        assert "last confirmed: 2026-02-01" in taken.stdout
        assert refused.returncode == 1
        assert refused.stderr.startswith(f"{bad}:9: ") and "(R25)" in refused.stderr

    def test_says_which_places_there_are_when_one_is_not(self) -> None:
        said = command("presets", "QQ")

        assert said.returncode == 1 and "Choose one of: AL, COE" in said.stderr

    def test_says_that_a_file_is_not_there(self) -> None:
        said = command("presets", "nowhere.yaml")

        assert said.returncode == 1 and "nowhere.yaml" in said.stderr
