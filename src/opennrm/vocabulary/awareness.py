"""Words about campaigns, media, the library, events, projects, prevention and conduct."""

from opennrm.vocabulary.code import Code, CodeList, Verification


class GroupAtRisk(Code):
    """A group that is more easily exploited; never a sign that a person is."""

    CHILDREN_LEAVING_CARE = "children_leaving_care", "Young people leaving care"
    CHILDREN = "children", "Children"
    WOMEN_WITHOUT_CREDIT = "women_without_credit", "Women without property or credit"
    MINORITIES = "minorities", "Minorities, such as Roma"
    SEASONAL_WORKERS = "seasonal_workers", "Seasonal workers"
    MIGRANTS = "migrants", "Migrants"
    ASYLUM_SEEKERS = "asylum_seekers", "Asylum seekers and refugees"
    DISPLACED = "displaced", "Displaced persons"
    DOMESTIC_WORKERS = "domestic_workers", "Domestic workers"
    DISABILITY = "disability", "Persons with disabilities"
    HOMELESS = "homeless", "Homeless persons"
    ONLINE = "online", "Young people online"


class CampaignAudience(Code):
    """Whom a campaign speaks to."""

    AT_RISK = "at_risk", "People at risk"
    DEMAND = "demand", "Those who buy or use"
    EMPLOYERS = "employers", "Employers and business"
    PROFESSIONALS = "professionals", "Professionals"
    PUBLIC = "public", "The public"


class CampaignStatus(Code):
    """Where a campaign stands."""

    PLANNED = "planned", "Planned"
    RUNNING = "running", "Running"
    CLOSED = "closed", "Closed"


class MessageReview(Code):
    """What a review of the message found."""

    SAFE_WAYS = "safe_ways", "It tells how to go safely and whom to ask"
    DISCOURAGES = "discourages", "It tells people not to migrate"


class MediaKind(Code):
    """What a piece of the media kit is."""

    BACKGROUND = "background", "Background"
    FIGURES = "figures", "Figures that were released"
    GUIDANCE = "guidance", "How to report without harm"
    PICTURE = "picture", "Picture"
    QUOTE = "quote", "Quotation"
    CONTACT = "contact", "Contact for journalists"


class ShowsPerson(Code):
    """Whether a piece shows or tells of one person."""

    NOBODY = "nobody", "It shows nobody who was exploited"
    SOMEBODY = "somebody", "It shows or tells of a person who was exploited"


class LibraryKind(Code):
    """What a document of the library is."""

    LAW = "law", "Law"
    CASE_LAW = "case_law", "Judgment"
    REPORT = "report", "Report"
    GUIDELINE = "guideline", "Guideline or procedure"
    TRAINING = "training", "Training material"
    RESEARCH = "research", "Research"


class LibraryTopic(Code):
    """What a document of the library is about."""

    DEFINITION = "definition", "Definition and penalties"
    IDENTIFICATION = "identification", "Identification"
    RECOVERY = "recovery", "Recovery and reflection period"
    RESIDENCE = "residence", "Residence"
    ASSISTANCE = "assistance", "Assistance"
    CHILDREN = "children", "Children"
    NON_PUNISHMENT = "non_punishment", "Non-punishment"
    COMPENSATION = "compensation", "Compensation"
    PREVENTION = "prevention", "Prevention and demand"
    LABOUR = "labour", "Labour and recruitment"
    DATA = "data", "Data and privacy"
    CO_OPERATION = "co_operation", "Co-operation between States"


class EventKind(Code):
    """What kind of event it is."""

    CONFERENCE = "conference", "Conference"
    SEMINAR = "seminar", "Seminar or workshop"
    MEETING = "meeting", "Meeting"
    VISIT = "visit", "Visit"
    PRESS = "press", "For the press"


class ProjectStatus(Code):
    """Where a project stands."""

    PLANNED = "planned", "Planned"
    RUNNING = "running", "Running"
    ENDED = "ended", "Ended"


class FeedLevel(Code):
    """For which part of the country a body delivers data."""

    NATIONAL = "national", "The whole country"
    LOCAL = "local", "One region or town"


class PreventionKind(Code):
    """What a programme for people at risk gives."""

    WORK = "work", "Work and training"
    CREDIT = "credit", "Credit and a start in business"
    HOUSING = "housing", "A place to live"
    SCHOOL = "school", "School and learning"
    SOCIAL_WORK = "social_work", "Social work and mediation"
    MIXED_TEAM = "mixed_team", "Mixed team of social workers and cultural mediators"


class ConductKind(Code):
    """What a report on the conduct of international staff is about."""

    EXPLOITATION = "exploitation", "Sexual exploitation or abuse"
    USE_OF_SERVICES = "use_of_services", "Use of services of an exploited person"
    TRAFFICKING = "trafficking", "Taking part in trafficking"
    LABOUR = "labour", "Exploitation of household or other staff"
    COVER_UP = "cover_up", "Not acting on what was known"


class ConductOutcome(Code):
    """What became of a report on conduct."""

    UNFOUNDED = "unfounded", "Not borne out"
    DISCIPLINED = "disciplined", "Disciplined"
    DISMISSED = "dismissed", "Dismissed or sent home"
    CHARGED = "charged", "Handed to the authorities of the State"
    NOT_CLEAR = "not_clear", "Could not be cleared up"


def _list(name: str, title: str, definition: str, codes: type[Code]) -> CodeList:
    return CodeList(name, title, definition, SOURCE, Verification.PROJECT, codes)


SOURCE = "National structures reference, sections 3, 4 and 10"
LISTS = (
    _list("group_at_risk", "Group at risk", "More easily exploited.", GroupAtRisk),
    _list("campaign_audience", "Audience", "Whom a campaign speaks to.", CampaignAudience),
    _list("campaign_status", "Status of a campaign", "Where it stands.", CampaignStatus),
    _list("message_review", "Review of a message", "What a review found.", MessageReview),
    _list("media_kind", "Piece of the media kit", "What it is.", MediaKind),
    _list("shows_person", "Whether it shows a person", "In a piece for the media.", ShowsPerson),
    _list("library_kind", "Kind of document", "In the library.", LibraryKind),
    _list("library_topic", "Topic of a document", "In the library.", LibraryTopic),
    _list("event_kind", "Kind of event", "What kind of event it is.", EventKind),
    _list("project_status", "Status of a project", "Where it stands.", ProjectStatus),
    _list("feed_level", "Reach of data delivered", "Which part of the country.", FeedLevel),
    _list("prevention_kind", "Programme of prevention", "What it gives.", PreventionKind),
    _list("conduct_kind", "Report on conduct", "What it is about.", ConductKind),
    _list("conduct_outcome", "Outcome of a report on conduct", "What came of it.", ConductOutcome),
)
