"""Draws the invented person of a case: names in her own script, form of exploitation, words."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from random import Random
from typing import Any

import yaml

LIST = files("opennrm.console.demonstration") / "people.yaml"
TEXTS: dict[str, Any] = yaml.safe_load(LIST.read_text(encoding="utf-8"))
ADULT_BANDS = {
    "adult_18_20": 18,
    "adult_21_23": 17,
    "adult_24_26": 13,
    "adult_27_29": 9,
    "adult_30_38": 22,
    "adult_39_47": 13,
    "adult_48_plus": 8,
}
FORMS_OF_WOMEN = {
    "sexual": 52,
    "labour": 14,
    "domestic_servitude": 14,
    "forced_marriage": 6,
    "forced_criminality": 4,
    "begging": 4,
    "servitude": 3,
    "slavery_or_similar": 3,
}
FORMS_OF_MEN = {
    "labour": 66,
    "forced_criminality": 14,
    "sexual": 7,
    "begging": 7,
    "slavery_or_similar": 3,
    "organ_removal": 3,
}
FORMS_OF_CHILDREN = {
    "begging": 30,
    "sexual": 28,
    "forced_marriage": 16,
    "child_labour": 16,
    "forced_criminality": 10,
}
LISTS_OF_SIGNS = {"labour": "L", "domestic_servitude": "L", "child_labour": "L", "servitude": "L"}


@dataclass(frozen=True, slots=True)
class Person:
    """An invented person."""

    names: str
    called: str
    sex: str
    language: str
    citizenship: tuple[str, ...]
    is_child: bool
    age_group: str
    forms: tuple[str, ...]
    scope: str

    @property
    def majority(self) -> str:
        """Say whether she is a child or an adult."""
        return "child" if self.is_child else "adult"

    @property
    def words(self) -> tuple[str, ...]:
        """Return what people in her position say in the demonstration."""
        return tuple(TEXTS["words"].get(self.forms[0], ["I would rather not say more today."]))

    @property
    def signs(self) -> tuple[str, ...]:
        """Name the signs that a talk with her shows, from the list that fits her."""
        group = "C" if self.is_child else "A"
        kind = f"DEL-{group}{LISTS_OF_SIGNS.get(self.forms[0], 'S')}"
        return tuple(f"{kind}-{part}" for part in ("DR-01", "EX-01", "CD-02", "AV-01"))


def drawn(chance: Random, *, is_child: bool) -> Person:
    """Draw a person."""
    is_woman = chance.random() < (0.6 if is_child else 0.66)
    people = chance.choice(TEXTS["women" if is_woman else "men"])
    given = chance.choice(people["given"])
    forms = FORMS_OF_CHILDREN if is_child else FORMS_OF_WOMEN if is_woman else FORMS_OF_MEN
    main = _weighted(chance, forms)
    second = _weighted(chance, forms) if chance.random() < 0.15 else main
    foreign = people["citizenship"] != "MK"
    return Person(
        names=f"{given} {chance.choice(people['family'])}",
        called=given.split()[-1],
        sex="female" if is_woman else "male",
        language=people["language"],
        citizenship=_citizenship(chance, people["citizenship"]),
        is_child=is_child,
        age_group=chance.choice(("child_0_8", "child_9_17", "child_9_17", "child_9_17"))
        if is_child
        else _weighted(chance, ADULT_BANDS),
        forms=tuple(dict.fromkeys((main, second))),
        scope="cross_border" if foreign else _weighted(chance, {"internal": 3, "cross_border": 1}),
    )


def text(chance: Random, name: str) -> str:
    """Draw one of the invented sentences of a list."""
    return str(chance.choice(TEXTS[name]))


def _citizenship(chance: Random, code: str) -> tuple[str, ...]:
    if chance.random() < 0.03:
        return ("stateless",)
    return ("unknown",) if chance.random() < 0.04 else (code,)


def _weighted(chance: Random, weights: dict[str, int]) -> str:
    return chance.choices(tuple(weights), tuple(weights.values()))[0]
