"""Names the separately sealed parts of a case: a scope, or the extract of a scope."""

from dataclasses import dataclass
from typing import Self

from opennrm.vocabulary.scopes import Scope

EXTRACT_MARK = "S"


@dataclass(frozen=True, slots=True)
class Compartment:
    """One scope of a case, or its extract: the summary that is sealed apart.

    >>> Compartment.parse("D4S").code
    'D4S'
    >>> Compartment.parse("D4").extract
    False
    """

    scope: Scope
    extract: bool = False

    @property
    def code(self) -> str:
        """Return the short code, such as D4 or D4S."""
        return self.scope.value + (EXTRACT_MARK if self.extract else "")

    @property
    def names_people(self) -> bool:
        """Tell whether access must name the account: whereabouts go to named people only."""
        return self.scope is Scope.WHEREABOUTS

    @classmethod
    def parse(cls, code: str) -> Self:
        """Read a compartment from its code.

        :raises ValueError: when no scope has this code.
        """
        return cls(Scope(code.removesuffix(EXTRACT_MARK)), code.endswith(EXTRACT_MARK))
