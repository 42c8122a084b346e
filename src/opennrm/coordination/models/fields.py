"""Fields that hold codes of the vocabulary, days of a period and amounts of money."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.postgres.fields import ArrayField
from django.db import models

if TYPE_CHECKING:
    Characters = models.CharField[Any, Any]
    Array = ArrayField[Any, Any]
    Number = models.BigIntegerField[Any, Any]
else:
    Characters, Array, Number = models.CharField, ArrayField, models.BigIntegerField


class CodeField(Characters):
    """One code of a list of the vocabulary; the list is no part of the table's form."""

    def __init__(self, *args: Any, codes: str = "", **kwargs: Any) -> None:
        self.codes = codes
        kwargs.setdefault("max_length", 64)
        super().__init__(*args, **kwargs)


class WordsField(Array):
    """Any number of words that no list foresees, such as places; typed with commas between."""

    def __init__(self, verbose_name: Any = None, **kwargs: Any) -> None:
        kwargs.setdefault("base_field", models.CharField(max_length=120))
        kwargs.setdefault("default", list)
        kwargs.setdefault("blank", True)
        super().__init__(verbose_name=verbose_name, **kwargs)


class CodesField(WordsField):
    """Any number of codes of a list of the vocabulary."""

    def __init__(self, verbose_name: Any = None, *, codes: str = "", **kwargs: Any) -> None:
        self.codes = codes
        super().__init__(verbose_name, **kwargs)


class LanguagesField(WordsField):
    """Any number of languages by their codes."""


class MoneyField(Number):
    """An amount in the smallest unit of the currency that stands beside it."""
