"""An outsider's attack on published tables, written without a line of the product's own algebra.

It reads shapes and published cells only, writes every sum down by itself from the levels, and
looks for hidden cells by rational elimination and by its own linear programmes.
"""

from fractions import Fraction
from itertools import product

import numpy as np
from scipy.optimize import linprog


def equations(shapes):
    """Every sum of the tables: a mapping of cells to +1 (part) or -1 (total)."""
    found = set()
    for shape in shapes:
        for dimension in shape.dimensions:
            if dimension.multiple:
                continue
            groups = {level.within for level in dimension.levels}
            for fixed in contexts(shape, dimension):
                for group in groups:
                    parts = [lv.code for lv in dimension.levels if lv.within == group]
                    terms = {with_(fixed, dimension.name, code): 1 for code in parts}
                    terms[with_(fixed, dimension.name, group)] = -1
                    found.add(frozenset(terms.items()))
    return [dict(one) for one in found]


def contexts(shape, dimension):
    others = [one for one in shape.dimensions if one is not dimension]
    for codes in product(*[[None, *(lv.code for lv in one.levels)] for one in others]):
        yield {one.name: code for one, code in zip(others, codes, strict=True) if code}


def with_(fixed, name, code):
    return tuple(sorted({**fixed, **({name: code} if code else {})}.items()))


def ceilings(shapes):
    """Where persons stand in several rows: rows <= total less unknown <= sum of rows."""
    for shape in shapes:
        for dimension in (one for one in shape.dimensions if one.multiple):
            for fixed in contexts(shape, dimension):
                unknown = [with_(fixed, dimension.name, code) for code in dimension.missing]
                rows = [
                    with_(fixed, dimension.name, level.code)
                    for level in dimension.levels
                    if level.code not in dimension.missing
                ]
                total = with_(fixed, dimension.name, None)
                for row in rows:
                    yield {row: 1, **dict.fromkeys(unknown, 1), total: -1}
                yield {**dict.fromkeys(rows, -1), **dict.fromkeys(unknown, -1), total: 1}


def solved_exactly(shapes, published):
    """Hidden cells that rational elimination determines, with their value."""
    hidden = sorted(cell for cell, value in published.items() if value is None)
    rows = []
    for terms in equations(shapes):
        row = [Fraction(terms.get(cell, 0)) for cell in hidden]
        known = sum(sign * (published[cell] or 0) for cell, sign in terms.items())
        if any(row):
            rows.append([*row, Fraction(-known)])
    pivots = reduce_fully(rows, len(hidden))
    return {
        hidden[column]: row[-1]
        for column, row in pivots.items()
        if sum(1 for value in row[:-1] if value) == 1
    }


def reduce_fully(rows, width):
    """Gauss-Jordan over the rationals: pivot column to row."""
    pivots = {}
    for column in range(width):
        pick = next((row for row in rows if row[column]), None)
        if pick is None:
            continue
        rows.remove(pick)
        pick = [value / pick[column] for value in pick]
        rows = [cleared(row, pick, column) for row in rows]
        pivots = {at: cleared(row, pick, column) for at, row in pivots.items()}
        pivots[column] = pick
    return pivots


def cleared(row, pick, column):
    factor = row[column]
    return [a - factor * b for a, b in zip(row, pick, strict=True)] if factor else row


def bounded(shapes, published, ceiling=10_000):
    """The least and greatest value of every hidden cell by dense linear programmes."""
    hidden = sorted(cell for cell, value in published.items() if value is None)
    if not hidden:
        return {}
    equal, below = list(equations(shapes)), list(ceilings(shapes))
    system = [dense(rows, hidden, published) for rows in (equal, below)]
    found = {}
    for place, cell in enumerate(hidden):
        limits = []
        for sign in (1, -1):
            weights = np.zeros(len(hidden))
            weights[place] = sign
            answer = linprog(
                weights,
                A_eq=system[0][0],
                b_eq=system[0][1],
                A_ub=system[1][0],
                b_ub=system[1][1],
                bounds=(0, ceiling),
            )
            assert answer.status == 0, answer.message
            limits.append(sign * answer.fun)
        found[cell] = tuple(limits)
    return found


def dense(rows, hidden, published):
    place = {cell: number for number, cell in enumerate(hidden)}
    matrix, limits = np.zeros((len(rows), len(hidden))), np.zeros(len(rows))
    for number, terms in enumerate(rows):
        for cell, sign in terms.items():
            if cell in place:
                matrix[number, place[cell]] = sign
            else:
                limits[number] -= sign * published[cell]
    return (matrix, limits) if len(rows) else (None, None)


def determined_together(shapes, releases):
    """Hidden cells of several releases, and persons added between them, that are determined.

    The outsider takes it that each cell is the one before plus those added. Gives a mapping of
    (what, number of the release, cell) to the value found, by the null space of all equations.
    """
    rows, known = [], {}
    for number, published in enumerate(releases):
        known |= {("is", number, cell): value for cell, value in published.items()}
        rows += [
            {("is", number, cell): sign for cell, sign in terms.items()}
            for terms in equations(shapes)
        ]
        if number:
            rows += [
                {("is", number, c): -1, ("is", number - 1, c): 1, ("added", number, c): 1}
                for c in published
            ]
    hidden = sorted({name for row in rows for name in row if known.get(name) is None})
    place = {name: column for column, name in enumerate(hidden)}
    matrix, right = np.zeros((len(rows), len(hidden))), np.zeros(len(rows))
    for row, terms in enumerate(rows):
        for name, sign in terms.items():
            if name in place:
                matrix[row, place[name]] = sign
            else:
                right[row] -= sign * known[name]
    _, sizes, axes = np.linalg.svd(matrix)
    free = axes[int((sizes > 1e-9).sum()) :]
    solution = np.linalg.lstsq(matrix, right, rcond=None)[0]
    return {
        name: round(float(solution[column]))
        for name, column in place.items()
        if not len(free) or np.abs(free[:, column]).max() < 1e-9
    }
