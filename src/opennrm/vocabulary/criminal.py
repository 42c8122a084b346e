"""Words of the criminal track: where proceedings stand and in which capacity she is in them."""

from opennrm.vocabulary.code import Code, CodeList, Verification


class CriminalTrack(Code):
    """Where criminal proceedings stand."""

    NONE = "none", "None"
    INTELLIGENCE_ONLY = "intelligence_only", "Intelligence only"
    REPORTED = "reported", "Reported"
    INVESTIGATION = "investigation", "Investigation"
    PROSECUTION = "prosecution", "Prosecution"
    TRIAL = "trial", "Trial"
    JUDGMENT = "judgment", "Judgment"
    APPEAL = "appeal", "Appeal"
    FINAL = "final", "Final"
    DISCONTINUED = "discontinued", "Discontinued"


class ProceedingsCapacity(Code):
    """In which capacity the person takes part in proceedings; she may have several."""

    INJURED_PERSON = "injured_person", "Injured person"
    WITNESS = "witness", "Witness"
    SUSPECT = "suspect", "Suspect", "Calls for a non-punishment assessment (R54)."


LISTS = (
    CodeList(
        "criminal_track",
        "Criminal track",
        "Where criminal proceedings stand; they move no other track (R17).",
        "Domain reference, lifecycle, stage 8",
        Verification.STATED,
        CriminalTrack,
    ),
    CodeList(
        "proceedings_capacity",
        "Capacity in proceedings",
        "In which capacity the person takes part.",
        "Domain reference, lifecycle, stage 8",
        Verification.PROJECT,
        ProceedingsCapacity,
    ),
)
