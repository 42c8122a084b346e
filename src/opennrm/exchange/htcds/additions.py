"""Our own columns beside the standard's: what it has no field or no code for, named apart.

Each name begins with `nrm_`, which no field of the standard does. A list of the standard that is
too narrow keeps "Other" in the standard's own column, so that who reads only the standard sees
that something is there; the addition then says what.
"""

from dataclasses import dataclass
from functools import cache

from opennrm.exchange.htcds.standard import Field, plain
from opennrm.indicators.catalogue import indicators
from opennrm.vocabulary.code import Code
from opennrm.vocabulary.countries import STATELESS, UNKNOWN
from opennrm.vocabulary.exploitation import ExploitationForm, Means, MeansOfControl
from opennrm.vocabulary.person import Sex

PREFIX = "nrm_"
VERSION = "1"


@dataclass(frozen=True)
class Addition:
    """One column of ours: what it holds, and the field of the standard it widens, if any."""

    name: str
    label: str
    attribute: str
    kind: str
    words: tuple[Code, ...] = ()
    widens: str = ""
    why: str = ""


ADDITIONS = (
    Addition(
        "nrm_Reference",
        "Reference of the sender",
        "external_id",
        "Text",
        why="The standard has no case or registration number.",
    ),
    Addition(
        "nrm_RegistrationDate",
        "Registration date",
        "registered_on",
        "Date",
        why="The standard has no date of registration.",
    ),
    Addition("nrm_Sex", "Sex", "sex", "One", tuple(Sex), why="The standard has gender only."),
    Addition(
        "nrm_Citizenship",
        "Citizenship, other than a country",
        "citizenships",
        "Several",
        widens="prs_Citizenship",
        why="The list of countries cannot say stateless or not known.",
    ),
    Addition(
        "nrm_TypeOfExploitation",
        "Type of exploitation, other than the standard's",
        "forms",
        "Several",
        tuple(ExploitationForm),
        widens="vic_TypeOfExploitation",
        why="The list lacks forced criminality, domestic servitude, slavery and benefit fraud.",
    ),
    Addition(
        "nrm_MethodsOfControl",
        "Methods of control, other than the standard's",
        "means_of_control",
        "Several",
        (*MeansOfControl, *Means),
        widens="vic_MethodsOfControl",
        why="The list lacks abduction, restricted movement and children used as a lever.",
    ),
    Addition(
        "nrm_SignsTold",
        "Signs told by the person",
        "signs_told",
        "Several",
        why="The standard has no indicators.",
    ),
    Addition(
        "nrm_SignsSeen",
        "Signs seen",
        "signs_seen",
        "Several",
        why="The standard has no indicators.",
    ),
    Addition(
        "nrm_Presumed",
        "Presumed trafficked by who screened",
        "presumed",
        "YesNo",
        why="The status of the standard is a decision, a presumption is none.",
    ),
    Addition(
        "nrm_ScreeningReason",
        "Why presumed or not",
        "screening_reason",
        "LongText",
        why="The standard has no reasons.",
    ),
)
SIGNS = ("signs_told", "signs_seen")
OF_NAME = {one.name: one for one in ADDITIONS}


def own_words(addition: Addition) -> dict[str, str]:
    """Return what may stand in an addition, by every way to write it."""
    if addition.attribute == "citizenships":
        return {STATELESS: STATELESS, UNKNOWN: UNKNOWN}
    if addition.attribute in SIGNS:
        return {plain(sign): sign for sign in indicators()}
    return {plain(key): word.value for word in addition.words for key in (word.label, word.value)}


def own_word(addition: Addition, value: str) -> Code | str:
    """Return our word for a value of an addition."""
    return next((word for word in addition.words if word.value == value), value)


@cache
def own_fields() -> dict[str, Field]:
    """Return our columns in the shape of the standard's fields, to be found by header."""
    return {one.name: _field(one) for one in ADDITIONS}


def _field(addition: Addition) -> Field:
    return Field(
        name=addition.name,
        label=addition.label,
        kind=addition.kind,
        many=addition.kind == "Several",
        code_list="",
        core=True,
        excel_column="",
        excel_header=addition.name,
        excel_label=addition.label,
        xlsform_name=addition.name,
        xlsform_label=addition.label,
    )
