"""Kinds of facts of the first contact."""

from opennrm.lifecycle import codes as own
from opennrm.lifecycle import fields as of
from opennrm.lifecycle.fields import must
from opennrm.lifecycle.kinds.kind import Kind
from opennrm.vocabulary import age, contact, exploitation, person, safety
from opennrm.vocabulary.scopes import Scope

CONTACT = (
    Kind(
        "contact_recorded",
        "Contact recorded",
        Scope.SKELETON,
        fields={
            "route": of.code(contact.KnowledgeRoute),
            "channel": of.code(contact.Channel),
            "reporting_entity": of.code(contact.ReportingEntity),
            "referred_by": of.reference(),
            "danger": of.code(safety.RiskLevel, own.NotSaid),
            "majority": of.code(age.Majority),
            "age_status": of.code(age.AgeStatus),
            "left_early": of.flag(),
            "language": of.like(of.LANGUAGE),
            "jurisdiction": of.like(of.JURISDICTION),
            "contact_on": of.day(),
            "scope_of_trafficking": of.code(exploitation.TraffickingScope),
            "asked_by": of.code(contact.Asker, ("professional",)),
            "labels": of.codes(contact.CaseLabel),
            "came_back": of.flag(),
        },
    ),
    Kind(
        "referral_deposited",
        "Referral handed in one way",
        Scope.SKELETON,
        fields={"by": must(of.reference()), "person_agreed": of.flag()},
    ),
    Kind(
        "help_asked",
        "Help asked for",
        Scope.ACCOUNT,
        fields={
            "asked_by": must(of.code(contact.Asker, ("professional",))),
            "urgent": of.flag(),
        },
        sealed=("message",),
    ),
    Kind(
        "person_described",
        "Person described",
        Scope.IDENTITY,
        fields={
            "sex": of.code(person.Sex),
            "gender": of.code(person.Gender),
            "age_group": of.code(age.AgeGroup),
            "citizenship": of.all_like(of.COUNTRY_OR_NONE),
        },
        sealed=("names", "called", "birthdate", "documents", "nationality_note"),
    ),
    Kind(
        "safe_contact_noted",
        "Safe way to make contact noted",
        Scope.WHEREABOUTS,
        fields={"safe_channel": of.code(contact.SafeContact), "may_leave_message": of.flag()},
        sealed=("safe_way", "whereabouts"),
    ),
)
