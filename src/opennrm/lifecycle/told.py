"""What the standing facts tell about the person: age, danger, forms, scope."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from opennrm.lifecycle.facts import Fact
from opennrm.lifecycle.fields import OpenValue

CHILD_STATUS = frozenset({"child", "presumed_child"})
UNKNOWN = "unknown"
SETTLED = "age_settled"
UNSAID = frozenset({UNKNOWN, "not_asked"})
AGE_WORDS = ("age_status", "majority", "age_group")


def last(facts: Iterable[Fact], name: str) -> str | None:
    """Return the last value given for a field; None when none was."""
    values = [value for fact in facts if (value := fact.text(name))]
    return values[-1] if values else None


def last_said(facts: Iterable[Fact], name: str) -> str | None:
    """Return the last value given for a field that says something."""
    values = [value for fact in facts if (value := fact.text(name)) and value not in UNSAID]
    return values[-1] if values else None


def majority(facts: Sequence[Fact]) -> str:
    """Return child, adult or unknown; one word of a child wins over any of an adult (R31).

    An age that was settled stands from then on, until somebody speaks of a child again.
    """
    return _majority(since_settled(facts))


def age_status(facts: Sequence[Fact]) -> str | None:
    """Return adult, child or presumed child (told to be both, or in doubt); None when unsaid."""
    heard = since_settled(facts)
    said = _majority(heard)
    if said == UNKNOWN:
        return None
    if said == "adult":
        return "adult"
    is_doubted = any(_is_doubted(fact.open) or says_adult(fact.open) for fact in heard)
    return "presumed_child" if is_doubted else "child"


def age_said_at(recorded: Iterable[Fact], roots: Mapping[UUID, UUID]) -> Mapping[UUID, int]:
    """Return, for each thing told, the position at which it last said something else of her age.

    A correction speaks when it changes the words on age; one that corrects something else does
    not say them anew.
    """
    said: dict[UUID, tuple[tuple[OpenValue, ...], int]] = {}
    for fact in recorded:
        root, told = roots[fact.fact_ref], tuple(fact.open.get(name) for name in AGE_WORDS)
        if root not in said or said[root][0] != told:
            said[root] = (told, fact.position)
    return {root: position for root, (_, position) in said.items()}


def age_settled(facts: Sequence[Fact]) -> Fact | None:
    """Return the fact that settled the age, with its basis and day; None when none stands."""
    first = next(iter(since_settled(facts)), None)
    return first if first is not None and first.kind == SETTLED else None


def since_settled(facts: Sequence[Fact]) -> Sequence[Fact]:
    """Leave out what was said of an age before it was settled for the last time.

    The facts stand in the order in which they last spoke of an age.
    """
    places = [place for place, fact in enumerate(facts) if fact.kind == SETTLED]
    return facts[places[-1] :] if places else facts


def _majority(facts: Sequence[Fact]) -> str:
    if any(says_child(fact.open) for fact in facts):
        return "child"
    return "adult" if any(says_adult(fact.open) for fact in facts) else UNKNOWN


def says_child(open_part: Mapping[str, OpenValue]) -> bool:
    """Tell whether the open part of a fact speaks of a child, in doubt or not."""
    return open_part.get("age_status") in CHILD_STATUS or "child" in _words(open_part)


def says_adult(open_part: Mapping[str, OpenValue]) -> bool:
    """Tell whether the open part of a fact speaks of an adult."""
    return open_part.get("age_status") == "adult" or "adult" in _words(open_part)


def _is_doubted(open_part: Mapping[str, OpenValue]) -> bool:
    return open_part.get("age_status") == "presumed_child"


def _words(open_part: Mapping[str, OpenValue]) -> frozenset[str]:
    said = (open_part.get("majority"), open_part.get("age_group"))
    return frozenset(str(value).split("_")[0] for value in said if value)


def danger(facts: Sequence[Fact]) -> str:
    """Return the last danger level said at contact or found by a risk assessment."""
    said = danger_said(facts)
    return _level(said) if said else UNKNOWN


def danger_said(facts: Iterable[Fact]) -> Fact | None:
    """Return the last fact that said how great the danger is."""
    said = [fact for fact in facts if _level(fact) not in UNSAID]
    return said[-1] if said else None


def _level(fact: Fact) -> str:
    return fact.text("danger") or fact.text("level") or UNKNOWN


def forms(facts: Sequence[Fact]) -> tuple[str, ...]:
    """Return every form of exploitation told of, in order, each once."""
    return tuple(dict.fromkeys(form for fact in facts for form in fact.texts("forms")))


def scope_of_trafficking(facts: Sequence[Fact]) -> str:
    """Return the last scope that says something, or unknown."""
    return last_said(facts, "scope_of_trafficking") or UNKNOWN
