"""Kinds of facts of the account and the screening."""

from opennrm.lifecycle import fields as of
from opennrm.lifecycle.fields import must
from opennrm.lifecycle.kinds.kind import Kind
from opennrm.vocabulary import exploitation
from opennrm.vocabulary.scopes import Scope

SCREENING = (
    Kind(
        "account_noted",
        "Account noted",
        Scope.ACCOUNT,
        fields={
            "forms": of.codes(exploitation.ExploitationForm),
            "scope_of_trafficking": of.code(exploitation.TraffickingScope),
            "means": of.codes(exploitation.Means, exploitation.MeansOfControl),
            "signs": of.all_like(f"{of.INDICATOR}|{of.CODE}"),
        },
        sealed=("words", "notes"),
    ),
    Kind(
        "screening_recorded",
        "Screening recorded",
        Scope.ACCOUNT,
        track="identification",
        fields={
            "population": of.like(of.WORD),
            "told": of.all_like(of.INDICATOR),
            "seen": of.all_like(of.INDICATOR),
            "not_asked": of.all_like(of.INDICATOR),
            "presumed": must(of.flag()),
            "act_noted": of.flag(),
            "advice": of.like(of.WORD),
            "positive_dimensions": of.all_like(of.WORD),
            "forms": of.codes(exploitation.ExploitationForm),
            "scope_of_trafficking": of.code(exploitation.TraffickingScope),
            "alone": of.flag(),
            "language": of.like(of.LANGUAGE),
            "interpreter": of.flag(),
        },
        sealed=("reason", "notes"),
    ),
)
