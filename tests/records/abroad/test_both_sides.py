"""A hand-over from case to case, as both sides tell it."""

from opennrm.vocabulary.hand_over import HandOverState
from tests.records.abroad.two_states import ABROAD, HERE, carry_all, offered


def the_same(story) -> None:
    assert story.told(HERE) == story.told(ABROAD)
    assert story.stands(HERE) is story.stands(ABROAD)


class TestAHandOver:
    def test_goes_from_case_to_case(self) -> None:
        story = offered()
        carry_all()
        assert story.stands(ABROAD) is HandOverState.OFFERED

        story.answer()
        carry_all()
        story.hand_over_rest()
        carry_all()
        story.take_over()
        carry_all()

        assert story.stands(HERE) is HandOverState.TAKEN_OVER
        the_same(story)
        assert story.cases_abroad() == 1
