"""Asks ClamAV whether a file carries malware, before anyone can open it.

Source: the INSTREAM command of clamd (clamd(8)): lengths in network order, an empty chunk ends.
"""

from __future__ import annotations

import os
import socket
import struct
from pathlib import Path

from opennrm.records.files.refusals import FileRefused, ScannerAway

SOCKETS = ("/run/clamav/clamd.ctl", "/var/run/clamav/clamd.ctl", "/run/clamd.scan/clamd.sock")
NAMED = "OPENNRM_CLAMD"
CHUNK = 1 << 16
PATIENCE_SECONDS = 60
LONGEST_ANSWER = 4096


def require_clean(content: bytes) -> None:
    """Let only what the scanner calls clean pass.

    :raises ScannerAway: when there is no scanner, it does not answer, or answers otherwise.
    :raises FileRefused: when it found something.
    """
    try:
        answer = _asked(content)
    except OSError:
        raise ScannerAway from None
    if answer == "stream: OK":
        return
    if answer.endswith(" FOUND"):
        raise FileRefused("malware_found")
    raise ScannerAway


def scanner() -> str | None:
    """Return where the scanner listens: a socket file, or host:port; None when there is none."""
    named = os.environ.get(NAMED)
    if named:
        return named
    return next((place for place in SOCKETS if Path(place).is_socket()), None)


def _asked(content: bytes) -> str:
    place = scanner()
    if place is None:
        raise ScannerAway
    with _connected(place) as line:
        line.sendall(b"zINSTREAM\0")
        for start in range(0, len(content), CHUNK):
            part = content[start : start + CHUNK]
            line.sendall(struct.pack("!L", len(part)) + part)
        line.sendall(struct.pack("!L", 0))
        return _answer(line)


def _connected(place: str) -> socket.socket:
    if place.startswith("/"):
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            line.settimeout(PATIENCE_SECONDS)
            line.connect(place)
        except OSError:
            line.close()
            raise
        return line
    host, _colon, port = place.rpartition(":")
    if not port.isdecimal():
        raise ScannerAway
    return socket.create_connection((host, int(port)), timeout=PATIENCE_SECONDS)


def _answer(line: socket.socket) -> str:
    said = b""
    while b"\0" not in said and len(said) < LONGEST_ANSWER:
        part = line.recv(LONGEST_ANSWER)
        if not part:
            break
        said += part
    return said.partition(b"\0")[0].decode("ascii", errors="replace").strip()
