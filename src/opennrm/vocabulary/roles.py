"""The roles of a referral mechanism and the training each needs at least."""

from __future__ import annotations

from opennrm.vocabulary.code import Code, CodeList, Verification


class TrainingTag(Code):
    """A piece of training that a role or a right may ask for."""

    ANTI_TRAFFICKING_BASICS = "anti-trafficking-basics", "Anti-trafficking basics"
    ASYLUM = "asylum", "Asylum and refugee law"
    ASYLUM_LINK = "asylum-link", "Trafficking and the asylum link"
    BEST_INTERESTS = "best-interests", "Best-interests procedure"
    CASE_MANAGEMENT = "case-management", "Case management"
    CHILD = "child", "Working with children"
    CHILD_INTERVIEW = "child-interview", "Interviewing children"
    CHILD_RIGHTS = "child-rights", "Child rights"
    CODE_OF_CONDUCT = "code-of-conduct", "Code of conduct for interpreters"
    CONSENT = "consent", "Consent"
    COURT_SUPPORT = "court-support", "Court support"
    CREDIBILITY_AND_TRAUMA = "credibility-and-trauma", "Credibility, trauma and bias"
    CRISIS_COUNSELLING = "crisis-counselling", "Crisis counselling"
    DATA_LITERACY = "data-literacy", "Data literacy"
    DATA_PROTECTION = "data-protection", "Data protection"
    DISCLOSURE_CONTROL = "disclosure-control", "Disclosure control"
    DO_NO_HARM = "do-no-harm", "Do no harm"
    FINANCIAL_INVESTIGATION = "financial-investigation", "Financial investigation"
    FORENSIC_DOCUMENTATION = "forensic-documentation", "Forensic documentation"
    INDICATORS_BASIC = "indicators-basic", "Indicators of trafficking"
    INTERVIEWING = "interviewing", "Interviewing"
    LABOUR_EXPLOITATION = "labour-exploitation", "Labour exploitation"
    OBSERVATION_ETHICS = "observation-ethics", "Ethics of observation"
    RESEARCH_AND_STATISTICS = "research-and-statistics", "Research and statistics"
    RETURN_PRINCIPLES = "return-principles", "Principles of safe return"
    RIGHTS_BASED_APPROACH = "rights-based-approach", "Rights-based approach"
    SAFETY = "safety", "Safety planning"
    SENSITIVE_REPORTING = "sensitive-reporting", "Sensitive reporting"
    SHELTER_STANDARDS = "shelter-standards", "Shelter standards"
    TRAFFICKING_LAW = "trafficking-law", "Trafficking law and the rights of the person"
    TRAUMA_INFORMED_FIRST_CONTACT = (
        "trauma-informed-first-contact",
        "Trauma-informed first contact",
    )
    TRAUMA_INFORMED_CARE = "trauma-informed-care", "Trauma-informed care"


class Role(Code):
    """A role in the mechanism; its code is fixed, its label is a State's to choose."""

    PERSON = "PERSON", "The person", "First decision maker of her own case."
    NCO = "NCO", "National co-ordinator", "Policy, plan, agreements, yearly progress report."
    COM = "COM", "National commission", "Approves the plan, follows recommendations."
    LOC = "LOC", "Local or regional committee", "Local plan and mapping of services."
    FR = "FR", "First responder", "Notices, makes safe, informs, screens, refers or notifies."
    HL = "HL", "Helpline", "Anonymous advice, crisis, referral on wish."
    CA = "CA", "Competent authority", "Preliminary and formal decision, recovery period."
    RP = "RP", "Reviewer or panel member", "Second opinion on negative decisions."
    CM = "CM", "Case manager", "Needs, plan, services, information, closure."
    SH = "SH", "Shelter or housing provider", "Safe place and daily support."
    ND = "ND", "Night duty in a house", "Opens the sealed safety sheets of the house in need."
    HC = "HC", "Health-care provider", "Treatment and, with consent, documentation."
    LA = "LA", "Legal aid or lawyer of the person", "Advice and representation."
    IN = "IN", "Interpreter or cultural mediator", "Interpretation only."
    GU = "GU", "Guardian of a child", "Best interests, and consent with the child."
    CP = "CP", "Child-protection service", "Placement, best interests, care plan, tracing."
    BP = "BP", "Best-interests panel", "Best-interests determination."
    LE = "LE", "Law enforcement", "Investigation and safety."
    LI = "LI", "Labour inspectorate", "Inspections, wages, working conditions."
    PR = "PR", "Prosecutor", "Charge, non-punishment, protection, compensation claim."
    VW = "VW", "Victim-witness co-ordinator", "Explains the process and accompanies."
    JU = "JU", "Court", "Gets packages; not a user of the case system."
    TM = "TM", "Trial monitor", "Observes rights in proceedings."
    MI = "MI", "Migration or residence authority", "Effect of the recovery period, permits."
    AS = "AS", "Asylum authority", "Asylum claim."
    IE = "IE", "Immigration enforcement", "No access and never a recipient (R43)."
    CO = "CO", "Consular officer", "Travel documents, safe return."
    TF = "TF", "Transnational focal point", "Cross-border referral, return plan."
    RE = "RE", "Reintegration or employment service", "Job and training."
    CF = "CF", "Compensation fund", "State compensation and payout."
    AR = "AR", "Asset-recovery investigator", "Traces, freezes, confiscates."
    NR = "NR", "National Rapporteur", "Data, analysis, evaluation, public report."
    SO = "SO", "Statistics officer", "Exports and disclosure control."
    OF = "OF", "OSCE field focal point", "Support, training, urgent-case response, reporting."
    SR = "SR", "OSCE Special Representative", "Assessment, survey, annual report."
    OD = "OD", "ODIHR adviser", "Assessment, legal review, training material."
    DP = "DP", "Data-protection officer", "Lawful processing, logs, requests, breaches."
    AD = "AD", "System administrator", "Running, keys, backup; sees no content."
    TR = "TR", "Trainer", "Modules, attendance, certificates."
    MD = "MD", "Press officer", "Campaigns and enquiries."


