"""Hand-overs kept in memory: nothing is really sent, and everything that was said can be seen."""

from dataclasses import dataclass, replace
from uuid import UUID, uuid4

from opennrm.casework.actors import Actor
from opennrm.casework.ports import HandOver
from opennrm.casework.reasons import found
from opennrm.casework.refusals import CaseNotFound, MoveRefused
from opennrm.exchange.crossborder.content import Package, Preview
from opennrm.exchange.crossborder.story import BY_SENDER, Told
from opennrm.vocabulary.hand_over import HandOverWord

# The hand-over, the word, the reason, the content.
Said = tuple[UUID, HandOverWord, str | None, object]


@dataclass
class FakeHandOvers:
    """Hand-overs, as one actor may use them; nothing is really sent."""

    kept: dict[UUID, HandOver]
    said: list[Said]
    actor: Actor

    def begin(self, ref: UUID, *, partner: UUID, case_ref: UUID, consent: UUID) -> None:
        """Begin a hand-over."""
        known = HandOver(
            hand_over=ref,
            ours=self.actor.organisation,
            partner=partner,
            is_sender=True,
            story=(),
            case_ref=case_ref,
        )
        self.kept[ref] = known

    def load(self, ref: UUID) -> HandOver:
        """Find a hand-over of the actor's organisation."""
        kept = self.kept.get(ref)
        if kept is None or kept.ours != self.actor.organisation:
            raise CaseNotFound()
        return kept

    def say(
        self,
        ref: UUID,
        word: HandOverWord,
        *,
        reason: str | None = None,
        content: Preview | Package | None = None,
    ) -> None:
        """Keep what is said."""
        self.hear(ref, word, reason=reason)
        self.said.append((ref, word, reason, content))

    def hear(self, ref: UUID, word: HandOverWord, *, reason: str | None = None) -> None:
        """Add a word of either side to the story."""
        kept = self.kept[ref]
        by_sender = word in BY_SENDER
        number = 1 + sum(one.by_sender is by_sender for one in kept.story)
        told = Told(uuid4(), word, by_sender, number, b"", reason)
        self.kept[ref] = replace(kept, story=(*kept.story, told))

    def take_over(self, ref: UUID, case_ref: UUID) -> None:
        """Bind what came to the one case that was started with it."""
        kept = self.kept[ref]
        if kept.case_ref is not None:
            raise MoveRefused(found("hand_over_taken_before"))
        self.kept[ref] = replace(kept, case_ref=case_ref)
