"""Makes what the invented State shows for its commitments, and recommendations with answers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from opennrm.console.demonstration.lines import rows
from opennrm.console.demonstration.organisations import JURISDICTION, ref
from opennrm.coordination.models import Answer, Evidence, Recommendation, State
from opennrm.coordination.models.kept import Kept
from opennrm.coordination.reference_data import ref_of

SOURCE = "Invented report of the invented State"


def promises(evidence: str, recommendations: str, *, on: date) -> Iterator[Kept]:
    """Yield the rows that are to be kept, evidence first."""
    state = State.objects.using("owner").get(code=JURISDICTION)
    for number, fulfilment, says, gap in rows(evidence):
        yield Evidence(
            ref=ref(f"evidence {number}"),
            commitment_id=ref_of("commitment", number),
            state=state,
            fulfilment=fulfilment,
            says=says,
            gap=gap,
            source=SOURCE,
            seen_on=on - timedelta(days=100),
        )
    for number, body, text, key, days, status, answer in rows(recommendations):
        made = Recommendation(
            ref=ref(f"recommendation {number}"),
            number=number,
            body=body,
            document=SOURCE,
            made_on=str(on.year - 1),
            text=text,
            addressee="the State",
            entry_id=ref(f"entry {key}"),
            state=state,
            answer_due_on=on + timedelta(days=int(days)),
            status=status,
        )
        yield made
        if answer:
            yield Answer(
                ref=ref(f"answer {number}"),
                recommendation=made,
                entry_id=ref(f"entry {key}"),
                answered_on=on - timedelta(days=40),
                status=status,
                text=answer,
            )
