"""Invented tables for tests: small populations with nested, missing and several answers."""

from hypothesis import strategies as st

from opennrm.statistics import Dimension, Level, Missing, TableShape, Tally, tally_rows

SEX = Dimension(
    "sex",
    "Sex",
    (
        Level("female", "Female"),
        Level("male", "Male"),
        Level("unknown", "Unknown", Missing.UNKNOWN),
        Level("not_asked", "Not asked", Missing.NOT_ASKED),
    ),
)
AGE = Dimension(
    "age",
    "Age",
    (
        Level("child", "Child"),
        Level("child_0_8", "0 to 8", within="child"),
        Level("child_9_17", "9 to 17", within="child"),
        Level("adult", "Adult"),
        Level("unknown", "Unknown", Missing.UNKNOWN),
    ),
)
FORM = Dimension(
    "form",
    "Form of exploitation",
    (
        Level("sexual", "Sexual"),
        Level("labour", "Labour"),
        Level("begging", "Begging"),
        Level("unknown", "Unknown", Missing.UNKNOWN),
    ),
    multiple=True,
)
SCOPE = Dimension(
    "scope",
    "Internal or cross-border",
    (
        Level("internal", "Internal"),
        Level("cross_border", "Cross-border"),
        Level("unknown", "Unknown", Missing.UNKNOWN),
    ),
)
DIMENSIONS = (SEX, AGE, FORM, SCOPE)
LINKED = (
    TableShape("base", (SEX, AGE.coarse(), FORM, SCOPE)),
    TableShape("sex_by_age", (SEX, AGE)),
    TableShape("form_by_sex", (FORM, SEX)),
)
NAMES = tuple(one.name for one in DIMENSIONS)


def answers(dimension: Dimension) -> st.SearchStrategy:
    """One answer, earlier levels more often than later ones."""
    weighted = [
        code for place, code in enumerate(reversed(dimension.leaves), 1) for _ in range(place**2)
    ]
    one = st.sampled_from(weighted)
    if not dimension.multiple:
        return one
    known = [code for code in weighted if code not in dimension.missing]
    return st.frozensets(st.sampled_from(known), max_size=2)


@st.composite
def tallies(draw: st.DrawFn, largest: int = 60) -> Tally:
    """A population: some kinds of person, and how many of each."""
    kinds = draw(
        st.dictionaries(
            st.tuples(*(answers(one) for one in DIMENSIONS)),
            st.integers(1, largest),
            min_size=1,
            max_size=12,
        )
    )
    return Tally(NAMES, kinds)


def population(*groups: tuple[int, dict]) -> Tally:
    """A population spelled out: how many persons gave which answers."""
    return tally_rows((row for count, row in groups for _ in range(count)), NAMES)
