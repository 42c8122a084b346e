"""Makes the rows of the smaller registers that the invented State keeps, each only once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from importlib.resources import files
from typing import Any

import yaml
from django.apps import apps
from django.db import models, transaction

from opennrm.accounts.models import Account, Organisation
from opennrm.console.demonstration.organisations import ref
from opennrm.coordination.job_offers import KIND, content_of
from opennrm.coordination.models import JobRegister, Publication, RegisterEntry, State
from opennrm.coordination.models.kept import Kept
from opennrm.coordination.permissions import Area
from opennrm.coordination.reference_data import ref_of

LIST = files("opennrm.console.demonstration") / "registers.yaml"
# How the references of what is made elsewhere begin.
BEGINS = {RegisterEntry: "entry ", Organisation: "", Account: "account "}


def make_registers(*, on: date) -> bool:
    """Make the registers that have nothing of it yet; tell whether anything was made now.

    Days are told as their distance from `on`, other rows by their keys.
    """
    told: Mapping[str, list[dict[str, Any]]] = yaml.safe_load(LIST.read_text(encoding="utf-8"))
    made = False
    with transaction.atomic(using="owner"):
        for name, lines in told.items():
            model: type[Kept] = apps.get_model("coordination", name)
            rows = [_row(model, dict(line), on) for line in lines]
            if model._default_manager.using("owner").filter(ref=rows[0][0].ref).exists():
                continue
            made = True
            for row, several in rows:
                row.save(using="owner", force_insert=True)
                for field, others in several.items():
                    getattr(row, field).set(others)
        if made:
            _publish_job_registers(on)
    return made


def _publish_job_registers(on: date) -> None:
    at = datetime.combine(on, datetime.min.time(), tzinfo=UTC)
    told = set(
        Publication.objects.using("owner").filter(kind=KIND).values_list("about", flat=True)
    )
    for register in JobRegister.objects.using("owner").exclude(ref__in=told):
        Publication.objects.using("owner").create(
            kind=KIND,
            about=register.ref,
            area=Area.JOB_OFFERS.value,
            title=register.title,
            at=at,
            content=content_of(register),
        )


def _row(model: type[Kept], line: dict[str, Any], on: date) -> tuple[Kept, dict[str, Any]]:
    given: dict[str, Any] = {"ref": ref(f"{model.__name__} {line.pop('key')}")}
    several: dict[str, Any] = {}
    for name, value in line.items():
        field: Any = model._meta.get_field(name)
        if field.many_to_many:
            several[name] = [_of(field.related_model, key) for key in value]
        elif field.is_relation:
            given[field.attname] = _of(field.related_model, value)
        elif isinstance(field, models.DateField) and isinstance(value, int):
            given[name] = on + timedelta(days=value)
        else:
            given[name] = value
    return model(**given), several


def _of(model: Any, key: str) -> Any:
    if model is State:
        return ref_of("state", key)
    return ref(f"{BEGINS.get(model, model.__name__ + ' ')}{key}")
