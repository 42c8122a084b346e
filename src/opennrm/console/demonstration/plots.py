"""The plots of the demonstration: how far a case has come, how often, and since when."""

from __future__ import annotations

from dataclasses import dataclass

BEGUN = "contact described account screening risks"
HELD = f"{BEGUN} manager_asked manager_accepts needs"
WAITING = f"{HELD} authority_asked authority_accepts"
FOUND = f"{WAITING} grounds_positive recovery decisions_shared"
CHILD = f"{BEGUN} child_protected manager_asked manager_accepts needs authority_asked"
CHILD_FOUND = f"{CHILD} authority_accepts grounds_positive recovery decisions_shared"
LONG = f"{FOUND} plan service_delivered service_delivered"


@dataclass(frozen=True, slots=True)
class Plot:
    """A way through the mechanism: its steps, its share of cases, when such cases began."""

    name: str
    share: int
    days_ago: tuple[float, float]
    steps: str
    is_child: bool = False


PLOTS = (
    Plot("first contact", 18, (0.1, 12), "contact"),
    Plot("left early", 14, (0.5, 20), "two_minutes"),
    Plot("asked for help", 12, (0.1, 30), "help_asked"),
    Plot("asked for help, answered", 8, (10, 200), "help_asked described account screening"),
    Plot("notified only", 22, (20, 300), "contact account notified ended"),
    Plot("screened", 14, (1, 40), f"{BEGUN} safe_way letter"),
    Plot("kept briefly", 3, (60, 120), "contact described kept_briefly"),
    Plot("few signs", 8, (20, 250), "contact described screening_without_signs ended"),
    Plot("no consent to refer", 10, (20, 290), f"{BEGUN} notified ended"),
    Plot("no consent to refer yet", 4, (2, 20), f"{BEGUN} notified"),
    Plot("referred, waiting", 12, (0.5, 2), f"{BEGUN} manager_asked"),
    Plot("first shelter full", 9, (1, 3), f"{BEGUN} manager_declines manager_asked"),
    Plot("accepted", 14, (2, 12), HELD),
    Plot("waiting for the decision", 18, (3, 9), WAITING),
    Plot("cannot be decided yet", 6, (10, 20), f"{WAITING} grounds_pending"),
    Plot("recovery period running", 24, (15, 55), f"{FOUND} plan service_offered"),
    Plot("recovery period nearly over", 12, (62, 70), f"{LONG} service_declined"),
    Plot("not found", 10, (12, 60), f"{WAITING} grounds_negative decisions_shared plan"),
    Plot(
        "looked at again",
        8,
        (20, 60),
        f"{WAITING} grounds_negative decisions_shared reconsideration",
    ),
    Plot(
        "looked at again, found",
        6,
        (60, 200),
        f"{WAITING} grounds_negative decisions_shared reconsideration grounds_positive "
        "recovery kept_up",
    ),
    Plot(
        "identified",
        24,
        (90, 290),
        f"{LONG} handed_over tasks conference identified outcome kept_up",
    ),
    Plot("shown in a film", 2, (90, 290), f"{LONG} identified outcome film kept_up"),
    Plot("not identified", 8, (90, 290), f"{LONG} not_identified kept_up"),
    Plot("breach seen", 8, (30, 200), f"{FOUND} plan breach paper_lost service_delivered kept_up"),
    Plot("closed", 26, (150, 295), f"{LONG} identified outcome closed"),
    Plot("came back", 8, (180, 295), f"{LONG} identified outcome closed reopened kept_up"),
    Plot(
        "consent taken back", 10, (20, 250), f"{WAITING} withdrawn plan service_delivered kept_up"
    ),
    Plot("corrected", 8, (20, 250), f"{HELD} corrected plan kept_up"),
    Plot(
        "before the court",
        8,
        (150, 290),
        f"{FOUND} before_police assessed_not_punished in_court compensated identified kept_up",
    ),
    Plot("child, new", 6, (0.5, 3), "contact described child_protected", is_child=True),
    Plot("child, waiting", 8, (4, 10), CHILD, is_child=True),
    Plot("child, recovery period", 8, (15, 55), f"{CHILD_FOUND} plan", is_child=True),
    Plot(
        "child, helped",
        10,
        (90, 290),
        f"{CHILD_FOUND} plan service_delivered identified outcome kept_up",
        is_child=True,
    ),
    Plot(
        "child, guarded and heard",
        6,
        (50, 250),
        f"{CHILD} child_guarded child_moved child_before_panel child_away child_growing_up",
        is_child=True,
    ),
)
