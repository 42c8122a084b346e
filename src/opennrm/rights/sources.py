"""The texts the rules rest on, each with how far it was checked."""

from opennrm.rights.rule import Source
from opennrm.vocabulary.code import Verification

BACKGROUND_NOTE = "ODIHR background note on the NRM, 2003"
REPORT_2006 = "OSCE Special Representative, From Policy to Practice, 2006"
GUIDELINES = "OSCE Anti-Trafficking Guidelines"
REPORT_2009 = "OSCE Special Representative, report of 2009"
COE = "Council of Europe Convention, CETS 197, art. "
EU = "Directive 2011/36/EU as amended, art. "


def stated(text: str) -> Source:
    """Name a source text in which the rule was found at its line."""
    return Source(text, Verification.STATED)


def read(text: str) -> Source:
    """Name a public text that was read."""
    return Source(text, Verification.PUBLIC_TEXT)


def known(text: str) -> Source:
    """Name a text known but not read again; to be confirmed before it is shown as law."""
    return Source(text, Verification.KNOWLEDGE)


def project(text: str) -> Source:
    """Name a decision of this project; not law."""
    return Source(text, Verification.PROJECT)
