"""The grid of moves, written by hand from the lifecycle reference: step by state to state.

One row per step, one column per state. A dot is a refusal, = leaves the state as it is.
Reconsideration has two columns: of a negative preliminary and of a negative formal decision.
"""

IDENTIFICATION_COLUMNS = {
    "non": "",
    "pre": "signs",
    "pen": "signs refer",
    "pos": "signs refer grounds_positive",
    "neg": "signs refer grounds_negative",
    "ide": "signs refer grounds_positive identified",
    "not": "signs refer grounds_positive not_identified",
    "rc1": "signs refer grounds_negative reconsider",
    "rc2": "signs refer grounds_positive not_identified reconsider",
    "wit": "signs agree withdraw",
}
IDENTIFICATION_CODES = {
    "non": "none",
    "pre": "presumed",
    "pen": "reasonable_grounds_pending",
    "pos": "reasonable_grounds_positive",
    "neg": "reasonable_grounds_negative",
    "ide": "identified",
    "not": "not_identified",
    "rec": "reconsideration_pending",
    "wit": "withdrawn_by_person",
}
IDENTIFICATION = """
step              non pre pen pos neg ide not rc1 rc2 wit
signs             pre =   =   =   =   =   =   =   =   =
no_signs          =   =   =   =   =   =   =   =   =   =
refer             pen pen pen =   pen =   pen =   =   .
grounds_pending   pen pen pen .   .   .   .   =   .   .
grounds_positive  pos pos pos .   .   .   .   pos .   .
grounds_negative  .   .   neg .   .   .   .   neg .   .
formal_pending    .   .   .   =   .   .   .   =   =   .
identified        .   ide ide ide .   .   .   ide ide .
not_identified    .   .   .   not .   .   .   .   not .
reconsider        .   .   .   .   rec .   rec =   =   .
agree             =   =   =   =   =   =   =   =   =   pre
withdraw          =   wit wit wit =   =   =   wit wit =
"""
ASSISTANCE_COLUMNS = {
    "non": "",
    "off": "offer",
    "acc": "offer accept",
    "dec": "offer decline",
    "sup": "offer accept deliver",
    "pau": "offer accept pause",
    "fol": "offer accept follow_up",
    "exi": "close",
    "bac": "close reopen",
}
ASSISTANCE_CODES = {
    "non": "none",
    "off": "offered",
    "acc": "accepted",
    "dec": "declined",
    "sup": "in_support",
    "pau": "paused",
    "fol": "follow_up",
    "exi": "exited",
    "bac": "re_entered",
}
ASSISTANCE = """
step       non off acc dec sup pau fol exi bac
offer      off =   =   off =   =   =   .   =
accept     .   acc =   acc =   =   =   .   acc
decline    .   dec =   =   =   =   =   .   =
no_place   .   =   =   =   =   =   =   .   =
deliver    .   sup sup sup =   sup sup .   sup
plan       sup sup sup sup =   sup sup .   sup
pause      .   .   pau .   pau =   .   .   pau
follow_up  .   .   fol .   fol fol =   .   .
close      exi exi exi exi exi exi exi .   exi
reopen     .   .   .   .   .   .   .   bac .
"""
ROLES = {
    "signs": "FR HL",
    "no_signs": "FR HL",
    "refer": "FR HL CM CA",
    "grounds_pending": "CA",
    "grounds_positive": "CA",
    "grounds_negative": "CA",
    "formal_pending": "CA",
    "identified": "CA",
    "not_identified": "CA",
    "reconsider": "FR CA CM SH LA GU CP",
    "agree": "FR HL CM GU",
    "withdraw": "FR HL CM GU",
    "offer": "FR HL CM SH",
    "accept": "FR HL CM SH HC LA IN GU CP VW CO TF RE",
    "decline": "FR HL CM SH HC LA IN GU CP VW CO TF RE",
    "no_place": "FR HL CM SH HC LA IN GU CP VW CO TF RE",
    "deliver": "FR HL CM SH HC LA IN GU CP VW CO TF RE",
    "plan": "CM",
    "pause": "CM",
    "follow_up": "CM",
    "close": "CM",
    "reopen": "FR HL CM",
}
BEFORE_SUPPORT = {"non", "off", "dec"}


def cells(grid: str) -> dict[tuple[str, str], str]:
    """Read a grid: what each step does in each column."""
    head, *rows = grid.strip().splitlines()
    columns = head.split()[1:]
    found: dict[tuple[str, str], str] = {}
    for row in rows:
        step, *targets = row.split()
        found.update({(step, c): t for c, t in zip(columns, targets, strict=True)})
    return found


def roles_for(step: str, column: str) -> frozenset[str]:
    """Return the roles that may take a step from a column."""
    if step == "close" and column in BEFORE_SUPPORT:
        return frozenset({"FR", "HL", "CM"})
    return frozenset(ROLES[step].split())
