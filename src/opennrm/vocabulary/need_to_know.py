"""The need-to-know matrix: what each role may hold of each data class."""

from functools import cache

from opennrm.vocabulary.code import Code, CodeList, Verification
from opennrm.vocabulary.roles import Role
from opennrm.vocabulary.scopes import Scope


class Access(Code):
    """How much of a data class a role may hold for a case that is open to it."""

    WRITE = "write", "Write", "Write and read."
    READ = "read", "Read"
    SUMMARY = "summary", "Summary or single items", "Only what consent or law gives."
    PSEUDONYMISED = "pseudonymised", "Pseudonymised", "Re-identification is forbidden."
    AGGREGATES = "aggregates", "Aggregates only"
    NONE = "none", "None"


MARKS = {
    "R": Access.READ,
    "R*": Access.READ,  # a child sees her own file through the guardian, in an age-fit way
    "W": Access.WRITE,
    "RW": Access.WRITE,
    "S": Access.SUMMARY,
    "P": Access.PSEUDONYMISED,
    "P/A": Access.PSEUDONYMISED,
    "A": Access.AGGREGATES,
    "-": Access.NONE,
}

# A best-interests panel works under the pseudonym of the case: it holds the extract of the
# skeleton, by which it finds the case, and nothing of identity (decision 0011).
UNDER_PSEUDONYM = frozenset({(Role.BP, Scope.SKELETON)})

# The minimum safety sheet is a class of this project, not of the roles reference: whoever finds,
# houses, treats or guides her writes it, a guardian reads it, the night duty of her house opens it
# in need, nobody else holds any of it.
SHEET = {
    Role.FR: Access.WRITE,
    Role.HL: Access.WRITE,
    Role.CM: Access.WRITE,
    Role.SH: Access.WRITE,
    Role.HC: Access.WRITE,
    Role.CP: Access.WRITE,
    Role.GU: Access.READ,
    Role.ND: Access.READ,
}

# What the night duty of a house may open in an emergency, one part at a time, with a reason and
# for a day at most; nothing of it is open before. A rule of this project, not of the roles
# reference (decision 0056).
AT_NIGHT = {
    Scope.IDENTITY: Access.READ,
    Scope.WHEREABOUTS: Access.READ,
    Scope.HEALTH: Access.SUMMARY,
    Scope.SAFETY: Access.READ,
    Scope.CHILD: Access.SUMMARY,
}

MATRIX = """
role   D1  D2  D3  D4  D5  D6  D7  D8  D9  D10 D11 D12 D13 D14 D15
PERSON R   RW  RW  RW  R   R   R   R   RW  R   R*  -   RW  R   R
FR     W   W   W   W   S   -   S   W   S   W   W   S   -   S   R
HL     W   S   S   W   -   -   -   W   S   W   S   -   -   -   R
CA     RW  R   S   R   S   S   S   S   S   R   S   -   -   W   R
RP     R   S   -   R   S   -   -   S   -   R   S   -   -   W   R
CM     W   W   W   R   S   S   S   W   W   W   S   -   S   R   R
SH     R   R   W   -   S   -   -   R   W   R   S   -   -   S   R
HC     R   S   S   S   W   -   -   S   S   R   S   -   -   -   R
LA     R   R   S   R   S   R   R   R   R   R   S   -   W   R   R
IN     -   S   -   S   -   -   -   -   -   -   -   -   -   -   -
GU     R   R   R   R   R   R   R   R   R   RW  W   -   R   R   R
CP     R   R   W   S   S   S   S   W   R   R   W   -   -   R   R
BP     P   P   -   S   S   S   S   R   S   R   W   -   -   S   -
LE     R   S   S   S   -   W   -   S   -   S   S   W   S   S   R
LI     R   S   -   S   -   S   -   S   -   S   S   S   S   S   R
PR     R   R   -   S   S   W   S   S   S   S   S   R   R   S   R
VW     R   R   S   -   -   R   S   R   S   R   S   -   S   S   R
TM     P   -   -   -   -   S   -   -   -   -   -   -   A   -   R
MI     R   R   S   -   -   -   W   S   -   S   S   -   -   S   -
AS     R   R   S   S   S   -   W   S   -   S   S   -   -   S   -
IE     -   -   -   -   -   -   -   -   -   -   -   -   -   -   -
CO     S   S   S   -   -   -   S   -   -   S   S   -   -   -   -
TF     R   S   S   -   S   -   S   R   S   R   S   -   -   S   R
RE     S   S   S   -   -   -   S   -   S   S   -   -   -   -   -
CF     S   S   S   S   S   S   -   -   -   S   S   -   W   S   -
AR     -   -   -   -   -   S   -   -   -   -   -   R   W   -   -
NCO    A   -   -   -   -   A   A   -   A   A   A   -   A   A   W
LOC    A   -   -   -   -   -   -   -   A   -   A   -   -   A   R
NR     P/A -   -   P   -   P/A A   P   P/A A   P/A A   P/A P   RW
SO     P   -   -   P   -   P   P   -   P   A   P   A   P   P   R
OF     A   -   -   -   -   A   A   -   A   -   A   -   A   A   RW
SR     A   -   -   -   -   A   A   -   A   -   A   -   A   A   RW
OD     A   -   -   -   -   A   A   -   A   -   A   -   A   A   RW
DP     R   S   -   -   -   -   -   -   -   R   -   -   -   -   R
AD     -   -   -   -   -   -   -   -   -   -   -   -   -   -   -
TR     A   -   -   -   -   -   -   -   -   -   -   -   -   -   R
MD     A   -   -   -   -   -   -   -   -   -   -   -   -   -   R
"""


@cache
def cells() -> dict[tuple[Role, Scope], Access]:
    """Return every printed cell of the matrix."""
    head, *rows = MATRIX.strip().splitlines()
    scopes = [Scope(code) for code in head.split()[1:]]
    found: dict[tuple[Role, Scope], Access] = {}
    for row in rows:
        role, *marks = row.split()
        pairs = zip(scopes, marks, strict=True)
        found.update({(Role[role], scope): MARKS[mark] for scope, mark in pairs})
    return found


def need_to_know(role: Role, scope: Scope) -> Access:
    """Return how much of a data class a role may hold; published figures are for everyone.

    Roles without a row (national commission, court) hold nothing but published figures.
    Source: roles reference, section 4; the sheet, decision 0026; the night, decision 0056.
    """
    if scope is Scope.PUBLISHED:
        return Access.READ
    if scope is Scope.SHEET:
        return SHEET.get(role, Access.NONE)
    if role is Role.ND:
        return AT_NIGHT.get(scope, Access.NONE)
    return cells().get((role, scope), Access.NONE)


def scopes_with(role: Role, *wanted: Access) -> tuple[Scope, ...]:
    """Return the data classes a role holds with one of the given accesses."""
    return tuple(scope for scope in Scope if need_to_know(role, scope) in wanted)


LISTS = (
    CodeList(
        "access",
        "Access",
        "How much of a data class a role may hold for a case that is open to it.",
        "Roles reference, section 4",
        Verification.PROJECT,
        Access,
    ),
)
