"""The walks that together make the proof, and the short ones that the tests repeat."""

from dataclasses import replace

from opennrm.casework.exploring.bounds import Bounds

FULL: tuple[Bounds, ...] = (
    Bounds(
        name="Who may see what",
        chapters=("time", "sharing", "help"),
        houses=("shelter", "shelter2", "child_service", "removals"),
        days=(0, 10, 31, 45),
    ),
    Bounds(
        name="Help through a provider",
        chapters=("time", "sharing", "help", "service"),
        houses=("shelter", "clinic", "removals"),
        days=(0, 10, 31, 45),
    ),
    Bounds(
        name="Decisions and the recovery period",
        chapters=("time", "sharing", "help", "decisions"),
        houses=("authority", "removals"),
        days=(0, 10, 31, 45, 80),
        ages=("adult", "child"),
    ),
    Bounds(
        name="Criminal case and residence beside help and decisions",
        chapters=("time", "sharing", "help", "decisions", "tracks"),
        houses=("shelter", "authority"),
        days=(0, 10),
        ages=("adult",),
    ),
    Bounds(
        name="Acts on a child",
        chapters=("time", "children"),
        houses=(),
        days=(0, 45, 89, 90, 180),
        ages=("child", "presumed_child"),
        grave=("dublin_transfer",),
    ),
    Bounds(
        name="One grave act on a child beside another",
        chapters=("time", "children"),
        houses=(),
        days=(0, 90),
        ages=("child",),
        grave=("family_reunification", "durable_placement"),
        leaves_out=("guardian", "assess"),
    ),
    Bounds(
        name="Return and removal of an adult",
        chapters=("time", "decisions", "tracks", "return"),
        houses=(),
        days=(0, 31, 121),
        ages=("adult",),
        criminal=("trial",),
        residence=(),
        leaves_out=("give_up_return",),
        in_recovery=True,
    ),
    Bounds(
        name="Return and removal of a child",
        chapters=("time", "children", "return"),
        houses=(),
        days=(0, 31),
        ages=("child",),
        grave=("return",),
        leaves_out=("guardian", "assess", "arrange", "take_back", "second_person"),
        in_recovery=True,
    ),
)
SHORT: tuple[Bounds, ...] = (
    replace(FULL[0].at_most(2), ages=("adult",)),
    replace(FULL[1].at_most(2), ages=("adult", "presumed_child")),
    replace(FULL[2].at_most(2), ages=("adult",)),
    replace(FULL[3].at_most(1), criminal=("reported",), residence=("irregular",)),
    replace(FULL[4].at_most(2), ages=("child",)),
    replace(FULL[6].at_most(2), leaves_out=("arrange", "criminal_step", "give_up_return")),
    replace(FULL[7].at_most(1), leaves_out=("choose", *FULL[7].leaves_out), in_recovery=False),
)
