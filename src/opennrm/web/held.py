"""Pages of acts that wait for a second person: asked, answered, given up; what she is told."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from opennrm.casework import holds as work
from opennrm.casework.removal_questions import BOUND_TO
from opennrm.lifecycle.facts import Fact
from opennrm.lifecycle.hold_terms import TERMS, HoldTerms
from opennrm.lifecycle.holds import answer_of, awaits_opinion, is_ended
from opennrm.records import queries
from opennrm.records.queries import Colleague
from opennrm.rights.registry import is_active
from opennrm.vocabulary.holds import HeldAct
from opennrm.vocabulary.roles import Role
from opennrm.web import held_steps, people, words
from opennrm.web.forms import fields as ask
from opennrm.web.forms.act import Act, ActForm, Choice, Place
from opennrm.web.open_case import OpenCase


class ProposalForm(ActForm):
    """Why the act is right, and who is asked; the reasons stay closed until she has answered."""

    makes = work.Proposal
    to = ask.one_from(
        _("Who is asked?"),
        (),
        hint=_("One person by name, or everybody there who has the role."),
    )
    reasons = ask.text(
        _("Your reasons"),
        hint=_("The second person answers first and can read them only afterwards."),
        required=True,
    )
    answer_by = ask.day(
        _("Answer by"), hint=_("Leave empty for the usual number of working days."), required=False
    )

    def prepare(self) -> None:
        """Offer those who may answer for this act."""
        fields: dict[str, Any] = self.fields
        terms = TERMS[_chosen(self.place)[0]]
        fields["to"].choices = [("", ""), *_readers(self.place, terms)]

    def to_input(self) -> work.Proposal:
        """Add the act that was chosen before, and who is asked in which role."""
        typed = self.values(self.makes)
        house, role, account = typed.pop("to").split(":")
        act, step, about = _chosen(self.place)
        return self.makes(
            **typed,
            act=act,
            step=step or None,
            about=UUID(about) if about else None,
            to=UUID(house),
            to_role=role,
            to_account=UUID(account) if account else None,
        )


class OpinionForm(ActForm):
    """What the second person says."""

    makes = work.Opinion
    opinion = ask.one_of(_("Your opinion"), ask.codes("opinion_given", "opinion", "held_opinion"))
    words = ask.text(
        _("In your words"),
        hint=_("Needed unless you agree. Judge from the file; you cannot see the reasons yet."),
    )

    def to_input(self) -> work.Opinion:
        """Add which act was chosen before."""
        return self.makes(**self.values(self.makes), hold=UUID(self.place.asked["hold"]))


class EndingForm(ActForm):
    """An act that is given up."""

    makes = work.HoldEnding

    def to_input(self) -> work.HoldEnding:
        """Name the act that was chosen before."""
        return self.makes(hold=UUID(self.place.asked["hold"]))


def agreed_holds(place: Place, step: str) -> list[tuple[str, str]]:
    """List the viewer's own held acts of a step on which the second person agreed."""
    case = place.case.case
    return [
        (str(hold.fact_ref), _answer_line(place.case, hold, given))
        for hold in case.of_kind("act_held")
        if hold.actor == place.viewer.actor.account and hold.text("step") == step
        if not is_ended(case, hold) and (given := answer_of(case, hold)) is not None
        if given.text("opinion") == "agrees"
    ]


def asked_of_viewer(case: OpenCase) -> list[Fact]:
    """List the held acts on which the viewer is asked for her opinion."""
    actor = case.viewer.actor
    return [
        hold
        for hold in case.case.of_kind("act_held")
        if hold.actor != actor.account
        and hold.reference("to") == actor.organisation
        and hold.text("to_role") in actor.roles
        and hold.reference("to_account") in (None, actor.account)
        and awaits_opinion(case.case, hold)
    ]


def proposed_by_house(case: OpenCase) -> list[Fact]:
    """List the held acts of the viewer's house that have not ended."""
    house = case.viewer.actor.organisation
    holds = case.case.of_kind("act_held")
    return [one for one in holds if one.organisation == house and not is_ended(case.case, one)]


def steps_for(case: OpenCase) -> list[tuple[str, Any]]:
    """List the acts the viewer may propose, as act and step, or as act and what it is about."""
    actor = case.viewer.actor
    named = {*BOUND_TO, *(act for act, _step, _title in held_steps.STEPS)}
    offered: list[tuple[str, str, Any]] = [
        (f"{act}.{step}", act, title) for act, step, title in held_steps.STEPS
    ]
    offered += [
        (f"{act}.", act, words.label(act, "held_act")) for act in HeldAct if act not in named
    ]
    offered += [
        (f"{act}..{one.fact_ref}", act, held_steps.about_line(act, one))
        for act, open_things in BOUND_TO.items()
        for one in open_things(case.case)
    ]
    return [
        (value, title)
        for value, act, title in offered
        if is_active(TERMS[act].rule)
        and (not TERMS[act].proposers or actor.holds_any(TERMS[act].proposers))
    ]


def shown(case: OpenCase) -> list[dict[str, Any]]:
    """Prepare the acts that wait for a second person, for the case page."""
    asked = {hold.fact_ref for hold in asked_of_viewer(case)}
    return [
        {
            "ref": hold.fact_ref,
            "line": hold_line(case, hold),
            "state": _state(case, hold),
            "asks_viewer": hold.fact_ref in asked,
        }
        for hold in case.case.of_kind("act_held")
        if not is_ended(case.case, hold)
    ]


def _state(case: OpenCase, hold: Fact) -> str:
    given = answer_of(case.case, hold)
    if given is not None:
        return words.label(given.text("opinion") or "", "held_opinion")
    asked = case.organisation_name(hold.reference("to") or hold.organisation)
    return gettext("%(house)s has not answered yet") % {"house": asked}


