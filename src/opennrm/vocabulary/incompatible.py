"""Which roles must not meet in one account, unit or case: the separation of duties."""

from dataclasses import dataclass
from itertools import combinations

from opennrm.vocabulary.code import Code, CodeList, Verification
from opennrm.vocabulary.need_to_know import Access, scopes_with
from opennrm.vocabulary.roles import Role
from opennrm.vocabulary.scopes import Scope


class Reach(Code):
    """Where two roles must not meet."""

    ACCOUNT = "account", "In one account or unit"
    CASE = "case", "On one case"


@dataclass(frozen=True)
class Incompatibility:
    """Two roles that must be kept apart, where, and why."""

    roles: frozenset[Role]
    reach: Reach
    reason: str


SERVICES = (Role.HL, Role.CM, Role.SH, Role.HC, Role.LA, Role.IN, Role.CP, Role.RE, Role.CF)
PARTIES = (Role.PERSON, Role.LA, Role.PR, Role.LE, Role.VW, Role.CF, Role.JU)
GUARDIAN_INTERESTS = (Role.MI, Role.IE, Role.SH)
INDEPENDENT = "The Rapporteur does no operational work."
CASE_HOLDING = (Access.READ, Access.WRITE, Access.SUMMARY)


def _apart(first: Role, others: tuple[Role, ...], reason: str) -> tuple[Incompatibility, ...]:
    return tuple(
        Incompatibility(frozenset({first, other}), Reach.ACCOUNT, reason) for other in others
    )


def roles_on_cases() -> tuple[Role, ...]:
    """Return the roles that hold anything of the content of single cases."""
    return tuple(
        role
        for role in Role
        if {*scopes_with(role, *CASE_HOLDING)} - {Scope.PUBLISHED, Scope.STRUCTURES}
    )


INCOMPATIBLE = (
    Incompatibility(
        frozenset({Role.CA, Role.LE}),
        Reach.CASE,
        "Who investigates a case does not decide on identification in it.",
    ),
    Incompatibility(
        frozenset({Role.CA, Role.RP}), Reach.CASE, "Who decides does not review the decision."
    ),
    *_apart(Role.CA, (Role.MI, Role.IE), "Identification is kept apart from migration tasks."),
    *_apart(Role.NR, (Role.NCO, Role.CA, *SERVICES), INDEPENDENT),
    *_apart(Role.GU, GUARDIAN_INTERESTS, "A guardian has no other interest in the child."),
    *_apart(Role.DP, (Role.AD,), "Who watches over data does not run the system."),
    *_apart(Role.SO, roles_on_cases(), "Who makes statistics does not open cases."),
    *_apart(Role.TM, PARTIES, "A trial monitor is no party to a case."),
)


def incompatible(first: Role, second: Role) -> Incompatibility | None:
    """Return why two roles must be kept apart, or nothing. Source: roles reference, section 2."""
    wanted = frozenset({first, second})
    return next((pair for pair in INCOMPATIBLE if pair.roles == wanted), None)


def clashes(roles: frozenset[Role], reach: Reach = Reach.ACCOUNT) -> tuple[Incompatibility, ...]:
    """Return every pair among the roles of one account, or on one case, that must not meet."""
    pairs = (incompatible(*pair) for pair in combinations(sorted(roles), 2))
    return tuple(pair for pair in pairs if pair and pair.reach is reach)


LISTS = (
    CodeList(
        "reach",
        "Reach of an incompatibility",
        "Where two roles must not meet.",
        "Roles reference, section 2",
        Verification.PROJECT,
        Reach,
    ),
)
