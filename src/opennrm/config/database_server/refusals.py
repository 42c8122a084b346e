"""The sentences with which the database server says what it will not do, and what to do next."""


class DatabaseRefused(RuntimeError):
    """The database cannot be used; the message says why and what to do next."""


class HomeUnusable(DatabaseRefused):
    """The folder that should hold the data cannot be written."""


class BinariesMissing(DatabaseRefused):
    """The PostgreSQL programs are not where the wheel should have put them."""


class AccountMissing(DatabaseRefused):
    """Root has no unprivileged account to run the database under and cannot make one."""


class OtherMajorVersion(DatabaseRefused):
    """The data were written by another major version of PostgreSQL."""


class StartFailed(DatabaseRefused):
    """The server did not start, stop or answer in time."""


class UnsafeServer(DatabaseRefused):
    """The server, or a role on it, is set in a way that would lose or expose facts."""


class PasswordsElsewhere(DatabaseRefused):
    """The roles exist on the named server, but their passwords are kept on another machine."""
