"""What the standing facts tell about the person: age, danger, forms, scope."""

from collections.abc import Iterable, Sequence

from opennrm.lifecycle.facts import Fact

CHILD_STATUS = frozenset({"child", "presumed_child"})
UNKNOWN = "unknown"
UNSAID = frozenset({UNKNOWN, "not_asked"})


def last(facts: Iterable[Fact], name: str) -> str | None:
    """Return the last value given for a field; None when none was."""
    values = [value for fact in facts if (value := fact.text(name))]
    return values[-1] if values else None


def last_said(facts: Iterable[Fact], name: str) -> str | None:
    """Return the last value given for a field that says something."""
    values = [value for fact in facts if (value := fact.text(name)) and value not in UNSAID]
    return values[-1] if values else None


def majority(facts: Sequence[Fact]) -> str:
    """Return child, adult or unknown; age in doubt is a child (R31)."""
    status = last(facts, "age_status")
    if status in CHILD_STATUS:
        return "child"
    if status == "adult":
        return "adult"
    return _majority_said(facts)


def _majority_said(facts: Sequence[Fact]) -> str:
    said = [fact.text("majority") or _word(fact.text("age_group")) for fact in facts]
    return next((word for word in reversed(said) if word and word not in UNSAID), UNKNOWN)


def _word(band: str | None) -> str:
    return next((word for word in ("child", "adult") if (band or "").startswith(word)), "")


def danger(facts: Sequence[Fact]) -> str:
    """Return the last danger level said at contact or found by a risk assessment."""
    levels = [
        level
        for fact in facts
        if (level := fact.text("danger") or fact.text("level")) and level not in UNSAID
    ]
    return levels[-1] if levels else UNKNOWN


def forms(facts: Sequence[Fact]) -> tuple[str, ...]:
    """Return every form of exploitation told of, in order, each once."""
    return tuple(dict.fromkeys(form for fact in facts for form in fact.texts("forms")))


def scope_of_trafficking(facts: Sequence[Fact]) -> str:
    """Return the last scope that says something, or unknown."""
    return last_said(facts, "scope_of_trafficking") or UNKNOWN
