"""Registers of the co-ordination for programs: read, written, closed and kept like their pages."""

from datetime import timedelta
from functools import cache
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from opennrm.coordination.desk import at_coordination
from opennrm.coordination.models import FieldReport, RegisterEntry
from opennrm.coordination.permissions import Area
from opennrm.records import programs
from opennrm.records.sessions import token_of
from opennrm.web.coordination.home import PARTS
from tests import cast, database
from tests.api.calling import Program, described, let_in
from tests.database import as_role, signed_in

CO_ORDINATOR, HOUSE = cast.CO_ORDINATOR, cast.CASE_MANAGER
DESK = {"name": "Desk", "purpose": "general", "from_on": "2026-01-01"}
TODAY = database.NOW.date()


@cache
def program(who: cast.Member = CO_ORDINATOR) -> Program:
    """Let a program in, once for each person."""
    return let_in(who)


def added(register: str, entry: dict[str, Any], who: cast.Member = CO_ORDINATOR) -> str:
    """Add an entry and return its reference."""
    answer = program(who).post(f"/registers/{register}", {"entry": entry})
    assert answer.status_code == 201, answer.content
    return str(answer.json()["reference"])


def shown(register: str, ref: str, who: cast.Member = CO_ORDINATOR) -> Any:
    """Read an entry."""
    answer = program(who).get(f"/registers/{register}/{ref}")
    assert answer.status_code == 200, answer.content
    return answer.json()


def house(**more: Any) -> dict[str, Any]:
    """Return an organisation as a program sends it."""
    return {"name": f"House {uuid4().hex[:8]}", "kind": "ngo", "jurisdiction": "MK", **more}


def own_entry(who: cast.Member) -> RegisterEntry:
    """Return the entry of somebody's organisation in the register."""
    with at_coordination(signed_in(CO_ORDINATOR)):
        made, _new = RegisterEntry.objects.get_or_create(
            member_id=who.actor.organisation,
            defaults={"name": who.organisation.name, "kind": "ngo", "jurisdiction": "MK"},
        )
    return made


class TestTheDescription:
    def test_has_every_list_but_the_one_with_readers_of_its_own(self):
        paths = described()["paths"]
        lists = {sheet.name for area, _title, each in PARTS for sheet in each}
        closed = {
            sheet.name for area, _title, each in PARTS for sheet in each if area is Area.CONDUCT
        }

        named = {path.split("/")[2] for path in paths if path.startswith("/registers/")}

        assert named == lists - closed
        assert closed

    def test_names_the_fields_of_each(self):
        sent = described()["components"]["schemas"]["OrganisationsEntry"]["properties"]
        steps = described()["paths"]["/registers/plans/{ref}/adopt"]["post"]

        assert {"name", "roles", "areas", "languages"} <= set(sent)
        assert "Needed" in sent["name"]["description"]
        assert steps["operationId"] == "adopt_of_plans"


