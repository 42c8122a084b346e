"""The page of who else may be this person: evidence, an answer on both cases, taken back."""

import pytest
from django.urls import reverse

from opennrm.records.reference import reference
from tests import cast, stories
from tests.web.browsing import browser
from tests.web.test_page_costs import MOST_BYTES, asked

OFFICER, MANAGER = cast.POLICE_OFFICER, cast.CASE_MANAGER
NAME, OTHER_LETTERS = "Mirsada Hodžić", "Мирсада Хоџиќ"

# A look opens who is told of in four cases at most, some of them for the first time.
MOST_TO_LOOK = 22


def described(name, born="1999-03-04"):
    case_ref = stories.contact(OFFICER, majority="adult", language="sq")
    stories.described(OFFICER, case_ref, names=name, birthdate=born, sex="female")
    return case_ref


def address(case_ref):
    return reverse("same_person", kwargs={"case_ref": case_ref})


@pytest.fixture()
def pair():
    return described(NAME), described(OTHER_LETTERS, born="1999-04-03")


def said(client, first, second, **more):
    sent = {"do": "answer", "other": second, "answer": "same", "because": ["names"], **more}
    return client.post(address(first), sent)


def test_others_are_shown_with_the_evidence_line_by_line_at_a_bounded_cost(pair):
    first, second = pair
    client = browser(OFFICER)
    with asked() as questions:
        answer = client.post(address(first), {"do": "look"})
    page = answer.content.decode()

    assert str(second) in page
    assert OTHER_LETTERS in page
    assert "1999-04-03" in page
    assert "Nearly" in page
    assert len(answer.content) < MOST_BYTES
    assert len(questions) <= MOST_TO_LOOK


def test_another_case_is_found_by_its_reference_however_it_is_written(pair):
    first, _second = pair
    far = described("Teuta Rama")
    typed = reference(far).lower().replace("-", " ")
    page = browser(OFFICER).post(address(first), {"do": "look", "reference": typed})
    assert "Teuta Rama" in page.content.decode()
    mine = browser(MANAGER)
    closed = stories.contact(MANAGER)
    stories.described(MANAGER, closed, names="Ana")
    page = mine.post(address(closed), {"do": "look", "reference": typed}).content.decode()
    assert "Teuta Rama" not in page


def test_an_answer_stands_on_both_case_pages_until_it_is_taken_back(pair):
    first, second = pair
    client = browser(OFFICER)
    assert said(client, first, second).status_code == 302
    for here, there in (pair, pair[::-1]):
        page = client.get(reverse("case", kwargs={"case_ref": here})).content.decode()
        assert str(there) in page
        assert "The same person" in page

    back = {"do": "take_back", "other": first, "because": "mistake"}
    assert client.post(address(second), back).status_code == 302
    for here, there in (pair, pair[::-1]):
        assert str(there) not in client.get(f"/case/{here}/").content.decode()
    page = client.get(address(first)).content.decode()
    assert "Taken back" in page
    assert "A mistake" in page


def test_an_answer_without_a_reason_is_asked_again_and_not_kept(pair):
    client = browser(OFFICER)
    assert said(client, *pair, because=[]).status_code == 422
    assert said(client, *pair, answer="joined").status_code == 422
    back = {"do": "take_back", "other": pair[1]}
    assert client.post(address(pair[0]), back).status_code == 422
    assert str(pair[1]) not in client.get(address(pair[0])).content.decode()


def test_whoever_may_not_see_both_is_told_that_there_is_nothing(pair):
    first, second = pair
    client = browser(MANAGER)
    assert client.get(address(first)).status_code == 404
    own = stories.contact(MANAGER)
    stories.described(MANAGER, own, names=NAME)
    assert said(client, own, second).status_code == 404
    assert said(client, own, own).status_code == 404
    page = client.post(address(own), {"do": "look"}).content.decode()
    assert str(first) not in page
