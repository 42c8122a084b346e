"""The standard's codes in our words; what has no place here is a problem, never a default."""

from functools import cache

from opennrm.exchange.htcds.imported import CaseStatus, DecidingBody, ReferralReason
from opennrm.exchange.htcds.standard import values
from opennrm.vocabulary.code import Code
from opennrm.vocabulary.exploitation import (
    ExploitationForm,
    MeansOfControl,
    SexualExploitationKind,
)
from opennrm.vocabulary.identification import IdentificationStatus
from opennrm.vocabulary.industry import RecruitmentMethod, Sector
from opennrm.vocabulary.person import Gender

GENDERS: dict[str, Code] = {
    "Feminine": Gender.FEMININE,
    "Masculine": Gender.MASCULINE,
    "TransgenderFeminine": Gender.TRANSGENDER_FEMININE,
    "TransgenderMasculine": Gender.TRANSGENDER_MASCULINE,
    "NonConforming": Gender.NON_CONFORMING,
    "NonSpecifiedUnknown": Gender.NOT_SPECIFIED_UNKNOWN,
}
STATUSES: dict[str, Code] = {
    "PossibleVictimOfTrafficking": IdentificationStatus.PRESUMED,
    "ActualVictimOfTrafficking": IdentificationStatus.IDENTIFIED,
    "NotAVictimOfTrafficking": IdentificationStatus.NOT_IDENTIFIED,
}
DECIDING_BODIES: dict[str, Code] = {
    "Police": DecidingBody.POLICE,
    "NGO": DecidingBody.NGO,
    "CourtOrProsecution": DecidingBody.COURT_OR_PROSECUTION,
    "NonPoliceGovernmentalOrganization": DecidingBody.OTHER_GOVERNMENT,
    "Other": DecidingBody.OTHER,
}
RECRUITMENT: dict[str, Code] = {
    "AtAPlaceOfBusiness": RecruitmentMethod.AT_A_PLACE_OF_BUSINESS,
    "AtAnEducationalInstitution": RecruitmentMethod.AT_AN_EDUCATIONAL_INSTITUTION,
    "AtWork": RecruitmentMethod.AT_WORK,
    "ThroughOnlineSocialNetworks": RecruitmentMethod.ONLINE_SOCIAL_NETWORKS,
    "ThroughAnOnlineAdvertisement": RecruitmentMethod.ONLINE_ADVERTISEMENT,
    "ThroughATelevisionAdvert": RecruitmentMethod.TELEVISION_ADVERT,
    "ThroughANewspaperAdvert": RecruitmentMethod.NEWSPAPER_ADVERT,
    "ThroughFamilyOrFamilyEvents": RecruitmentMethod.FAMILY_OR_FAMILY_EVENTS,
    "ThroughFriendsOrSocialEvents": RecruitmentMethod.FRIENDS_OR_SOCIAL_EVENTS,
    "Other": RecruitmentMethod.OTHER,
}
CONTROL: dict[str, Code] = {
    "PhysicalThreats": MeansOfControl.PHYSICAL_THREATS,
    "ThreatsLawEnforcement": MeansOfControl.THREATS_OF_LAW_ENFORCEMENT,
    "ThreatensChildrenFamily": MeansOfControl.THREATENS_CHILDREN_OR_FAMILY,
    "DebtBondage": MeansOfControl.DEBT_BONDAGE,
    "FalsePromises": MeansOfControl.FALSE_PROMISES,
    "PhysicalAbuse": MeansOfControl.PHYSICAL_ABUSE,
    "SexualAbuse": MeansOfControl.SEXUAL_ABUSE,
    "TakesEarnings": MeansOfControl.TAKES_EARNINGS,
    "RestrictsFinancialAccess": MeansOfControl.RESTRICTS_FINANCIAL_ACCESS,
    "RestrictsMedicalCare": MeansOfControl.RESTRICTS_MEDICAL_CARE,
    "WithholdsNecessities": MeansOfControl.WITHHOLDS_NECESSITIES,
    "PsychologicalAbuse": MeansOfControl.PSYCHOLOGICAL_ABUSE,
    "PsychoactiveSubstance": MeansOfControl.PSYCHOACTIVE_SUBSTANCE,
    "ExcessiveWorkingHours": MeansOfControl.EXCESSIVE_WORKING_HOURS,
    "WithholdsDocuments": MeansOfControl.WITHHOLDS_DOCUMENTS,
    "MethodsOfControlRestrictsMovement": MeansOfControl.RESTRICTS_MOVEMENT,
    "MethodsOfControlUsesChildren": MeansOfControl.USES_CHILDREN,
    "Other": MeansOfControl.OTHER,
}
FORMS: dict[str, Code] = {
    "ForcedLabour": ExploitationForm.LABOUR,
    "SexualExploitation": ExploitationForm.SEXUAL,
    "ChildLabour": ExploitationForm.CHILD_LABOUR,
    "ForcedMarriage": ExploitationForm.FORCED_MARRIAGE,
    "Servitude": ExploitationForm.SERVITUDE,
    "ForcedMilitaryByNonStateActors": ExploitationForm.ARMED_GROUP,
    "OrganRemoval": ExploitationForm.ORGAN_REMOVAL,
    "ForcedBegging": ExploitationForm.BEGGING,
    "ForcedAdoption": ExploitationForm.ILLEGAL_ADOPTION,
    "Surrogacy": ExploitationForm.SURROGACY,
    "Other": ExploitationForm.OTHER,
}
SEXUAL_KINDS: dict[str, Code] = {
    "Prostitution": SexualExploitationKind.PROSTITUTION,
    "Pornography": SexualExploitationKind.PORNOGRAPHY,
    "RemoteInteractiveServices": SexualExploitationKind.REMOTE_INTERACTIVE_SERVICES,
    "PrivateSexualServices": SexualExploitationKind.PRIVATE_SEXUAL_SERVICES,
}
CASE_STATUSES: dict[str, Code] = {
    "Active": CaseStatus.ACTIVE,
    "FollowUp": CaseStatus.FOLLOW_UP,
    "Closed": CaseStatus.CLOSED,
    "ClosedReferred": CaseStatus.CLOSED_REFERRED,
}
REASONS: dict[str, Code] = {
    "AdditionalServicesRequired": ReferralReason.ADDITIONAL_SERVICES_REQUIRED,
    "MigrationOrChangeOfLocation": ReferralReason.MIGRATION_OR_CHANGE_OF_LOCATION,
    "Other": ReferralReason.OTHER,
}
OURS: dict[str, dict[str, Code]] = {
    "prs_Gender": GENDERS,
    "vic_TraffickingStatus": STATUSES,
    "vic_TraffickingStatusDecisionMakingOrg": DECIDING_BODIES,
    "vic_MethodOfRecruitment": RECRUITMENT,
    "vic_MethodsOfControl": CONTROL,
    "vic_TypeOfExploitation": FORMS,
    "vic_TypeOfSexExploitation": SEXUAL_KINDS,
    "cas_Status": CASE_STATUSES,
    "cas_ReasonForIncomingReferral": REASONS,
    "cas_ReasonForOutgoingReferral": REASONS,
}


def ours(code_list: str, code: str) -> Code:
    """Return our word for a code of the standard; industries are known by their ISIC letter."""
    if code_list == "vic_ForcedLabourIndustry":
        return Sector(f"isic_{code[0].lower()}")
    return OURS[code_list][code]


@cache
def theirs(code_list: str) -> dict[Code, str]:
    """Return the standard's code for each of our words that its own list has a value for."""
    offered = values(code_list)
    if code_list == "vic_ForcedLabourIndustry":
        return {ours(code_list, code): code for code in offered}
    return {word: code for code, word in OURS[code_list].items() if code in offered}
