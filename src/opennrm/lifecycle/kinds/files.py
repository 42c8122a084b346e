"""Kinds of facts of files kept with a case: one for each part of it that files may belong to.

The open part binds the locked bytes to the chain by their digest. The key that opens them stands
in the sealed part: whoever may read the part may read its files, and erasing one erases both.
"""

from opennrm.lifecycle import fields as of
from opennrm.lifecycle.fields import must
from opennrm.lifecycle.kinds.kind import Kind
from opennrm.vocabulary.files import FileType
from opennrm.vocabulary.scopes import CASE_SCOPES, Scope

DIGEST = r"[0-9a-f]{64}"
# The skeleton holds no personal facts; where she is goes to named people, word by word.
FILE_SCOPES = tuple(one for one in CASE_SCOPES if one not in (Scope.SKELETON, Scope.WHEREABOUTS))
PREFIX = "file_kept_"


def file_kind(scope: Scope) -> str:
    """Name the kind of fact that keeps a file in a part of the case."""
    return f"{PREFIX}{scope.name.lower()}"


FILES = tuple(
    Kind(
        file_kind(scope),
        "File kept",
        scope,
        fields={
            "file_type": must(of.code(FileType)),
            "size_kib": must(of.count()),
            "kept_on": must(of.day()),
            "digest": must(of.like(DIGEST)),
        },
        sealed=("title", "content_key", "original"),
    )
    for scope in FILE_SCOPES
)