class TestAnEntry:
    def test_is_added_changed_and_removed_and_all_of_it_is_kept(self):
        ref = added("organisations", house(areas=["Skopje"], languages=["mk", "sq"]))
        first = shown("organisations", ref)
        at = f"/registers/organisations/{ref}"

        changed = program().post(
            f"{at}/change",
            {"entry": {"areas": ["Tetovo"]}, "expected": first["version"], "why": "It moved"},
        )
        second = shown("organisations", ref)
        removed = program().post(f"{at}/remove", {"expected": second["version"], "why": "Closed"})

        assert (changed.status_code, removed.status_code) == (201, 201), removed.content
        assert second["entry"] == {**first["entry"], "areas": ["Tetovo"]}
        assert program().get(at).status_code == 404
        (last, *_rest) = program().get("/registers/organisations/history").json()
        assert (last["ref"], last["act"], last["why"]) == (ref, "delete", "Closed")
        assert last["fields"]["areas"] == {"was": ["Tetovo"], "became": None}

    def test_has_a_history_of_who_changed_what_when_and_why(self):
        ref = added("organisations", house(areas=["Skopje"]))
        version = shown("organisations", ref)["version"]
        said = {"entry": {"areas": []}, "expected": version, "why": "It closed there"}
        program().post(f"/registers/organisations/{ref}/change", said)

        newest, oldest = program().get(f"/registers/organisations/{ref}/history").json()

        assert (newest["act"], newest["why"]) == ("update", "It closed there")
        assert newest["fields"]["areas"] == {"was": ["Skopje"], "became": []}
        assert newest["organisation"] == cast.CO_ORDINATION.name
        assert oldest["act"] == "insert"

    def test_is_not_changed_when_somebody_was_faster(self):
        ref = added("organisations", house())
        seen = shown("organisations", ref)["version"]
        said = {"entry": {"short_name": "A"}, "expected": seen, "why": "Short"}
        first = program().post(f"/registers/organisations/{ref}/change", said)

        second = program().post(
            f"/registers/organisations/{ref}/change", {**said, "entry": {"short_name": "B"}}
        )

        assert first.status_code == 201, first.content
        assert (second.status_code, second.json()["reason"]) == (409, "changed_meanwhile")
        assert shown("organisations", ref)["entry"]["short_name"] == "A"

    def test_sent_again_with_its_key_is_there_once(self):
        key, sent = uuid4(), {"entry": house()}

        first, again = (program().post("/registers/organisations", sent, key) for _ in range(2))
        other = program().post("/registers/organisations", {"entry": house()}, key)

        assert (first.status_code, again.status_code) == (201, 200)
        assert first.json() == again.json()
        assert (other.status_code, other.json()["reason"]) == (409, "key_used_otherwise")
        found = program().get("/registers/organisations", text=sent["entry"]["name"]).json()
        assert len(found["entries"]) == 1

    @pytest.mark.parametrize(
        ("entry", "field"),
        [
            ({"kind": "ngo"}, "name"),
            (house(kind="nothing"), "kind"),
            (house(languages=["zz9"]), "languages"),
            (house(joined_on="2026-02-30"), "entry.joined_on"),
            (house(secret="x"), "entry.secret"),
            (house(name="a\x00b"), "entry.name"),
        ],
        ids=["missing", "code", "language", "day", "unknown", "nul"],
    )
    def test_is_refused_with_its_field(self, entry: dict[str, Any], field: str):
        answer = program().post("/registers/organisations", {"entry": entry})

        assert answer.status_code == 422
        assert field in {one["field"] for one in answer.json()["errors"]}

    def test_holds_money_as_it_is_written(self):
        plan = added("plans", {**new_plan(), "currency": "JPY"})
        action = added_action(plan)

        budget = added(
            "budgets", {"action": action, "source": "state", "year": 2026, "planned": "1200"}
        )

        assert shown("budgets", budget)["entry"]["planned"] == "1200"


def new_plan() -> dict[str, Any]:
    """Return a draft of a plan as a program sends it."""
    return {
        "title": f"Plan {uuid4().hex[:8]}",
        "jurisdiction": "MK",
        "from_on": TODAY.isoformat(),
        "until_on": (TODAY + timedelta(days=900)).isoformat(),
        "currency": "EUR",
    }


def added_action(plan: str) -> str:
    """Add an objective with one action to a plan and return the action."""
    aim = {"plan": plan, "number": "1", "pillar": "prevention", "text": "Fewer are at risk"}
    act = {"objective": added("objectives", aim), "number": "1.1", "text": "Talk to employers"}
    return added("actions", act)


class TestAStep:
    def test_is_taken_only_where_its_rule_holds(self):
        action = added_action(added("plans", new_plan()))
        said = {"expected": shown("actions", action)["version"], "why": "It begins"}

        answer = program().post(f"/registers/actions/{action}/activate", said)

        assert (answer.status_code, answer.json()["reason"]) == (409, "change_refused")
        assert "lead" in answer.json()["detail"].casefold()

    def test_is_not_taken_where_it_is_not_offered(self):
        plan = added("plans", new_plan())
        said = {"expected": shown("plans", plan)["version"], "why": "Now"}

        adopted = program().post(
            f"/registers/plans/{plan}/adopt", {**said, "on": TODAY.isoformat()}
        )
        unknown = program().post(f"/registers/plans/{plan}/burn", said)

        assert (adopted.status_code, adopted.json()["reason"]) == (403, "not_hers")
        assert unknown.status_code == 404


