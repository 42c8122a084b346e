"""What a kind of fact is: where it goes, who may append it, what it may hold."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from opennrm.lifecycle.fields import Field, OpenValue
from opennrm.vocabulary.scopes import Scope

Needs = Literal["write", "read", "addressee", "addressee_or_write", "any", "standby"]


@dataclass(frozen=True, slots=True)
class Kind:
    """What a fact of this kind holds, where it goes and who may append it."""

    name: str
    label: str
    scope: Scope | None
    needs: Needs = "write"
    track: str | None = None
    fields: Mapping[str, Field] = field(default_factory=dict)
    sealed: tuple[str, ...] = ()
    always_extract: bool = False

    def scope_of(self, given: Mapping[str, OpenValue]) -> Scope:
        """Return the scope of a fact of this kind; a summary names its own."""
        return self.scope or Scope(str(given["scope"]))
