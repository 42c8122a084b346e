"""Why a file was not taken in; each says what to do."""


class FileRefused(Exception):
    """A file was not taken in and nothing of it was kept.

    The reason is a code of its own, so that the page can say it in her language.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class ScannerAway(FileRefused):
    """Nobody could look for malware, so nothing is taken in."""

    def __init__(self) -> None:
        super().__init__("scanner_away")
