"""Which acts wait for a second person: under which rule, who proposes, who may answer."""

from collections.abc import Mapping
from dataclasses import dataclass

from opennrm.vocabulary.holds import HeldAct
from opennrm.vocabulary.roles import Role


def roles(names: str) -> frozenset[Role]:
    """Read a set of roles from their codes."""
    return frozenset(Role(name) for name in names.split())


@dataclass(frozen=True, slots=True)
class HoldTerms:
    """The rule a hold serves, the roles that propose (none named: all) and those that answer.

    `elsewhere` asks for another organisation; else another person of the own house may answer,
    in the roles of `at_home`.
    """

    rule: str
    readers: frozenset[Role]
    proposers: frozenset[Role] = frozenset()
    at_home: frozenset[Role] = frozenset()

    @property
    def elsewhere(self) -> bool:
        """Tell whether only another organisation may answer."""
        return not self.at_home


DECIDERS = roles("CA RP")
BESIDE_HER = roles("CM SH LA GU CP CA RP")
TERMS: Mapping[str, HoldTerms] = {
    HeldAct.NEGATIVE_DECISION: HoldTerms("R23", roles("RP"), roles("CA"), at_home=DECIDERS),
    HeldAct.RECOVERY_ENDED_EARLY: HoldTerms("R27", roles("RP"), roles("CA"), at_home=DECIDERS),
    HeldAct.END_OF_HELP: HoldTerms("R09", BESIDE_HER, roles("FR HL CM")),
    HeldAct.STATEMENT_IN_RECOVERY: HoldTerms("R24", roles("CM LA VW GU CP"), roles("LE PR")),
    HeldAct.CLOSING_WITH_OPEN_ROUTES: HoldTerms("R58", roles("CM LA GU CP VW"), roles("FR HL CM")),
    HeldAct.RETURN_WITH_OPEN_REMEDIES: HoldTerms("R63", BESIDE_HER),
    HeldAct.RETURN_AUTHORISED: HoldTerms("R21", BESIDE_HER | roles("BP TF")),
    HeldAct.ADULT_AGE: HoldTerms("R31", roles("CA RP CP GU BP")),
    HeldAct.REMOVAL_OF_MARKED_PERSON: HoldTerms("R21", BESIDE_HER),
    HeldAct.SINGLE_AGENCY_DECISION: HoldTerms("R15", BESIDE_HER),
}