def hold_line(case: OpenCase, hold: Fact) -> str:
    """Say in a line what waits, of whom, and until when."""
    what = held_steps.what(hold.text("act") or "", hold.text("step"))
    return gettext("%(what)s, proposed by %(house)s, answer by %(day)s") % {
        "what": what,
        "house": case.organisation_name(hold.organisation),
        "day": words.iso_day(hold.text("answer_by")),
    }


def waits_on(place: Place, step: str) -> str:
    """Say whom the viewer asked about a step and until when, while no answer is there."""
    own = place.viewer.actor.account
    asked = [
        hold
        for hold in place.case.case.of_kind("act_held")
        if hold.actor == own and hold.text("step") == step
        if awaits_opinion(place.case.case, hold)
    ]
    if not asked:
        return ""
    return gettext(
        "You asked %(house)s; the answer is due by %(day)s. Wait for it, or give the act up and "
        "ask somebody else. Help goes on meanwhile."
    ) % {
        "house": place.case.organisation_name(asked[-1].reference("to") or own),
        "day": words.iso_day(asked[-1].text("answer_by")),
    }


def _proposed(place: Place) -> dict[str, Any]:
    act, step, _about = _chosen(place)
    what = held_steps.what(act, step or None)
    return {"heading": gettext("Ask a second person: %(what)s") % {"what": what}}


def _asked_about(place: Place) -> dict[str, Any]:
    """Say above the opinion which act it is about, and where the file is read."""
    hold = next(
        one for one in asked_of_viewer(place.case) if str(one.fact_ref) == place.asked["hold"]
    )
    what = held_steps.what(hold.text("act") or "", hold.text("step"))
    return {
        "heading": gettext("Opinion on: %(what)s") % {"what": what},
        "line": hold_line(place.case, hold),
        "reads_file": place.case.reads_file,
    }


def _answer_line(case: OpenCase, hold: Fact, given: Fact) -> str:
    return gettext("%(house)s agreed on %(day)s") % {
        "house": case.organisation_name(given.organisation),
        "day": words.iso_day(given.text("given_on")),
    }


def _chosen(place: Place) -> tuple[str, str, str]:
    act, _dot, rest = place.asked["act"].partition(".")
    step, _dot, about = rest.partition(".")
    return act, step, about


def _readers(place: Place, terms: HoldTerms) -> Iterator[tuple[str, str]]:
    own = place.viewer.actor
    there: dict[UUID, list[Colleague]] = defaultdict(list)
    for one in queries.colleagues(place.viewer):
        if one.account != own.account:
            there[one.organisation].append(one)
    for house in queries.organisations(place.viewer):
        is_own = house.organisation == own.organisation
        roles = terms.at_home if is_own else terms.readers
        if house.is_enforcement or house.jurisdiction != own.jurisdiction:
            continue
        for role in sorted(roles & house.roles):
            holders = [one for one in there[house.organisation] if role.value in one.roles]
            yield from _people(holders, house.organisation, house.name, role)


def _people(
    others: list[Colleague], house: UUID, name: str, role: Role
) -> Iterator[tuple[str, str]]:
    if not others:
        return
    whoever = gettext("%(house)s, whoever is there as: %(role)s")
    yield f"{house}:{role.value}:", whoever % {"house": name, "role": people.role_name(role)}
    for one in others:
        said = f"{one.name}, {name}: {people.role_name(role)}"
        yield f"{house}:{role.value}:{one.account}", said


def _choose_step(place: Place) -> Iterator[Choice]:
    yield Choice("act", _("What waits for a second person?"), steps_for(place.case))


def _choose_asked(place: Place) -> Iterator[Choice]:
    options = [
        (str(one.fact_ref), hold_line(place.case, one)) for one in asked_of_viewer(place.case)
    ]
    yield Choice("hold", _("On what are you asked?"), options, nothing=_("Nobody asks you."))


def _choose_own(place: Place) -> Iterator[Choice]:
    own = proposed_by_house(place.case)
    options = [(str(one.fact_ref), hold_line(place.case, one)) for one in own]
    yield Choice("hold", _("Which act is given up?"), options, nothing=_("Nothing waits."))


ACTS = (
    Act(
        name="give_opinion",
        title=_("You were asked for an opinion"),
        form=OpinionForm,
        use_case=work.give_opinion,
        noun="opinion",
        button=_("Give your opinion"),
        done=_("Your opinion is saved, and whoever proposed the act is told."),
        intro=(
            _("Somebody proposes an act that may harm the person. It waits for you."),
            _("Read the file and judge for yourself. The reasons open after your answer."),
            _("What was opened to you for this closes with your answer."),
        ),
        choose=_choose_asked,
        template="opinion.html",
        aside=_asked_about,
        group="answer",
        may_close=True,
    ),
    Act(
        name="propose_act",
        title=_("Ask a second person"),
        form=ProposalForm,
        use_case=work.propose_act,
        noun="proposal",
        button=_("Ask"),
        done=_("The second person is asked. The act waits, and help goes on."),
        intro=(
            _("Some acts are never one person's alone. They wait for a second person."),
            _("A reviewer who has nothing of the case yet sees what a decision needs."),
        ),
        choose=_choose_step,
        aside=_proposed,
        group="second",
    ),
    Act(
        name="give_up_act",
        title=_("Give up an act that waits"),
        form=EndingForm,
        use_case=work.give_up_act,
        noun="ending",
        button=_("Give it up"),
        done=_("The act is given up. What was opened for the opinion is closed."),
        choose=_choose_own,
        group="second",
    ),
)
