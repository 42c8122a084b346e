"""Words about plans, commitments and recommendations."""

from opennrm.vocabulary.code import Code, CodeList, Verification


class Pillar(Code):
    """The part of a plan that an objective belongs to."""

    PROSECUTION = "prosecution", "Prosecution"
    PREVENTION = "prevention", "Prevention"
    PROTECTION = "protection", "Protection and assistance"
    PARTNERSHIP = "partnership", "Partnership and co-ordination"
    CHILDREN = "children", "Children (cross-cutting)"
    GENDER = "gender", "Gender (cross-cutting)"
    DATA = "data", "Data (cross-cutting)"


class PlanLevel(Code):
    """For whom a plan is made."""

    NATIONAL = "national", "National"
    LOCAL = "local", "Local or regional"


class PlanStatus(Code):
    """Where a plan stands."""

    DRAFT = "draft", "Draft"
    PROPOSED = "proposed", "Before the commission"
    ADOPTED = "adopted", "Adopted"
    ENDED = "ended", "Ended"


class ActionStatus(Code):
    """How an action of a plan goes."""

    NOT_STARTED = "not_started", "Not started"
    ON_TRACK = "on_track", "On track"
    DELAYED = "delayed", "Delayed"
    DONE = "done", "Done"
    DROPPED = "dropped", "Dropped"
    UNFUNDED = "unfunded", "Without money"


class PlanTopic(Code):
    """What an action is about, where a check looks for at least one action."""

    DEMAND = "demand", "Demand"
    INTERNAL = "internal", "Trafficking inside the country"
    MEN_AND_BOYS = "men_and_boys", "Men and boys"
    CHILDREN = "children", "Children"
    COMPENSATION = "compensation", "Compensation"
    EVALUATION = "evaluation", "Evaluation"
    ROOT_CAUSES = "root_causes", "Social and economic roots"
    LAW = "law", "Law and law enforcement"
    RIGHTS = "rights", "Human rights"
    DATA = "data", "Data and research"


class MoneySource(Code):
    """Where money for an action comes from."""

    STATE = "state", "State budget"
    LOCAL = "local", "Local budget"
    DONOR = "donor", "Donor"
    OWN = "own", "Own means of the organisation"


class ApprovalOutcome(Code):
    """What the commission says to a plan."""

    APPROVED = "approved", "Approved"
    RETURNED = "returned", "Returned for changes"


class CommitmentKind(Code):
    """What kind of promise, task or standard this is."""

    COMMITMENT = "commitment", "Commitment"
    TASK = "task_of_OSCE_bodies", "Task of OSCE bodies"
    RECOMMENDATION = "recommendation", "Recommendation"
    NATIONAL_ACTION = "recommended_national_action", "Recommended national action"
    GUIDELINE = "internal_guideline", "Internal guideline"
    STANDARD = "standard", "Standard"
    AGENDA = "agenda", "Agenda"


class CommitmentArea(Code):
    """What a commitment is about."""

    PROSECUTION = "prosecution", "Prosecution"
    PREVENTION = "prevention", "Prevention"
    PROTECTION = "protection", "Protection"
    PARTNERSHIP = "partnership", "Partnership and co-ordination"
    INTERNAL = "internal", "Inside the organisation"


class DocumentRelation(Code):
    """How one document stands to another."""

    ENDORSES = "endorses", "endorses"
    ANNEXED_TO = "annexed_to", "is annexed to"
    ADDS_TO = "adds_to", "adds to"
    BUILDS_ON = "builds_on", "builds on"
    RESTATES = "restates", "restates"


class TreatyStatusCode(Code):
    """How a State stands to a treaty on a day."""

    PARTY = "party", "Party"
    SIGNED = "signed", "Signed, not ratified"
    NOT_YET_RATIFIED = "not_yet_ratified", "Not yet ratified"
    NOT_STATED = "not_stated", "Not stated in the source"


class StateCategory(Code):
    """How a State takes part."""

    PARTICIPATING = "participating_state", "Participating State"
    MEDITERRANEAN = "mediterranean_partner", "Mediterranean Partner"
    PARTNER = "partner_for_co-operation", "Partner for Co-operation"


class TaskStatus(Code):
    """What became of a task in a period."""

    NO_ACTION = "no_action", "No action"
    ONGOING = "ongoing", "Ongoing"
    DONE = "done", "Done"
    NOT_FEASIBLE = "not_feasible", "Not feasible, with reason"


class Fulfilment(Code):
    """How far a commitment is kept."""

    KEPT = "kept", "Kept"
    KEPT_IN_PART = "kept_in_part", "Kept in part"
    NOT_KEPT = "not_kept", "Not kept"
    NOT_KNOWN = "not_known", "Not known"


class RecommendingBody(Code):
    """Who recommends."""

    RAPPORTEUR = "rapporteur", "National Rapporteur"
    OSCE = "osce", "OSCE"
    GRETA = "greta", "GRETA"
    CEDAW = "cedaw", "CEDAW Committee"
    CRC = "crc", "Committee on the Rights of the Child"
    UPR = "upr", "Universal Periodic Review"
    EU = "eu", "European Union"
    OTHER = "other", "Other"


class RecommendationStatus(Code):
    """What became of a recommendation."""

    OPEN = "open", "Not answered"
    ACCEPTED = "accepted", "Accepted"
    ACCEPTED_IN_PART = "accepted_in_part", "Accepted in part"
    NOT_ACCEPTED = "not_accepted", "Not accepted"
    IMPLEMENTED = "implemented", "Implemented"
    OVERTAKEN = "overtaken", "Overtaken by events"


def _list(name: str, title: str, definition: str, codes: type[Code]) -> CodeList:
    return CodeList(name, title, definition, SOURCE, Verification.PROJECT, codes)


SOURCE = "National structures reference, sections 2 to 6"
LISTS = (
    _list("pillar", "Pillar of a plan", "The part of a plan an objective belongs to.", Pillar),
    _list("plan_level", "Level of a plan", "For whom a plan is made.", PlanLevel),
    _list("plan_status", "Status of a plan", "Where a plan stands.", PlanStatus),
    _list("action_status", "Status of an action", "How an action of a plan goes.", ActionStatus),
    _list("plan_topic", "Topic of an action", "What a check of a plan looks for.", PlanTopic),
    _list("money_source", "Source of money", "Where money for an action comes from.", MoneySource),
    _list("approval_outcome", "Word of a commission", "What it says to a plan.", ApprovalOutcome),
    _list("commitment_kind", "Kind of commitment", "Promise, task or standard.", CommitmentKind),
    _list("commitment_area", "Area of a commitment", "What it is about.", CommitmentArea),
    _list(
        "document_relation", "Link of documents", "How one stands to another.", DocumentRelation
    ),
    _list("treaty_status", "Treaty status", "How a State stands to a treaty.", TreatyStatusCode),
    _list("state_category", "Category of a State", "How a State takes part.", StateCategory),
    _list("task_status", "Status of a task", "What became of a task in a period.", TaskStatus),
    _list("fulfilment", "Fulfilment", "How far a commitment is kept.", Fulfilment),
    _list("recommending_body", "Recommending body", "Who recommends.", RecommendingBody),
    _list(
        "recommendation_status",
        "Status of a recommendation",
        "What became of a recommendation.",
        RecommendationStatus,
    ),
)
