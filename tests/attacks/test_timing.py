"""How long a hidden case takes to refuse, against one that is not there.

OPENNRM_PAIRS says how many; a busy machine says little, so only the night holds it to a figure.
"""

import os
import statistics
import time
from uuid import UUID, uuid4

from django.urls import reverse

from tests import cast, stories
from tests.attacks.figures import told
from tests.web.browsing import browser

PAIRS = int(os.environ.get("OPENNRM_PAIRS", "10"))
APART_MS = 5


def milliseconds(client: object, case_ref: UUID) -> float:
    address = reverse("case", args=[case_ref])
    begin = time.perf_counter()
    status = client.get(address).status_code
    took = time.perf_counter() - begin
    assert status == 404
    return took * 1000


class TestAHiddenCase:
    def test_takes_as_long_as_one_that_is_not_there(self):
        hidden_ref = stories.contact(cast.POLICE_OFFICER, words="The van was white.")
        client = browser(cast.SHELTER_WITHOUT_CONSENT)
        hidden, missing = [], []

        for pair in range(PAIRS):
            first, second = (hidden, missing) if pair % 2 else (missing, hidden)
            for kept in (first, second):
                asked = hidden_ref if kept is hidden else uuid4()
                kept.append(milliseconds(client, asked))

        apart = abs(statistics.median(hidden) - statistics.median(missing))
        assert len(hidden) == len(missing) == PAIRS
        assert PAIRS < 200 or apart < APART_MS
        told("timing", pairs=PAIRS, medians_apart_ms=round(apart, 3))
