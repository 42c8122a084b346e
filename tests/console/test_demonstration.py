"""The demonstration: every plot told once through the use cases, then rebuilt and verified."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest

from opennrm.config.databases import server
from opennrm.console.demonstration.making import STEPS
from opennrm.console.demonstration.plots import PLOTS
from opennrm.lifecycle.kinds import KINDS
from opennrm.lifecycle.kinds.residence import RESIDENCE
from opennrm.lifecycle.kinds.safe_return import SAFE_RETURN
from opennrm.vocabulary.identification import IdentificationStatus
from tests import database
from tests.console.running import command

NAME = "test_demonstration_" + os.environ.get("PYTEST_XDIST_WORKER", "alone")
FEW = 4
# Recorded by rooms that have no use case yet.
LATER = {"residence_recorded", "assistance_paused", "follow_up_started"}
# Steps of residence, removal and return that no plot of the demonstration takes.
LATER |= {kind.name for kind in (*RESIDENCE, *SAFE_RETURN)}
# Rules give way, duties and periods end early in none of the invented cases.
LATER |= {"rule_overridden", "override_explained", "person_told", "legal_duty_ended"}
LATER |= {"recovery_ended_early"}
# Nobody is asked again in so short a time, and no night is told of.
LATER |= {"emergency_asked", "referral_deposited", "court_order_recorded", "court_package_made"}
LATER |= {"consent_rechecked", "safety_sheet_written", "emergency_opened", "emergency_reviewed"}
# Nobody is handed over abroad, and no place is held, in any of the plots.
LATER |= {kind for kind in KINDS if kind.startswith(("hand_over_", "place_"))}
# The house of the invented cases plans for them itself: no bed is asked of another, no partner
# without an account, and nobody says how she found a service.
LATER |= {"partner_asked", "partner_answered", "service_not_found", "service_judged"}
# None of the invented people opens a page of her own.
LATER |= {"own_door_opened", "own_door_closed"}
# No invented record has come to the end of its time, and none holds a file.
LATER |= {"record_erased"} | {kind for kind in KINDS if kind.startswith("file_kept")}

# What somebody enrolled while trying the pages.
TRIED_OUT = """
INSERT INTO accounts_organisation SELECT (jsonb_populate_record(one,
    jsonb_build_object('ref', gen_random_uuid(), 'name', 'Tried out'))).*
