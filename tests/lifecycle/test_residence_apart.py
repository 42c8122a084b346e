"""Help, identification and the criminal case stay as they are, whatever residence or return do."""

import pytest

from opennrm.lifecycle.kinds.residence import RESIDENCE
from opennrm.lifecycle.kinds.safe_return import SAFE_RETURN
from opennrm.lifecycle.tracks import TRACKS
from opennrm.vocabulary.residence import ResidenceTrack
from tests.lifecycle.paths import WAYS, walk
from tests.lifecycle.telling import Telling

OURS = {kind.name for kind in (*RESIDENCE, *SAFE_RETURN)}
OTHERS = ("identification", "assistance", "criminal")


class TestResidenceAndReturn:
    def test_are_heard_by_the_residence_track_alone(self) -> None:
        heard = {track.name for track in TRACKS for move in track.moves if move.kind in OURS}

        assert heard == {"residence"}

    def test_name_no_other_track_in_their_kinds(self) -> None:
        named = {kind.track for kind in (*RESIDENCE, *SAFE_RETURN)}

        assert named == {None, "residence"}

    @pytest.mark.parametrize("status", list(ResidenceTrack))
    @pytest.mark.parametrize("stands", sorted(WAYS["assistance"]))
    def test_leave_help_where_it_stands(self, status: str, stands: str) -> None:
        telling = Telling()
        before = walk(telling, WAYS["assistance"][stands]).standings

        telling.tell("residence_recorded", {"status": status})

        after = telling.case.standings
        assert after["residence"].state == status
        assert [after[name] for name in OTHERS] == [before[name] for name in OTHERS]
