"""The one refusal of a workbook: a plain sentence that says what to do."""


class WorkbookRefused(Exception):
    """A workbook is not read at all; the message says why and what to do next."""
