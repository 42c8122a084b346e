"""Facts of the model from elsewhere: what happens in the criminal case and with her stay."""

from collections.abc import Hashable, Iterable

from opennrm.casework.exploring.act import Act
from opennrm.casework.exploring.acts_help import always
from opennrm.casework.exploring.law import Law
from opennrm.casework.exploring.model import State
from opennrm.vocabulary.roles import Role


def proceedings(law: Law) -> Iterable[Hashable]:
    """List the steps of proceedings within the bounds."""
    return law.bounds.criminal


def proceeded(law: Law, state: State, choice: str) -> State | None:
    """Record a step of criminal proceedings."""
    return law.moved(state, "criminal_step_recorded", Role.LE, {"step": choice})


def stays(law: Law) -> Iterable[Hashable]:
    """List the residence statuses within the bounds."""
    return law.bounds.residence


def stayed(law: Law, state: State, choice: str) -> State | None:
    """Record a residence status."""
    return law.moved(state, "residence_recorded", Role.MI, {"status": choice})


TRACKS = (
    Act(
        "criminal_step",
        "tracks",
        proceedings,
        always,
        proceeded,
        lambda law, choice: f"The criminal case moves: {choice}.",
        is_fact=True,
    ),
    Act(
        "residence",
        "tracks",
        stays,
        always,
        stayed,
        lambda law, choice: f"Her residence status is recorded: {choice.replace('_', ' ')}.",
        is_fact=True,
    ),
)
