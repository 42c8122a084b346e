"""The reasons for which a signed file with a referral is refused."""

from collections.abc import Mapping

FILE_REASONS: Mapping[str, tuple[str, str]] = {
    "file_not_known": (
        "register_key",
        "No key that your organisation registered here signed this file. Ask for it again, "
        "unchanged, or ask your officer to register the key.",
    ),
    "file_unread": (
        "write_anew",
        "The file was signed, and a part of it is missing or unknown here. Compare it with the "
        "description, and write it anew.",
    ),
    "file_for_elsewhere": (
        "write_anew",
        "The file names another sender or another installation. Write it anew for this one.",
    ),
    "file_over": (
        "write_anew",
        "The file is over, or was made to last more than seven days. Write it anew.",
    ),
    "file_dated_ahead": (
        "set_clocks",
        "The file is dated ahead of the clock here. Set both clocks and write it anew.",
    ),
    "file_changed": (
        "write_anew",
        "Another file came under this reference before. Give each file a reference of its own.",
    ),
}