class TestTheList:
    def test_goes_on_where_it_was_left_and_tells_what_is_new(self):
        refs = [added("organisations", house()) for _ in range(3)]
        found: list[str] = []
        after = None
        while True:
            asked = {"most": 2} | ({"after": after} if after else {})
            page = program().get("/registers/organisations", **asked).json()
            found += [one["ref"] for one in page["entries"]]
            after = page["after"]
            if page["is_all"]:
                break
        newer = added("organisations", house())

        page = program().get("/registers/organisations", after=after).json()

        assert set(refs) <= set(found) and len(found) == len(set(found))
        assert [one["ref"] for one in page["entries"]] == [newer]

    def test_is_narrowed_like_the_page_and_refuses_what_it_does_not_know(self):
        asked = program().get("/registers/commitments", kind="task_of_OSCE_bodies", most=200)
        odd = program().get("/registers/commitments", kind="nothing")
        unknown = program().get("/registers/commitments", colour="red")

        assert len(asked.json()["entries"]) == 26
        assert [odd.json()["errors"][0]["field"], odd.status_code] == ["kind", 422]
        assert [unknown.json()["errors"][0]["field"], unknown.status_code] == ["colour", 422]

    @pytest.mark.parametrize("after", ["x", "MTIz", "LTEgeA==", "\u0161"])
    def test_takes_no_made_up_place(self, after: str):
        assert program().get("/registers/organisations", after=after).status_code == 422

    def test_names_the_registers_that_are_open(self):
        police = {one["name"] for one in program(cast.POLICE_OFFICER).get("/registers").json()}

        assert "organisations" in police
        assert not {"conduct-reports", "labour-inspections"} & police


class TestWhoMayNot:
    def test_writes_nothing_of_another_house(self):
        there = own_entry(cast.SHELTER_WITHOUT_CONSENT)
        contact = {"entry": str(there.ref), **DESK}

        answer = program(HOUSE).post("/registers/contacts", {"entry": contact})

        assert (answer.status_code, answer.json()["reason"]) == (403, "not_hers")

    def test_writes_its_own(self):
        contact = {"entry": str(own_entry(HOUSE).ref), **DESK}

        assert UUID(added("contacts", contact, HOUSE))

    def test_adds_no_organisation(self):
        answer = program(HOUSE).post("/registers/organisations", {"entry": house()})

        assert (answer.status_code, answer.json()["reason"]) == (403, "not_hers")

    def test_reads_nothing_of_the_field_desk_of_another_house(self):
        with at_coordination(signed_in(HOUSE)):
            report = FieldReport.objects.create(
                house_id=HOUSE.actor.organisation, told_on=TODAY, consent="not_asked"
            )
        at = "/registers/field-reports"

        theirs = program(cast.SHELTER_WITHOUT_CONSENT)

        assert program(HOUSE).get(f"{at}/{report.ref}").status_code == 200
        for address in (f"{at}/{report.ref}", f"{at}/{report.ref}/history"):
            assert theirs.get(address).status_code == 404
        assert str(report.ref) not in theirs.get(at).content.decode()

    def test_finds_no_register_of_conduct(self):
        for name in ("conduct-reports", "conduct-readers", "nothing"):
            assert program(cast.OSCE_OFFICER).get(f"/registers/{name}").status_code == 404


class TestAProgramWithoutThePart:
    def test_is_told_that_it_may_not(self):
        answer = let_in(CO_ORDINATOR, parts=("D1",)).get("/registers/organisations")

        assert (answer.status_code, answer.json()["reason"]) == (403, "step_not_allowed")

    def test_reads_and_writes_nothing_whatever_statement_is_sent(self):
        token = token_of(let_in(CO_ORDINATOR, parts=("D1",)).secret, programs.TOKEN)
        with as_role("opennrm_app") as connection:
            connection.execute("SELECT nrm.bind_reader(%s)", [token])
            seen = connection.execute("SELECT count(*) FROM coordination_registerentry").fetchone()
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(
                    "INSERT INTO coordination_state (ref, code, name) VALUES (%s, 'ZZ', 'Z')",
                    [uuid4()],
                )

        assert seen == (0,)

    def test_reads_without_writing_where_only_reading_was_named(self):
        reader = let_in(CO_ORDINATOR, steps=("registers",))

        answer = reader.post("/registers/organisations", {"entry": house()})

        assert reader.get("/registers/organisations").status_code == 200
        assert (answer.status_code, answer.json()["reason"]) == (403, "step_not_allowed")
