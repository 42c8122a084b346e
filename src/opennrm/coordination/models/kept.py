"""What every table of the co-ordination has: a reference, an area, and rows that are guarded."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import ClassVar

from django.db import models

from opennrm.coordination.permissions import Area


@dataclass(frozen=True, slots=True)
class Guard:
    """How the rows of a table are opened; the database applies it (`tables.py`).

    `own` is SQL for the organisation a row belongs to, whose people write it where their role may
    write what is their own. `private` names the column of an organisation whose people alone read
    the row and its history; others read the row where the SQL in `reads` holds, such as a release.
    Without `private`, `reads` narrows which rows are read at all, and their history is read by the
    organisation that changed them. `writes` says in SQL who of all
    that may write here writes this row, in the place of `own`.
    """

    area: Area
    own: str = ""
    reads: str = ""
    writes: str = ""
    private: str = ""


class Kept(models.Model):
    """A row that is edited like a document; what changed, when, by whom and why is kept."""

    guard: ClassVar[Guard]

    ref = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    class Meta:
        abstract = True
