"""Kinds of facts of referral, its summaries and the anonymous notification."""

from opennrm.lifecycle import codes as own
from opennrm.lifecycle import fields as of
from opennrm.lifecycle.fields import must
from opennrm.lifecycle.kinds.kind import Kind
from opennrm.vocabulary import age, assistance, contact, exploitation, person, sharing
from opennrm.vocabulary.countries import subregions
from opennrm.vocabulary.roles import Role
from opennrm.vocabulary.scopes import Scope

REFERRAL = (
    Kind(
        "referral_sent",
        "Referral sent",
        Scope.SKELETON,
        track="identification",
        fields={
            "to": must(of.reference()),
            "to_role": must(of.code(Role)),
            "purpose": must(of.code(sharing.ConsentPurpose, sharing.Purpose)),
            "basis_fact": of.reference(),
            "urgency": of.code(own.Urgency),
            "services": of.codes(assistance.ServiceKind),
            "until": of.day(),
            "reply_by": of.moment_or_day(),
        },
    ),
    Kind(
        "summary_shared",
        "Summary shared",
        None,
        fields={"scope": must(of.like(of.SCOPE)), "referral": of.reference()},
        sealed=("text",),
        always_extract=True,
    ),
    Kind(
        "referral_acknowledged",
        "Referral acknowledged",
        Scope.SKELETON,
        needs="addressee",
        fields={
            "answers": must(of.reference()),
            "answer": must(of.code(own.ReferralAnswer)),
            "reason": of.code(own.ReferralReason, assistance.OfferAnswerReason),
        },
    ),
    Kind(
        "notification_sent",
        "Anonymous notification sent",
        Scope.SKELETON,
        fields={
            "age_group": must(of.code(age.AgeGroup)),
            "sex": must(of.code(person.Sex)),
            "main_form": must(of.code(exploitation.ExploitationForm)),
            "citizenship_group": must(of.code(person.CitizenshipGroup, subregions())),
            "place_region": must(of.like(of.REGION)),
            "month": must(of.like(of.MONTH)),
            "reporting_entity": must(of.code(contact.ReportingEntity)),
        },
    ),
)
