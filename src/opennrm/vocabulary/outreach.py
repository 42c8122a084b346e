"""Words about going to where people are: places, what was seen there, what was arranged."""

from opennrm.vocabulary.code import Code, CodeList, Verification


class OutreachPlace(Code):
    """The kind of place that an outreach team goes to."""

    STREET = "street", "Street"
    BAR = "bar", "Bar, club or hotel"
    FARM = "farm", "Farm"
    SITE = "site", "Building site"
    FACTORY = "factory", "Factory or workshop"
    HOUSEHOLDS = "households", "Private households"
    BORDER = "border", "Border or station"
    CENTRE = "centre", "Centre for asylum seekers or migrants"
    PRISON = "prison", "Prison or detention"
    MARKET = "market", "Market"
    ONLINE = "online", "Online"


class SceneSign(Code):
    """A sign of the crime at a place or in an advertisement; never about who a person is."""

    GUARDED = "guarded", "Guards, locks or cameras that keep people in"
    DRIVEN = "driven", "People are brought and fetched by the same drivers"
    LODGED_AT_WORK = "lodged_at_work", "People sleep where they work"
    ONE_SPEAKS = "one_speaks", "One person speaks for all"
    PAPERS_TOGETHER = "papers_together", "Papers of many kept together"
    ADVERTS_ALIKE = "adverts_alike", "Many advertisements with one number or one text"
    CASH_COLLECTED = "cash_collected", "Cash is collected at fixed times"
    ROTATION = "rotation", "People are moved on every few weeks"
    SHELL_FIRMS = "shell_firms", "Firms that change their name and keep their people"
    CHILDREN_SEEN = "children_seen", "Children are there at working hours"


class SceneOutcome(Code):
    """What came of signs that were passed on."""

    PASSED_ON = "passed_on", "Passed on"
    INSPECTED = "inspected", "Inspected"
    OPENED = "opened", "An investigation was opened"
    NOTHING = "nothing", "Nothing was found"


class MoneyStep(Code):
    """A step of a financial investigation."""

    TRACED = "traced", "Traced"
    FROZEN = "frozen", "Frozen"
    CONFISCATED = "confiscated", "Confiscated"
    PASSED_ON = "passed_on", "Passed on to the persons harmed or to a fund"
    RELEASED = "released", "Released again"


class Arranged(Code):
    """What was arranged for somebody whom staff in the field are worried about."""

    SAFE_CHECK = "safe_check", "Spoken to safely, alone"
    SHELTER = "shelter", "A safe place"
    INTERPRETER = "interpreter", "An interpreter of her choice"
    DOCTOR = "doctor", "A doctor"
    LAWYER = "lawyer", "A lawyer"
    PAPERS = "papers", "Papers, with a consul she agrees to"
    MONEY = "money", "Money for the first days"
    TRANSPORT = "transport", "Transport"


class FieldConsent(Code):
    """Whether the person wants more to be done."""

    YES = "yes", "She wants it"
    NO = "no", "She does not want it"
    NOT_ASKED = "not_asked", "Could not be asked safely yet"


class CoarseWhere(Code):
    """Where, so coarse that nobody is found by it."""

    CAPITAL = "capital", "The capital"
    TOWN = "town", "A town"
    COUNTRYSIDE = "countryside", "The countryside"
    BORDER_AREA = "border_area", "Near a border"
    NOT_TOLD = "not_told", "Not told"


class FieldStatus(Code):
    """Where a report of the field stands."""

    OPEN = "open", "Open"
    ARRANGED = "arranged", "Help is arranged"
    HANDED_ON = "handed_on", "Handed on, as she wished"
    ENDED = "ended", "Ended, as she wished"


def _list(name: str, title: str, definition: str, codes: type[Code]) -> CodeList:
    return CodeList(name, title, definition, SOURCE, Verification.PROJECT, codes)


SOURCE = "National structures reference, sections 4 and 6; guidelines for staff in the field"
LISTS = (
    _list("outreach_place", "Place of outreach", "Where a team goes.", OutreachPlace),
    _list("scene_sign", "Sign of the crime at a place", "Never about a person.", SceneSign),
    _list("scene_outcome", "What came of signs", "That were passed on.", SceneOutcome),
    _list("money_step", "Step of a financial investigation", "With its amount.", MoneyStep),
    _list("arranged", "What was arranged", "By a field desk.", Arranged),
    _list("field_consent", "Whether she wants it", "Before anything follows.", FieldConsent),
    _list("coarse_where", "Where, coarsely", "So that nobody is found by it.", CoarseWhere),
    _list("field_status", "Status of a field report", "Where it stands.", FieldStatus),
)
