"""The settings the embedded server runs with, written anew at each start."""

from collections.abc import Mapping
from pathlib import Path

from opennrm.config.database_server.passwords import keep_text

FILE = "opennrm.conf"
INCLUDE = f"include '../{FILE}'"

LASTING: Mapping[str, str] = {
    "fsync": "on",
    "full_page_writes": "on",
    "synchronous_commit": "on",
}
FLEETING: Mapping[str, str] = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "on",
}
PRIVATE: Mapping[str, str] = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "password_encryption": "scram-sha-256",
    # A log line must never carry a value that somebody typed.
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_checkpoints": "off",
    "log_min_messages": "warning",
}
SIZE: Mapping[str, str] = {
    "max_connections": "100",
    "shared_buffers": "128MB",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "jit": "off",
}


def write_settings(folder: Path, socket_folder: Path, *, lasting: bool) -> None:
    """Write the settings beside the data; `lasting` is off only for throw-away data."""
    values = {**SIZE, **PRIVATE, **(LASTING if lasting else FLEETING)}
    values["unix_socket_directories"] = '"' + str(socket_folder).replace('"', '""') + '"'
    lines = [f"{name} = '{_quoted(value)}'" for name, value in values.items()]
    text = "\n".join(["# Written by OpenNRM at each start.", *lines])
    # No secret: the server's account reads it through a folder closed to others.
    keep_text(folder / FILE, text, mode=0o644)


def _quoted(value: str) -> str:
    return value.replace("\\", "\\\\").replace("'", "''")