TRAINING: dict[Role, frozenset[TrainingTag]] = {
    Role.NCO: frozenset({TrainingTag.RIGHTS_BASED_APPROACH, TrainingTag.DATA_LITERACY}),
    Role.COM: frozenset({TrainingTag.ANTI_TRAFFICKING_BASICS}),
    Role.LOC: frozenset({TrainingTag.ANTI_TRAFFICKING_BASICS}),
    Role.FR: frozenset(
        {
            TrainingTag.INDICATORS_BASIC,
            TrainingTag.TRAUMA_INFORMED_FIRST_CONTACT,
            TrainingTag.CHILD,
            TrainingTag.CONSENT,
        }
    ),
    Role.HL: frozenset({TrainingTag.CRISIS_COUNSELLING}),
    Role.CA: frozenset(
        {TrainingTag.TRAFFICKING_LAW, TrainingTag.CREDIBILITY_AND_TRAUMA, TrainingTag.CHILD}
    ),
    Role.RP: frozenset(
        {TrainingTag.TRAFFICKING_LAW, TrainingTag.CREDIBILITY_AND_TRAUMA, TrainingTag.CHILD}
    ),
    Role.CM: frozenset({TrainingTag.CASE_MANAGEMENT, TrainingTag.SAFETY}),
    Role.SH: frozenset({TrainingTag.SHELTER_STANDARDS}),
    Role.HC: frozenset({TrainingTag.TRAUMA_INFORMED_CARE, TrainingTag.FORENSIC_DOCUMENTATION}),
    Role.LA: frozenset({TrainingTag.TRAFFICKING_LAW}),
    Role.IN: frozenset({TrainingTag.CODE_OF_CONDUCT, TrainingTag.TRAUMA_INFORMED_CARE}),
    Role.GU: frozenset({TrainingTag.CHILD_RIGHTS}),
    Role.CP: frozenset({TrainingTag.CHILD}),
    Role.BP: frozenset({TrainingTag.BEST_INTERESTS}),
    Role.LE: frozenset(
        {
            TrainingTag.ANTI_TRAFFICKING_BASICS,
            TrainingTag.INTERVIEWING,
            TrainingTag.FINANCIAL_INVESTIGATION,
        }
    ),
    Role.LI: frozenset({TrainingTag.LABOUR_EXPLOITATION}),
    Role.PR: frozenset({TrainingTag.TRAFFICKING_LAW}),
    Role.VW: frozenset({TrainingTag.COURT_SUPPORT}),
    Role.TM: frozenset({TrainingTag.OBSERVATION_ETHICS}),
    Role.MI: frozenset({TrainingTag.ASYLUM_LINK}),
    Role.AS: frozenset({TrainingTag.ASYLUM}),
    Role.CO: frozenset({TrainingTag.DO_NO_HARM}),
    Role.TF: frozenset({TrainingTag.RETURN_PRINCIPLES}),
    Role.NR: frozenset({TrainingTag.RESEARCH_AND_STATISTICS}),
    Role.SO: frozenset({TrainingTag.DISCLOSURE_CONTROL}),
    Role.DP: frozenset({TrainingTag.DATA_PROTECTION}),
    Role.MD: frozenset({TrainingTag.SENSITIVE_REPORTING}),
}


def training_for(role: Role) -> frozenset[TrainingTag]:
    """Return the training a role needs at least. Source: roles reference, section 2."""
    return TRAINING.get(role, frozenset())


LISTS = (
    CodeList(
        "role",
        "Role",
        "What an organisation, and a trained person in it, does in the mechanism.",
        "Roles reference, section 2",
        Verification.PROJECT,
        Role,
    ),
    CodeList(
        "training_tag",
        "Training",
        "Training a role or a right may ask for; valid two years unless a State says otherwise.",
        "Roles reference, sections 2 and 5",
        Verification.PROJECT,
        TrainingTag,
    ),
)
