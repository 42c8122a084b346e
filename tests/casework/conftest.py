"""The office every test of a use case works in, and cases brought to where a test begins."""

import pytest

from opennrm.rights.jurisdictions import presets
from tests import cast
from tests.casework.story import Story
from tests.fakes import Office


@pytest.fixture
def office() -> Office:
    """An office with the whole cast and no case yet."""
    return Office(
        organisations={one.organisation: one for one in cast.ORGANISATIONS},
        members=tuple(one.actor for one in cast.MEMBERS),
        presets=presets,
    )


@pytest.fixture
def story(office: Office) -> Story:
    """A story that has begun: the police officer has met her."""
    return Story(office).contact()
