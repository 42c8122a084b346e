"""Every act of the model, in one table."""

from opennrm.casework.exploring.acts_child import CHILD
from opennrm.casework.exploring.acts_decisions import DECISIONS
from opennrm.casework.exploring.acts_help import HELP
from opennrm.casework.exploring.acts_return import RETURN
from opennrm.casework.exploring.acts_sharing import SHARING
from opennrm.casework.exploring.acts_tracks import TRACKS

ACTS = (*SHARING, *HELP, *DECISIONS, *TRACKS, *CHILD, *RETURN)
