"""The way of a child, or somebody presumed to be one, for tests to begin anywhere."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from opennrm.casework.child_acts import AtOnce, PlannedAct, authorise_child_act
from opennrm.casework.child_acts import protect_child_at_once as protect
from opennrm.casework.child_best_interests import Assessment, assess_best_interests
from opennrm.casework.child_guardian import NamedGuardian, name_guardian
from opennrm.casework.child_panel import (
    PanelClosing,
    Question,
    Signature,
    complete_determination,
    open_determination,
    sign_determination,
)
from opennrm.casework.duty import LegalDuty
from opennrm.casework.plan import RiskAssessment, assess_risk
from opennrm.lifecycle.deadlines import deadlines
from opennrm.rights.jurisdictions import presets
from tests import cast
from tests.casework.story import SOON, Story
from tests.cast import Member

DUTY = LegalDuty(duty="child_protection", reason="She may be under 18.")
PANEL = (cast.PANEL_OF_RIGHTS, cast.SECOND_OF_RIGHTS, cast.PANEL_OF_HEALTH)


class ChildStory(Story):
    """A case of a child and the steps taken for her."""

    def hand_on_duty(self, to: Member, role: str) -> "ChildStory":
        """Bring the case to those who protect children, on that duty."""
        known: dict[str, Any] = {"duty": DUTY, "until": self.at.date() + timedelta(days=30)}
        known["reply_by"] = self.at.date() + timedelta(days=3)
        referral = self.refer(to, role, None, purpose="child_protection", **known)
        self.answer(to, referral)
        return self

    def protected(self) -> "ChildStory":
        """Bring the case to the child-protection service."""
        return self.hand_on_duty(cast.CHILD_WORKER, "CP")

    def with_panel(self) -> "ChildStory":
        """Bring the case to the members of the panel."""
        for member in (cast.PANEL_OF_RIGHTS, cast.PANEL_OF_HEALTH):
            self.hand_on_duty(member, "BP")
        return self

    def guarded(self, **more: Any) -> UUID:
        """Name the guardian."""
        known: dict[str, Any] = {"guardian_kind": "temporary", "named_on": self.at.date()}
        known |= {"house": cast.GUARDIAN.actor.organisation, "interests_asked": True}
        guardian = NamedGuardian(**(known | more))
        return name_guardian(guardian=guardian, **self.by(cast.CHILD_WORKER))

    def assessed(self, about: str, result: str = "in_best_interests", **more: Any) -> UUID:
        """Assess the child's best interests."""
        known: dict[str, Any] = {"assessed_on": self.at.date(), "reasons": "Safe and near school."}
        known |= {"is_heard": True, "weight": "great"}
        assessment = Assessment(about=about, result=result, **(known | more))
        return assess_best_interests(assessment=assessment, **self.by(cast.CHILD_WORKER))

    def authorised(self, act: str, who: Member = cast.CHILD_WORKER, **more: Any) -> UUID:
        """Authorise an act on the child."""
        known: dict[str, Any] = {"authorised_on": self.at.date(), "reasons": "It helps her."}
        planned = PlannedAct(act=act, **(known | more))
        return authorise_child_act(act=planned, **self.by(who))

    def at_once(self, action: str, who: Member = cast.POLICE_OFFICER, **more: Any) -> UUID:
        """Protect the child at once."""
        return protect(
            action=AtOnce(action=action, done_on=self.at.date(), **more), **self.by(who)
        )

    def asked_panel(self, about: str, **more: Any) -> UUID:
        """Put an act before the panel."""
        known: dict[str, Any] = {"opened_on": self.at.date(), "question": "Is it best for her?"}
        known |= {"is_heard": True, "weight": "some"}
        question = Question(about=about, **(known | more))
        return open_determination(question=question, **self.by(cast.CHILD_WORKER))

    def signed(self, opened: UUID, who: Member, result: str = "in_best_interests") -> UUID:
        """Sign what a member of the panel finds."""
        signature = Signature(
            determination=opened, result=result, signed_on=self.at.date(), reasons="As I see it."
        )
        return sign_determination(signature=signature, **self.by(who))

    def closed_panel(self, opened: UUID) -> UUID:
        """Close a determination."""
        closing = PanelClosing(determination=opened)
        return complete_determination(closing=closing, **self.by(cast.CHILD_WORKER))

    def determined(self, about: str, *results: str) -> UUID:
        """Let the panel determine; by default all agree."""
        opened = self.asked_panel(about)
        for who, result in zip(PANEL, results or ("in_best_interests",) * 3, strict=True):
            self.signed(opened, who, result)
        return self.closed_panel(opened)

    def risks_seen(self, level: str = "low") -> None:
        """Assess the risks."""
        assess_risk(
            assessment=RiskAssessment(level=level, review_on=SOON, reasons="None known."),
            **self.by(cast.CHILD_WORKER),
        )

    def later(self, **span: int) -> "ChildStory":
        """Let time pass."""
        self.at += timedelta(**span)
        return self

    def due(self) -> dict[str, Any]:
        """Return what is due, by timer."""
        return {one.kind: one.due_at for one in deadlines(self.case, presets("MK"))}
