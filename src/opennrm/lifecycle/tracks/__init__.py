"""The four tracks of a case; none of them knows another, and none moves another (R17)."""

from opennrm.lifecycle.move import Track
from opennrm.lifecycle.tracks import assistance, criminal, identification, residence

TRACKS: tuple[Track, ...] = (
    identification.TRACK,
    assistance.TRACK,
    criminal.TRACK,
    residence.TRACK,
)
