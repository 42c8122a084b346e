"""Who else may be a person, for programs: as far as the page goes, and no further."""

from tests import cast, stories
from tests.api.calling import let_in

POLICE, SHELTER = cast.POLICE_OFFICER, cast.CASE_MANAGER
SAID = {"answer": "maybe", "because": ["names"]}


def test_a_program_compares_answers_and_takes_back_and_opens_nothing():
    one, other, closed = (stories.contact(POLICE) for _ in range(3))
    for case_ref in (one, other):
        stories.described(POLICE, case_ref, names="Hatidža Salihović", sex="female")
    police = let_in(POLICE)
    address = f"/cases/{one}/persons"

    alike = police.get(address).json()["alike"]
    assert str(other) in {each["hit"]["case_ref"] for each in alike}
    assert police.post(address, {**SAID, "other": str(other)}).status_code == 201
    kept = police.get(f"/cases/{other}/persons").json()["answers"]
    assert [(each["other"], each["answer"]) for each in kept] == [(str(one), "maybe")]

    back = {"other": str(other), "answer": "taken_back", "because": ["mistake"]}
    assert police.post(address, back).status_code == 201
    wrong = {"other": str(other), "answer": "joined", "because": []}
    assert police.post(address, wrong).status_code == 422

    own = stories.contact(SHELTER)
    stories.described(SHELTER, own, names="Hatidža Salihović")
    shelter = let_in(SHELTER)
    assert shelter.get(address).status_code == 404
    for hidden in (one, closed):
        sent = {**SAID, "other": str(hidden)}
        assert shelter.post(f"/cases/{own}/persons", sent).status_code == 404
    assert shelter.get(f"/cases/{own}/persons").json() == {"alike": [], "answers": []}


def test_a_program_without_the_part_of_names_sees_and_says_nothing():
    one, other = stories.contact(POLICE), stories.contact(POLICE)
    for case_ref in (one, other):
        stories.described(POLICE, case_ref, names="Hatidža Salihović")
    program = let_in(POLICE, parts=("D1", "D9"))

    answer = program.post(f"/cases/{one}/persons", {**SAID, "other": str(other)})
    assert answer.status_code == 404
    assert program.get(f"/cases/{one}/persons").json() == {"alike": [], "answers": []}
