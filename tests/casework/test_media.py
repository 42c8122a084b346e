"""Tests of the media: nobody is shown unasked, and a child never."""

from typing import Any
from uuid import UUID

import pytest

from opennrm.casework.consent import ConsentGiven, Withdrawal, take_consent, withdraw_consent
from opennrm.casework.media import MediaItem, release_media_item
from opennrm.casework.refusals import RuleBroken
from tests import cast
from tests.casework.story import NEXT_YEAR, TODAY, Story
from tests.rights.removing import without

OFFICER = cast.POLICE_OFFICER


def agreed(story: Story, purpose: str = "media", **more: Any) -> UUID:
    """Take her consent to be shown."""
    known = {"language": "sq", "form": "spoken", "given_on": TODAY, "until": NEXT_YEAR}
    consent = ConsentGiven(purpose=purpose, **(known | more))
    return take_consent(consent=consent, **story.by(OFFICER))


def release(story: Story, **more: Any) -> UUID:
    """Release a film."""
    known: dict[str, Any] = {"medium": "broadcast", "released_on": TODAY, "shows_person": True}
    item = MediaItem(**(known | {"item": "a film on work in fields"} | more))
    return release_media_item(item=item, **story.by(OFFICER))


class TestReleaseMediaItem:
    def test_shows_an_adult_who_agreed_to_this_very_item(self, story: Story) -> None:
        fact = release(story, consent=agreed(story))

        assert story.case.fact(fact).compartment == "D10"  # type: ignore[union-attr]

    def test_uses_a_consent_for_one_item_only(self, story: Story) -> None:
        consent = agreed(story)
        release(story, consent=consent)

        with pytest.raises(RuleBroken) as refused:
            release(story, consent=consent)

        assert refused.value.finding.rule == "R76"
        with without("R76"):
            release(story, consent=consent)

    def test_needs_a_consent_for_the_media_that_stands(self, story: Story) -> None:
        with pytest.raises(RuleBroken):
            release(story)
        with pytest.raises(RuleBroken):
            release(story, consent=agreed(story, purpose="interview"))
        taken_back = agreed(story)
        withdrawal = Withdrawal(consent=taken_back, withdrawn_on=TODAY)
        withdraw_consent(withdrawal=withdrawal, **story.by(OFFICER))
        with pytest.raises(RuleBroken):
            release(story, consent=taken_back)

    def test_never_shows_a_child_whoever_agrees(self, story: Story) -> None:
        story.contact(majority="child")
        consent = agreed(story, guardian=True, assent=True)

        with pytest.raises(RuleBroken) as refused:
            release(story, consent=consent)

        assert refused.value.finding.rule == "R40"
        with without("R40"), pytest.raises(RuleBroken) as still:
            release(story, consent=consent)
        assert still.value.finding.rule == "R76"

    def test_asks_first_where_nobody_looked(self, story: Story) -> None:
        with pytest.raises(RuleBroken) as refused:
            release(story, shows_person=None, consent=agreed(story))

        assert refused.value.finding.remedy == "look_at_item"

    def test_may_show_nobody_without_consent(self, story: Story) -> None:
        release(story, shows_person=False)

        assert story.case.of_kind("media_item_released")
