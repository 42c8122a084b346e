"""Facts told in words: labels of fields, names of countries, parts named once."""

import pytest

from opennrm.web import telling

NOBODY: dict[object, str] = {}


class TestAField:
    @pytest.mark.parametrize(
        ("kind", "parts", "told"),
        [
            ("return_proposed", {"country": "AL"}, [("Country", "Albania")]),
            (
                "referral_sent",
                {"purpose": "referral"},
                [("Purpose", "Being referred to the mechanism")],
            ),
            (
                "plan_agreed",
                {"discussed": True, "discussed_on": "2026-03-04"},
                [("Talked over on", "4 March 2026"), ("Talked over with the person", "Yes")],
            ),
            (
                "act_held",
                {"act": "negative_decision", "step": "reasonable_grounds_decided"},
                [("Act", "A negative decision"), ("Step", "A no on reasonable grounds")],
            ),
            (
                "reasonable_grounds_decided",
                {"reasons_codes": ["no_purpose"]},
                [("Grounds", "No purpose of exploitation found")],
            ),
            (
                "consent_given",
                {"scopes": ["D2", "D2S", "D14S"], "recipient_role": "CM"},
                [("Parts", "Identity; Decisions (summary)"), ("In the role", "Case manager")],
            ),
        ],
    )
    def test_is_told_in_plain_words(self, kind, parts, told):
        assert sorted(telling.said(kind, parts, NOBODY)) == sorted(told)
