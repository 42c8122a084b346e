"""`./run rules` counts honestly, and `./run scenarios` reports what the rules answer."""

from pathlib import Path

from opennrm.rights.registry import ENFORCED, RULES
from tests.console.running import command
from tests.rights.test_scenario_files import FILE


class TestRules:
    def test_are_counted_as_the_register_has_them(self) -> None:
        said = command("rules")

        total = next(line for line in said.stdout.splitlines() if line.startswith("All"))
        rules, enforced, elsewhere, waiting = (int(number) for number in total.split()[1:])
        assert (rules, enforced) == (len(RULES), len(ENFORCED))
        assert elsewhere + waiting == len(RULES) - len(ENFORCED)

    def test_that_live_elsewhere_are_named(self) -> None:
        said = command("rules").stdout

        line = next(line for line in said.splitlines() if "another room" in line)
        others = [name for name in RULES if name not in ENFORCED]
        assert line.endswith(f": {', '.join(others) or 'none'}.")


class TestScenarios:
    def test_as_expected_are_a_success(self, tmp_path: Path) -> None:
        (tmp_path / "R01.yaml").write_text(FILE, encoding="utf-8")

        said = command("scenarios", str(tmp_path))

        assert said.returncode == 0, said.stderr
        assert "R01   A shelter wants to refuse because she will not give a" in said.stdout
        assert "1 scenarios asked: 1 as expected, 0 differ; 0 not in order." in said.stdout

    def test_that_differ_are_told_with_their_place_and_the_answer(self, tmp_path: Path) -> None:
        (tmp_path / "inside").mkdir()
        file = tmp_path / "inside" / "R01.yml"
        file.write_text(FILE.replace("broken", "holds"), encoding="utf-8")

        said = command("scenarios", str(tmp_path))

        assert said.returncode == 1
        assert f"{file}:1: expected holds drop_ground" in said.stdout
        assert "found broken" in said.stdout

    def test_that_are_not_in_order_are_told_with_line_and_remedy(self, tmp_path: Path) -> None:
        file = tmp_path / "R01.yaml"
        file.write_text(FILE + FILE.replace("day:", "dya:"), encoding="utf-8")

        said = command("scenarios", str(tmp_path))

        assert said.returncode == 2
        assert f"{file}:7: dya is no known key. Write day." in said.stderr
        assert "1 as expected, 0 differ; 1 not in order." in said.stdout

    def test_are_missing_in_an_empty_folder(self, tmp_path: Path) -> None:
        said = command("scenarios", str(tmp_path))

        assert said.returncode == 2 and "no file ending in .yaml" in said.stderr

    def test_of_the_project_are_all_as_expected(self) -> None:
        folder = Path(__file__).parents[2] / "src" / "opennrm" / "rights" / "told"

        assert command("scenarios", str(folder)).returncode == 0
