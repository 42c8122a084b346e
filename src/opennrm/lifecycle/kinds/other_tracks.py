"""Kinds of facts of the criminal track."""

from opennrm.lifecycle import fields as of
from opennrm.lifecycle.fields import must
from opennrm.lifecycle.kinds.kind import Kind
from opennrm.vocabulary.criminal import CriminalTrack
from opennrm.vocabulary.scopes import Scope

OTHER_TRACKS = (
    Kind(
        "criminal_step_recorded",
        "Step of criminal proceedings",
        Scope.CRIMINAL,
        track="criminal",
        fields={
            "step": must(of.code(set(CriminalTrack) - {CriminalTrack.NONE})),
            "step_on": of.day(),
        },
        sealed=("note",),
    ),
)
