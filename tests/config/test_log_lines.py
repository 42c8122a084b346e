"""Log lines help an operator and name no person."""

import json
import logging
import sys
from typing import Any

from opennrm.config.log_lines import PlainFormatter


def record_of(message: str, *values: str, fault: bool = False) -> logging.LogRecord:
    found = sys.exc_info() if fault else None
    return logging.LogRecord("django.request", logging.ERROR, "", 1, message, values, found)


def written(message: str, *values: str, fault: bool = False) -> dict[str, Any]:
    """Write one record as the log does, and read it as a program would."""
    line = PlainFormatter().format(record_of(message, *values, fault=fault))
    assert "\n" not in line
    read: dict[str, Any] = json.loads(line)
    assert read.pop("at").endswith("+00:00")
    return read


class TestALogLine:
    """What it says and what it leaves out."""

    def test_says_the_sentence_without_what_it_was_about(self):
        line = written("Internal Server Error: %s", "/case/Lina/")

        said = "Internal Server Error: %s"
        assert line == {"level": "ERROR", "logger": "django.request", "said": said}

    def test_leaves_out_a_sentence_that_may_hold_values(self):
        line = written("Lina Example was not found")

        assert line == {"level": "ERROR", "logger": "django.request"}

    def test_names_the_kind_of_a_fault_and_its_place_but_not_its_text(self):
        try:
            raise ValueError("Lina\nExample")
        except ValueError:
            line = written("Fault: %s", "here", fault=True)

        assert line["fault"] == "ValueError"
        assert "test_log_lines.py" in line["where"][0]
        assert "Lina" not in str(line)

    def test_carries_numbers_of_the_list_and_nothing_else(self):
        record = record_of("Fault: %s", "x")
        record.status_code, record.count, record.seconds = 500, "Lina", True
        record.name_of_her, record.request = "Lina", "Lina"

        line = json.loads(PlainFormatter().format(record))

        assert set(line) == {"at", "level", "logger", "said", "status_code"}
        assert line["status_code"] == 500
