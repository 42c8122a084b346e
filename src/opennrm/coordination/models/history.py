"""Who changed what, when and why; who may what; and what was published."""

from __future__ import annotations

import uuid

from django.db import models


class Permit(models.Model):
    """One cell of the table of permissions, kept for the database to ask."""

    area = models.CharField(max_length=32)
    act = models.CharField(max_length=16)
    role = models.CharField(max_length=8)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("area", "act", "role"), name="one_cell_a_permit"),
        )

    def __str__(self) -> str:
        return f"{self.area}: {self.role} {self.act}"


class Change(models.Model):
    """One change of one row, written by the database itself and never by the pages."""

    table = models.CharField(max_length=64)
    row = models.UUIDField()
    area = models.CharField(max_length=32)
    act = models.CharField(max_length=8)
    at = models.DateTimeField()
    account = models.UUIDField(null=True)
    organisation = models.UUIDField(null=True)
    private_to = models.UUIDField(null=True)
    why = models.TextField(blank=True, default="")
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=("table", "row", "id"), name="change_of_a_row"),
            models.Index(fields=("table", "id"), name="changes_of_a_list"),
        )
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.table} {self.act}"


class Publication(models.Model):
    """What everybody may read: a copy made at the moment of publishing, never changed."""

    ref = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=32)
    about = models.UUIDField()
    area = models.CharField(max_length=32)
    title = models.CharField(max_length=300)
    language = models.CharField(max_length=16, default="en")
    at = models.DateTimeField()
    content = models.JSONField()

    class Meta:
        indexes = (models.Index(fields=("kind", "about", "-at"), name="newest_publication"),)
        ordering = ("-at",)

    def __str__(self) -> str:
        return self.title
