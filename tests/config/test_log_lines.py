"""Log lines help an operator and name no person."""

import logging
import sys

from opennrm.config.log_lines import PlainFormatter


def written(message: str, *values: str, fault: bool = False) -> str:
    """Write one record as the log does."""
    found = sys.exc_info() if fault else None
    record = logging.LogRecord("django.request", logging.ERROR, "", 1, message, values, found)
    return PlainFormatter().format(record)


class TestALogLine:
    """What it says and what it leaves out."""

    def test_says_the_sentence_without_what_it_was_about(self):
        line = written("Internal Server Error: %s", "/case/Lina/")

        assert line == "ERROR django.request Internal Server Error: %s"

    def test_leaves_out_a_sentence_that_may_hold_values(self):
        assert written("Lina Example was not found") == "ERROR django.request"

    def test_names_the_kind_of_a_fault_and_its_place_but_not_its_text(self):
        try:
            raise ValueError("Lina Example")
        except ValueError:
            line = written("Fault: %s", "here", fault=True)

        assert "ValueError" in line
        assert "test_log_lines.py" in line
        assert "Lina" not in line

    def test_carries_numbers_of_the_list_and_nothing_else(self):
        record = logging.LogRecord(
            "django.request", logging.ERROR, "", 1, "Fault: %s", ("x",), None
        )
        record.status_code, record.count, record.seconds = 500, "Lina", True
        record.name_of_her, record.request = "Lina", "Lina"

        line = PlainFormatter().format(record)

        assert line == "ERROR django.request Fault: %s status_code=500"
