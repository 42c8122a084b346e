"""The reference facts are in the database as the files have them, each with its source."""

from collections import Counter

import pytest

from opennrm.coordination.models import Commitment, Document, Recommendation, State, TreatyStatus
from opennrm.coordination.reference_data import IN_2009, LATER, keep_reference
from opennrm.vocabulary.registry import code_list
from tests.database import as_administrator

NOT_YET = {"AD", "CZ", "GR", "VA", "IS", "IE", "SM"}


class TestTheReferenceFacts:
    def test_count_as_the_files_do(self) -> None:
        commitments = Commitment.objects.using("owner")
        states = Counter(State.objects.using("owner").values_list("category", flat=True))

        assert commitments.count() == 152
        assert commitments.filter(kind="task_of_OSCE_bodies").count() == 26
        assert commitments.filter(kind="recommendation").count() == 25
        assert Recommendation.objects.using("owner").filter(body="osce").count() == 25
        assert states["participating_state"] == 56
        assert states["mediterranean_partner"] == 6
        assert states["partner_for_co-operation"] == 5

    def test_tell_how_the_protocol_stood_in_november_2009_and_later(self) -> None:
        then = TreatyStatus.objects.using("owner").filter(source=IN_2009)
        later = TreatyStatus.objects.using("owner").filter(as_of=LATER)

        assert Counter(then.values_list("status", flat=True)) == {
            "party": 49,
            "not_yet_ratified": 7,
        }
        assert {one.state.code for one in then.filter(status="not_yet_ratified")} == NOT_YET
        assert set(later.values_list("status", flat=True)) == {"party"} and later.count() == 56
        # 49 and 7 are the participating States; of the Partners the source states nothing.
        of_states = then.filter(state__category="participating_state")
        assert (of_states.count(), then.count()) == (56, 56)

    def test_each_name_a_source_and_use_the_words_of_the_field(self) -> None:
        for one in Commitment.objects.using("owner"):
            assert one.source and one.checked and one.addressees, one.number
            assert code_list("commitment_area").codes(one.area)
            assert code_list("commitment_kind").codes(one.kind)
            assert "seed" not in f"{one.text} {one.source} {one.checked} {one.paragraph}".lower()

    def test_join_the_documents_they_stand_in(self) -> None:
        plan = Document.objects.using("owner").get(title__contains="Action Plan to Combat")

        assert Document.objects.using("owner").count() == 26
        assert plan.commitments.count() == 42
        assert {link.relation for link in plan.links.all()} == {"annexed_to"}

    def test_are_put_in_once_and_leave_what_was_changed(self) -> None:
        first = Commitment.objects.using("owner").get(number="HFA-1")
        kept, first.text = first.text, "Said better by the co-ordinator"
        first.save(using="owner")

        keep_reference()

        again = Commitment.objects.using("owner").get(number="HFA-1")
        assert again.text == "Said better by the co-ordinator"
        again.text = kept
        again.save(using="owner")

    @pytest.mark.parametrize("table", ["coordination_commitment", "coordination_state"])
    def test_stand_in_the_history_as_the_operators(self, table: str) -> None:
        with as_administrator() as connection:
            row = connection.execute(
                'SELECT count(*), count(account) FROM coordination_change WHERE "table" = %s '
                "AND act = 'insert'",
                [table],
            ).fetchone()

        assert row == ({"coordination_commitment": 152, "coordination_state": 67}[table], 0)
