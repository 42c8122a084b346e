"""The commands of `./run`: one readable table, and the way from words typed to the work done."""

from __future__ import annotations

import argparse
import importlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from opennrm.console.machine import Machine

DESCRIPTION = (
    "OpenNRM, the working system of a National Referral Mechanism. "
    "Without a name, ./run serves the pages with the demonstration on this machine."
)
PORT = {"--port": {"type": int, "help": "the port to listen on (8000, or the next free one)"}}
Arguments = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Command:
    """A command: its name, what it does in one line, its module, and what may be typed."""

    name: str
    says: str
    module: str
    arguments: Arguments = field(default_factory=dict)
    needs_database: bool = True


FILE = {"help": "the file to read"}
ESTIMATE: Arguments = {
    "file": {"nargs": "?", "help": "the table: a 0/1 column for each list, and count"},
    "--json": {"action": "store_true", "help": "print a document for programs"},
    "--method": {
        "action": "append",
        "choices": ("stepwise", "bic", "graphs", "thresholding"),
        "help": "run only this method (may be repeated); there is no range then",
    },
    "--bootstrap": {"type": int, "default": 1000, "help": "how many samples to draw (1000)"},
    "--seed": {"type": int, "default": 1234, "help": "where the drawing begins (1234)"},
    "--by": {"metavar": "COLUMN", "help": "also each stratum in this column by itself"},
    "--merge": {"action": "append", "metavar": "A+B", "help": "join lists into one first"},
    "--own": {"metavar": "FILE", "help": "the same lists by own detection only, shown beside"},
    "--missed-links": {"metavar": "N/M", "help": "missed among M reviewed pairs of one person"},
    "--false-links": {"metavar": "N/M", "help": "false among M reviewed links"},
    "--reference": {"metavar": "FOLDER", "help": "print published results beside ours"},
}
REPEATED: Mapping[str, Any] = {"action": "append", "default": []}
AUDIT_TABLE: Arguments = {
    "files": {"nargs": "+", "metavar": "FILE", "help": "published tables in CSV"},
    "--json": {"action": "store_true", "help": "print a document for programs"},
    "--show": {"action": "store_true", "help": "print counts below the threshold too"},
    "--threshold": {"type": int, "default": 10, "help": "counts below are not printed (10)"},
    "--width": {"type": int, "default": 5, "help": "how far apart limits should lie (5)"},
    "--mask": {**REPEATED, "metavar": "MASK=1..9", "help": "what a mask hides; =hidden, =zero"},
    "--total": {**REPEATED, "metavar": "WORD", "help": "the word that marks a total"},
    "--rounding": {"type": int, "metavar": "BASE", "help": "the base of rounded figures"},
    "--rounding-way": {
        "choices": ("nearest", "random", "down"),
        "default": "nearest",
        "help": "how figures were rounded (nearest)",
    },
    "--value": {"metavar": "COLUMN", "help": "the column of figures of a long table"},
    "--across": {"metavar": "NAME", "help": "a cross table: what its columns stand for"},
    "--labels": {"type": int, "default": 1, "help": "columns of labels of a cross table (1)"},
    "--only": {**REPEATED, "metavar": "COLUMN=VALUE", "help": "keep only these rows"},
    "--ignore": {**REPEATED, "metavar": "COLUMN", "help": "a column that is no break-down"},
    "--not-added": {**REPEATED, "metavar": "COLUMN", "help": "a column that does not add up"},
    "--several": {**REPEATED, "metavar": "COLUMN", "help": "one person may be in several levels"},
    "--within": {**REPEATED, "metavar": "'C: A + B = W'", "help": "levels that make up another"},
    "--groups": {**REPEATED, "metavar": "GROUP/LEVEL", "help": "LEVEL adds up in each GROUP"},
    "--absent": {
        "choices": ("unknown", "zero"),
        "default": "unknown",
        "help": "what a row that is not in the file means (unknown)",
    },
    "--seconds": {"type": float, "default": 300.0, "help": "how long to look (300)"},
    "--cells": {"type": int, "default": 20, "help": "how many cells to name (20)"},
}
RESTORE: Arguments = {
    "source": {"nargs": "?", "help": "the folder backups lie in (or OPENNRM_BACKUPS)"},
    "--identity": {"required": True, "metavar": "FILE", "help": "the private age key"},
    "--record": {"metavar": "STAMP", "help": "which backup of the record (the newest)"},
    "--keys": {"metavar": "STAMP", "help": "which backup of the keys (the newest)"},
    "--signed-by": {"metavar": "KEY", "help": "refuse what this key has not signed"},
}
SYNTHESISE: Arguments = {
    "file": {"help": "the rows, one person each, in CSV"},
    "--codes": {
        "required": True,
        "help": "public code lists: column, code, label, htcds, ctdc",
    },
    "--out": {"required": True, "help": "where to write the invented rows"},
    "--epsilon": {
        "type": float,
        "default": 1.0,
        "help": "privacy promised to each person (1)",
    },
    "--delta": {"type": float, "default": 1e-6, "help": "its small addition (0.000001, the most)"},
    "--layout": {
        "choices": ("own", "htcds", "ctdc"),
        "default": "own",
        "help": "by whose names the columns go (own)",
    },
}
COMMANDS = (
    Command(
        "demonstration",
        "serve the pages with invented people and cases (what ./run does without a name)",
        "demonstrate",
        {
            **PORT,
            "--cases": {"type": int, "default": 320, "help": "how many cases to make"},
        },
    ),
    Command(
        "practice",
        "serve an installation of its own for training, with invented people only",
        "practice",
        {
            **PORT,
            "--cases": {"type": int, "default": 120, "help": "how many cases to make (120)"},
            "--anew": {"action": "store_true", "help": "forget what was practised before"},
        },
        needs_database=False,
    ),
    Command("serve", "serve the pages, without the demonstration", "serve", PORT),
    Command("enrol", "enrol organisations and people from a YAML file", "enrol", {"file": FILE}),
    Command(
        "walkthrough",
        "print one case from first contact to published figure",
        "walk",
    ),
    Command(
        "carry",
        "take in, or write, messages between States as a file, where no line is",
        "carry",
        {
            "way": {"choices": ("in", "out"), "help": "take a file in, or write one"},
            "file": {"help": "the file to read or to write"},
            "--to": {"metavar": "REFERENCE", "help": "the partner's organisation (out)"},
        },
    ),
    Command(
        "twin",
        "let two installations hand an adult and a child over to each other, told aloud",
        "twin",
        {
            "--side": {
                "choices": ("north", "south"),
                "help": "be one of the two; the command starts both by itself",
            }
        },
        needs_database=False,
    ),
    Command(
        "import",
        "read cases (htcds), answers of the notification form or a data set (ctdc) from a file",
        "import_file",
        {
            "format": {
                "choices": ("htcds", "notifications", "ctdc"),
                "help": "what the file holds",
            },
            "file": FILE,
            "--as": {
                "dest": "sign_in_name",
                "metavar": "NAME",
                "help": "the sign-in name under which cases are recorded (htcds)",
            },
            "--report": {"help": "where to write the rows that need correcting (htcds)"},
        },
    ),
    Command(
        "take-out",
        "write all that an organisation holds, in open formats, encrypted to a key it names",
        "take_out",
        {
            "file": {"help": "where to write the encrypted archive"},
            "--as": {
                "dest": "sign_in_name",
                "metavar": "NAME",
                "required": True,
                "help": "the sign-in name of an officer of the organisation",
            },
            "--recipient": {
                "required": True,
                "metavar": "AGE_KEY",
                "help": "the public key it is encrypted to (age1...)",
            },
        },
    ),
    Command(
        "field-forms",
        "write the forms for telephones in the field (XLSForm) in every language",
        "field_forms",
        {
            "folder": {"help": "where to write them"},
            "--jurisdiction": {"default": "MK", "help": "whose regions are offered (MK)"},
        },
    ),
    Command(
        "rebuild",
        "write every list, deadline and statistics row anew from the facts",
        "rebuild",
        {"--check": {"action": "store_true", "help": "only compare; exit 1 on any difference"}},
    ),
    Command(
        "verify",
        "check every chain of facts and every seal; exit 1 when one is broken",
        "verify",
        {"--seals": {"nargs": "*", "default": (), "help": "seals kept elsewhere, as files"}},
    ),
    Command(
        "seal",
        "sign the record as it is; do it daily and keep the seal elsewhere",
        "seal",
        {"--out": {"help": "where to write the seal for others"}},
    ),
    Command(
        "prove",
        "write a proof that a fact is sealed, or that one seal only added to another",
        "prove",
        {
            "--fact": {"help": "the reference of a fact"},
            "--from": {"dest": "earlier", "type": int, "help": "the number of the earlier seal"},
            "--to": {"dest": "later", "type": int, "help": "the number of the later seal"},
            "--out": {"default": "proof.json", "help": "where to write the proof"},
        },
    ),
    Command(
        "backup",
        "write the record and, apart, its keys, encrypted to a key that is elsewhere",
        "backup",
        {
            "--to": {"metavar": "FOLDER", "help": "where backups lie (or OPENNRM_BACKUPS)"},
            "--recipient": {**REPEATED, "metavar": "age1...", "help": "whom to encrypt to, once"},
            "--keep-record": {"type": int, "default": 180, "help": "days of the record (180)"},
            "--keep-keys": {"type": int, "default": 14, "help": "days of the keys (14, the most)"},
            "--new-key": {"metavar": "FILE", "help": "make a key pair instead, and write it here"},
        },
        needs_database=False,
    ),
    Command(
        "restore",
        "read a backup, check it, and put it in place",
        "restore",
        {
            **RESTORE,
            "--replace": {"action": "store_true", "help": "keep what stands here beside it"},
        },
        needs_database=False,
    ),
    Command(
        "drill",
        "restore a backup on a fresh instance, check everything there, and throw it away",
        "drill",
        RESTORE,
        needs_database=False,
    ),
    Command(
        "tick",
        "do what time brings: tell of late second opinions (the pages do it every ten minutes)",
        "tick",
    ),
    Command(
        "rules",
        "count the rules enforced, registered and not enforced yet, chapter by chapter",
        "rules",
        needs_database=False,
    ),
    Command(
        "languages",
        "renew the texts of other languages from the code, count them and check them",
        "languages",
        {"--show": {"action": "store_true", "help": "print each text that waits"}},
        needs_database=False,
    ),
    Command(
        "scenarios",
        "ask the rules the scenarios of a folder, and report in a table",
        "scenarios",
        {"folder": {"help": "a folder of YAML files, or one of them"}},
        needs_database=False,
    ),
    Command(
        "explore",
        "walk every state a case can reach within bounds, and tell what holds on every path",
        "explore",
        {
            "--bound": {
                "choices": ("full", "short"),
                "default": "full",
                "help": "how far to look: all walks, or the short ones the tests repeat",
            }
        },
        needs_database=False,
    ),
    Command(
        "presets",
        "list the places, show the periods and standards of one, or check a file of them",
        "presets",
        {"what": {"nargs": "?", "help": "the code of a place, or a file ending in .yaml"}},
        needs_database=False,
    ),
    Command(
        "estimate",
        "estimate the people no list saw, from a table of lists",
        "estimate",
        ESTIMATE,
        needs_database=False,
    ),
    Command(
        "audit-table",
        "find masked cells of published tables that can be computed back",
        "audit_table",
        AUDIT_TABLE,
        needs_database=False,
    ),
    Command(
        "survey-2006",
        "print every published figure of the survey of 2005/06 beside the one found anew",
        "survey_2006",
        needs_database=False,
    ),
    Command(
        "synthesise",
        "make microdata that may be published: invented rows with true counts up to noise",
        "synthesise",
        SYNTHESISE,
        needs_database=False,
    ),
    Command("status", "say what runs and where the data are", "status", needs_database=False),
    Command("stop", "stop the pages and the database", "stop", needs_database=False),
    Command(
        "make-cases",
        "make the cases of the demonstration (./run starts this by itself)",
        "make_cases",
        {
            "--cases": {"type": int, "default": 320, "help": "how many cases to make"},
            "--years": {"type": int, "default": 2, "help": "how many earlier years to publish"},
        },
    ),
)
BY_NAME = {command.name: command for command in COMMANDS}
DEFAULT = "demonstration"


def main(typed: Sequence[str], machine: Machine) -> int:
    """Do what was typed and answer with the exit status."""
    parser = parser_of_all()
    words = list(typed) or [DEFAULT]
    if words[0] == "help":
        words = [*words[1:], "--help"]
    if words[0].startswith("--") and words[0] not in ("--help", "--version"):
        words = [DEFAULT, *words]
    given = parser.parse_args(words)
    command = BY_NAME[given.command]
    if command.needs_database:
        machine.open()
    # A command reads models, and models need the database settings that were just opened.
    module = importlib.import_module(f"opennrm.console.{command.module}")
    status: int = module.run(given, machine)
    return status


def parser_of_all() -> argparse.ArgumentParser:
    """Build the parser of every command from the table."""
    parser = argparse.ArgumentParser(prog="./run", description=DESCRIPTION)
    names = parser.add_subparsers(dest="command", metavar="NAME", required=True)
    for command in COMMANDS:
        one = names.add_parser(
            command.name, help=command.says, description=command.says.capitalize() + "."
        )
        for name, settings in command.arguments.items():
            one.add_argument(name, **settings)
    return parser
