"""Words about observed trials: what an observer looks at, and how it stood in a hearing."""

from opennrm.vocabulary.code import Code, CodeList, Verification


class TrialRight(Code):
    """What an observer looks at: fair trial for the accused, and rights of the person harmed."""

    PUBLIC_HEARING = "f_public", "Fair trial: the hearing was public, or closed with reasons"
    IMPARTIAL = "f_impartial", "Fair trial: the court was impartial"
    DEFENCE = "f_defence", "Fair trial: the accused had a lawyer and time to prepare"
    INTERPRETER_OF_ACCUSED = "f_interpreter", "Fair trial: the accused understood the language"
    EQUAL_ARMS = "f_equal_arms", "Fair trial: both sides could bring and question evidence"
    PRESUMED_INNOCENT = "f_presumed_innocent", "Fair trial: presumed innocent in word and manner"
    WITHOUT_DELAY = "f_without_delay", "Fair trial: without undue delay"
    REASONED = "f_reasoned", "Fair trial: decisions were given with reasons"
    INFORMED = "v_informed", "The person: informed of rights and of the course of the trial"
    LAWYER = "v_lawyer", "The person: had a lawyer or other help in the proceedings"
    INTERPRETER = "v_interpreter", "The person: had an interpreter of her language"
    NO_CONTACT = "v_no_contact", "The person: did not meet the accused"
    PROTECTED = "v_protected", "The person: protected while heard (screen, link, closed court)"
    HEARD_ONCE = "v_heard_once", "The person: was not made to tell it again without need"
    NO_PAST = "v_no_past", "The person: was not asked about her intimate past"
    RESPECTED = "v_respected", "The person: addressed with respect, without blame"
    NOT_PUNISHED = "v_not_punished", "The person: was not treated as an offender"
    COMPENSATION = "v_compensation", "The person: compensation was spoken of or decided"
    IDENTITY_KEPT = "v_identity_kept", "The person: identity was kept from the public"
    CHILD = "v_child", "The person, if a child: with guardian, in a way fit for a child"


class RightStands(Code):
    """How a right stood in one hearing."""

    KEPT = "kept", "Kept"
    KEPT_IN_PART = "kept_in_part", "Kept in part"
    NOT_KEPT = "not_kept", "Not kept"
    NOT_SEEN = "not_seen", "Could not be seen"
    NOT_IN_QUESTION = "not_in_question", "Did not come up"


class HearingAccess(Code):
    """How an observer came to a hearing."""

    PUBLIC = "public", "Public hearing"
    PERMITTED = "permitted", "Closed, with permission to observe"
    TURNED_AWAY = "turned_away", "Turned away"


class ChargeKind(Code):
    """What a trial that is observed is about."""

    TRAFFICKING = "trafficking", "Trafficking in human beings"
    CHILD_TRAFFICKING = "child_trafficking", "Trafficking in children"
    REQUALIFIED = "requalified", "Trafficking, charged as something else"
    RELATED = "related", "A related crime"
    COMPENSATION = "compensation", "Compensation"


def _list(name: str, title: str, definition: str, codes: type[Code]) -> CodeList:
    return CodeList(name, title, definition, SOURCE, Verification.PROJECT, codes)


SOURCE = "National structures reference, section 6, and roles reference: trial monitor"
LISTS = (
    _list("trial_right", "Right observed at a trial", "What an observer looks at.", TrialRight),
    _list("right_stands", "How a right stood", "In one hearing.", RightStands),
    _list("hearing_access", "Access to a hearing", "How an observer came in.", HearingAccess),
    _list("charge_kind", "What a trial is about", "The kind of charge.", ChargeKind),
)
