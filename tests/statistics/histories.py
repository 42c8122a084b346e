"""Invented histories of releases: a population that grows, and what an outsider makes of it."""

# ruff: noqa: S311 - nothing here is secret

import random
from itertools import combinations

from opennrm.statistics import Earlier, Rule, Tally, count_cells, draw_next, tally_rows
from tests.statistics.tables_drawn import NAMES

ANSWERS = {
    "sex": (("female", 60), ("male", 35), ("unknown", 4), ("not_asked", 1)),
    "age": (("adult", 60), ("child_9_17", 30), ("child_0_8", 8), ("unknown", 2)),
    "scope": (("cross_border", 50), ("internal", 40), ("unknown", 10)),
    "form": (
        (frozenset({"sexual"}), 45),
        (frozenset({"labour"}), 35),
        (frozenset({"sexual", "labour"}), 8),
        (frozenset({"begging"}), 7),
        (frozenset(), 5),
    ),
}


def someone(chance: random.Random) -> dict:
    """An invented person's answers."""
    return {
        name: chance.choices([a for a, _ in answers], [w for _, w in answers])[0]
        for name, answers in ANSWERS.items()
    }


def step(people: dict, chance: random.Random, *, growing: bool) -> None:
    """Let time pass: some persons come, some leave, the answers of some are corrected."""
    new = max(people, default=0) + 1
    for number in range(chance.choice((0, 1, 2, 9, 12, 30))):
        people[new + number] = someone(chance)
    if growing or not people:
        return
    for gone in chance.sample(sorted(people), min(len(people), chance.choice((0, 0, 1, 5)))):
        del people[gone]
    for put_right in chance.sample(sorted(people), min(len(people), chance.choice((0, 1, 3)))):
        people[put_right] = someone(chance)


def tally_of(people: dict) -> Tally:
    """The counts of a population."""
    return tally_rows(people.values(), NAMES)


def releases_over(shapes, seed: int, *, steps: int, growing: bool = True, rule: Rule):
    """Publish again and again; give each release with the persons behind it."""
    chance = random.Random(seed)
    people = {number: someone(chance) for number in range(chance.choice((20, 60, 150)))}
    history, behind, kept = [], {}, []
    for number in range(1, steps + 1):
        found = draw_next(shapes, tally_of(people), history, rule, exact=False)
        if found.found is not None:
            history.append(Earlier.of(number, found.found.tables, tally_of(people)))
            behind[number] = dict(people)
            kept.append(found)
        step(people, chance, growing=growing)
    return history, behind, kept


def told_apart(shapes, history, behind, threshold: int) -> list:
    """Cells shown by two releases whose difference tells of fewer persons than the threshold.

    An attack by subtraction: written on members themselves, not on the desk's own counts.
    """
    inside = {number: members(shapes, people) for number, people in behind.items()}
    found = []
    for first, second in combinations(history, 2):
        for cell in first.shown & second.shown:
            before, now = (inside[one.number].get(cell, set()) for one in (first, second))
            if len(before) != len(now) and len(before ^ now) < threshold:
                found.append((first.number, second.number, cell))
    return found


def members(shapes, people: dict) -> dict:
    """Who stands in each cell."""
    found, known = {}, {}
    for number, answers in people.items():
        kind = tuple(answers.get(name) for name in NAMES)
        if kind not in known:
            known[kind] = {
                cell
                for shape in shapes
                for cell, count in count_cells(shape, tally_rows([answers], NAMES)).items()
                if count
            }
        for cell in known[kind]:
            found.setdefault(cell, set()).add(number)
    return found
