"""The settings the embedded server runs with, written anew at each start."""

from collections.abc import Mapping
from pathlib import Path

FILE = "opennrm.conf"
INCLUDE = f"include '{FILE}'"

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


def write_settings(data: Path, socket_folder: Path, *, lasting: bool) -> Path:
    """Write the settings file of a data directory; `lasting` is off only for throw-away data."""
    values = {**SIZE, **PRIVATE, **(LASTING if lasting else FLEETING)}
    values["unix_socket_directories"] = '"' + str(socket_folder).replace('"', '""') + '"'
    lines = [f"{name} = '{_quoted(value)}'\n" for name, value in values.items()]
    path = data / FILE
    path.write_text("# Written by OpenNRM at each start.\n" + "".join(lines), encoding="utf-8")
    return path


def include_settings(data: Path) -> None:
    """Let the server's own settings file read ours."""
    main = data / "postgresql.conf"
    text = main.read_text(encoding="utf-8")
    if INCLUDE not in text:
        main.write_text(f"{text}\n{INCLUDE}\n", encoding="utf-8")


def _quoted(value: str) -> str:
    return value.replace("\\", "\\\\").replace("'", "''")
