"""Differentially private microdata: a budget, noisy counts, invented rows, and their worth."""

from opennrm.statistics.microdata.accounting import (
    Budget,
    BudgetRefused,
    Promise,
    epsilon_of,
    promise_of,
)
from opennrm.statistics.microdata.dictionary import Layout, dictionary, header
from opennrm.statistics.microdata.gates import Attacked, Gate, attack, rehearse
from opennrm.statistics.microdata.schema import Column, MicrodataRefused, Schema, read_rows
from opennrm.statistics.microdata.settings import Settings, settings_for
from opennrm.statistics.microdata.synthesis import Microdata, synthesise
from opennrm.statistics.microdata.utility import Worth, worth

__all__ = [
    "Attacked",
    "Budget",
    "BudgetRefused",
    "Column",
    "Gate",
    "Layout",
    "Microdata",
    "MicrodataRefused",
    "Promise",
    "Schema",
    "Settings",
    "Worth",
    "attack",
    "dictionary",
    "epsilon_of",
    "header",
    "promise_of",
    "read_rows",
    "rehearse",
    "settings_for",
    "synthesise",
    "worth",
]