FROM accounts_organisation AS one LIMIT 1
"""


@pytest.fixture(scope="module")
def made() -> Iterator[str]:
    """Make a small demonstration in a database of its own, in two goes; return what was said."""
    database.another(NAME)
    command("make-cases", "--cases", str(FEW), "--years", "0", OPENNRM_DATABASE=NAME)
    done = command("make-cases", "--cases", str(len(PLOTS)), "--years", "1", OPENNRM_DATABASE=NAME)
    assert done.returncode == 0, done.stderr
    yield done.stdout
    server().drop_database(NAME)


def found(statement: str, *values: Any) -> list[Any]:
    """Ask the database of the demonstration as its administrator."""
    with psycopg.connect(**server().admin_dsn(NAME)) as connection:
        rows = connection.execute(statement, values or None).fetchall()
    return [row[0] for row in rows]


def changed(statement: str) -> None:
    """Change something behind the back of every rule, as only an administrator can."""
    with psycopg.connect(**server().admin_dsn(NAME)) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute(statement)


@contextmanager
def tampered(change: str, where: str) -> Iterator[int]:
    """Change one fact past the triggers that forbid it, tell its position, and put it back."""
    kept = "open, sealed, hash, open_salt, sealed_digest"
    with psycopg.connect(**server().admin_dsn(NAME), autocommit=True) as connection:
        found = connection.execute(
            f"SELECT fact_ref, position, {kept} FROM nrm.fact WHERE {where} "
            "ORDER BY fact_ref LIMIT 1"
        ).fetchone()
        assert found is not None
        connection.execute("ALTER TABLE nrm.fact DISABLE TRIGGER only_added")
        try:
            connection.execute(f"UPDATE nrm.fact SET {change} WHERE fact_ref = %s", [found[0]])
            yield found[1]
            marks = "%s::jsonb, %s, %s, %s, %s"
            connection.execute(
                f"UPDATE nrm.fact SET ({kept}) = ROW({marks}) WHERE fact_ref = %s",
                [json.dumps(found[2]), *found[3:], found[0]],
            )
        finally:
            connection.execute("ALTER TABLE nrm.fact ENABLE ALWAYS TRIGGER only_added")


def run(name: str, *words: str) -> Any:
    """Run a command on the demonstration."""
    return command(name, *words, OPENNRM_DATABASE=NAME)


@pytest.mark.usefixtures("made")
class TestDemonstration:
    def test_tells_every_plot_once(self, made: str) -> None:
        assert f"{len(PLOTS) - FEW} cases made now, {FEW} were there" in made
        assert found("SELECT count(*) FROM nrm.case_head") == [len(PLOTS)]

    def test_takes_every_step_there_is_in_some_plot(self) -> None:
        taken = {step for plot in PLOTS for step in plot.steps.split()}

        alone = {"medical_offered", "medical_delivered", "clinic_withdrawn"}
        assert set(STEPS) - taken <= alone

    def test_holds_facts_of_every_kind_a_use_case_records(self) -> None:
        kinds = set(found("SELECT DISTINCT kind FROM nrm.fact"))

        assert set(KINDS) - kinds - {"summary_shared"} == LATER

    def test_reaches_every_state_of_identification(self) -> None:
        copied = set(found("SELECT DISTINCT status FROM statistics.person"))

        expected = {status.value for status in IdentificationStatus}
        expected -= {"reconsideration_pending", "withdrawn_by_person"}
        assert copied >= expected - {"none"} | {"withdrawn"}

    def test_shows_immigration_enforcement_nothing(self) -> None:
        rows = found(
            "SELECT count(*) FROM nrm.access JOIN accounts_organisation ON ref = organisation "
            "WHERE is_enforcement"
        )

        assert rows == [0]

    def test_goes_on_where_it_stopped_and_doubles_nothing(self) -> None:
        changed(TRIED_OUT)

        again = run("make-cases", "--cases", str(len(PLOTS)), "--years", "1")

        assert f"0 cases made now, {len(PLOTS)} were there" in again.stdout
        assert found("SELECT count(*) FROM nrm.case_head") == [len(PLOTS)]

    def test_writes_no_word_of_a_person_in_the_open(self) -> None:
        words = "Измислена|Uydurma|Trilluese|الخيالي|passports in his car"

        hits = found("SELECT count(*) FROM nrm.fact WHERE open::text ~ %s", words)
        assert hits == [0]


@pytest.mark.usefixtures("made")
class TestRebuild:
    def test_finds_no_difference(self) -> None:
        done = run("rebuild", "--check")

        assert done.returncode == 0, done.stdout
        assert "every projection follows from the facts" in done.stdout

    def test_finds_a_worklist_row_that_was_changed_and_puts_it_right(self) -> None:
        changed("UPDATE nrm.worklist SET stage = 'closed' WHERE stage = 'first_contact'")
        changed("UPDATE nrm.worklist SET urgency = 'imminent' WHERE urgency = 'low'")

        compared = run("rebuild", "--check")
        rebuilt = run("rebuild")
        after = run("rebuild", "--check")

        assert compared.returncode == 1
        assert "worklist differs" in compared.stdout
        assert (rebuilt.returncode, after.returncode) == (0, 0)

    def test_finds_a_row_of_the_statistics_copy_that_was_changed(self) -> None:
        changed(
            "UPDATE statistics.person SET sex = 'other' WHERE row_ref IN "
            "(SELECT row_ref FROM nrm.statistics_link JOIN statistics.person USING (row_ref) "
            "WHERE sex = 'female' LIMIT 1)"
        )

        compared = run("rebuild", "--check")
        run("rebuild")

        assert compared.returncode == 1
        assert "statistics differs" in compared.stdout


@pytest.mark.usefixtures("made")
class TestVerify:
    def test_finds_the_record_as_it_was_written(self) -> None:
        done = run("verify")

        assert (done.returncode, "Every fact is what was recorded" in done.stdout) == (0, True)

    @pytest.mark.parametrize("part", ["sealed", "hash", "open_salt", "sealed_digest"])
    def test_finds_one_changed_byte(self, part: str) -> None:
        byte = f"set_byte({part}, 7, get_byte({part}, 7) # 1)"

        with tampered(f"{part} = {byte}", f"{part} IS NOT NULL"):
            done = run("verify")

        assert done.returncode == 1
        assert "not what was recorded" in done.stdout
        assert run("verify").returncode == 0

    def test_finds_a_changed_outcome_and_names_its_place(self) -> None:
        outcome = 'open = open || \'{"outcome": "changed"}\''

        with tampered(outcome, "kind = 'reasonable_grounds_decided'") as position:
            done = run("verify")

        assert done.returncode == 1
        assert f"fact {position}:" in done.stdout


@pytest.mark.usefixtures("made")
class TestWalkthrough:
    def test_tells_one_case_to_its_published_table(self) -> None:
        before = found("SELECT count(*) FROM statistics.person")[0]

        done = run("walkthrough")

        assert done.returncode == 0, done.stderr
        for rule in ("R11", "R16", "R19", "R23", "R25", "R41", "R43"):
            assert f"Why: {rule} (" in done.stdout
        assert "no such case" in done.stdout
        assert "The statistics copy has 1 row more" in done.stdout
        assert "Persons by form of exploitation and sex" in done.stdout
        assert "Of 4 personal things that were typed, 0 went out" in done.stdout
        assert found("SELECT count(*) FROM statistics.person")[0] == before + 1


class TestTheFigures:
    """Invented years from before the record, published as any others, so that pages show some."""

    def test_of_the_last_year_are_published_once_and_read_by_a_second_person(
        self, made: str
    ) -> None:
        ledger = found("SELECT reading FROM statistics.release")
        persons = found("SELECT count(*) FROM statistics.person WHERE before_record")

        assert ledger == ["second_person"]
        assert persons == [3901]

    def test_of_earlier_years_are_put_there_by_the_owner_only(self, made: str) -> None:
        with psycopg.connect(**server().admin_dsn(NAME)) as connection:
            connection.execute("SET ROLE opennrm_recorder")
            with pytest.raises(psycopg.Error, match="by its owner only"):
                connection.execute("UPDATE statistics.person SET before_record = true")


class TestTheSurveys:
    """Made once, however often the demonstration is continued."""

    def test_are_there_with_an_assessment_and_a_report(self, made: str) -> None:
        counts = [
            found(f"SELECT count(*) FROM coordination_{table}")[0]
            for table in ("surveyround", "surveyreply", "assessment", "report")
        ]

        assert counts == [2, 217, 1, 1]

    def test_mark_every_reply_of_the_rebuilt_survey_as_invented(self, made: str) -> None:
        marked = found("SELECT title FROM coordination_surveyround WHERE is_invented")

        assert marked == ["Survey of States 2005/06, rebuilt"]
