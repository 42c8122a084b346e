"""Words about surveys, assessments and reports: who replies, how questions match."""

from opennrm.vocabulary.code import Code, CodeList, Verification


class ReplyGroup(Code):
    """Who replies to a survey."""

    STATE = "state", "A State", "A co-ordinated reply of a government; a State may send several."
    NGO = "ngo", "Organisations of civil society", "A joint reply of organisations of one State."
    BODY = "body", "A body of an international organisation"
    REGISTER = "register", "A register", "Facts taken from a register, such as treaty status."


class QuestionMatch(Code):
    """How far two questions of two versions are the same."""

    SAME = "same", "The same"
    REWORDED = "reworded", "Worded anew, same meaning"
    CHANGED = "changed", "Changed", "Numbers must not be compared (R80)."


LISTS = (
    CodeList(
        "reply_group",
        "Who replies",
        "Whose reply to a survey this is.",
        "National structures reference, section 7",
        Verification.PROJECT,
        ReplyGroup,
    ),
    CodeList(
        "question_match",
        "Match of questions",
        "Whether a question of one round may be compared with one of another.",
        "Rights rules reference, R80",
        Verification.PROJECT,
        QuestionMatch,
    ),
)
