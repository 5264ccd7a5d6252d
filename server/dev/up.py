"""`up`: the whole of it on one machine, with a demo shop."""

import os
import socket
import time
from collections.abc import Mapping
from subprocess import Popen

from rich.cells import cell_len
from rich.console import Console
from rich.panel import Panel
from rich.text import Text

from server.dev import processes, surroundings
from server.dev.runner import Children, read_step, run_step
from server.embedded import CannotStart, running

_BOX_FRAME_COLUMNS = 4


def up(port: int, *, demo: bool) -> int:
    """Start the servers, bring the data up to date, then run the processes until one ends or we are stopped."""
    begun = time.monotonic()
    surroundings.require_free(port)
    given = os.environ
    print("Starting PostgreSQL and Valkey …", flush=True)
    with running(database_url=given.get("DATABASE_URL"), redis_url=given.get("REDIS_URL")) as servers:
        environment = surroundings.for_development(servers, port)
        note = surroundings.remember(environment)
        try:
            logins = _prepare(environment, demo=demo)
            return _serve(
                environment, port, Welcome(port, logins, environment["MAILBOX_URL"], begun), servers.processes
            )
        finally:
            note.unlink(missing_ok=True)


class Welcome:
    """The box with addresses and logins, shown once, when the web process answers."""

    def __init__(self, port: int, logins: str, mailbox: str, begun: float) -> None:
        """Keep what the box will say; `begun` is when the user pressed return, in seconds of the monotonic clock."""
        self._port = port
        self._logins = logins
        self._mailbox = mailbox
        self._begun = begun
        self._shown = False

    def show_when_ready(self) -> None:
        """Print the box if the web process answers by now and it has not been printed."""
        if self._shown or not _answers(self._port):
            return
        self._shown = True
        logins = self._logins.strip() or f"http://localhost:{self._port}"
        seconds = time.monotonic() - self._begun
        words = f"{logins}\n\nMailbox   {self._mailbox}\nReady in {seconds:.1f} s. Ctrl-C stops everything; data stays."
        needed = max(cell_len(line) for line in words.splitlines()) + _BOX_FRAME_COLUMNS
        console = Console()
        # Without a terminal the width is unknown and 80 is assumed, which would break addresses in two.
        if not console.is_terminal:
            console = Console(width=needed)
        if needed <= console.width:
            console.print(Panel(Text(words), title="Regulars", expand=False))
        else:
            print(words, flush=True)


def _prepare(environment: Mapping[str, str], *, demo: bool) -> str:
    """Migrate and load the demo shop; give what the demo says about addresses and logins."""
    print("Bringing the databases up to date …", flush=True)
    _require(run_step(processes.cli("migrate"), environment), "migrate")
    if not demo:
        return ""
    print("Loading the demo shop …", flush=True)
    code, logins = read_step(processes.cli("demo"), environment)
    _require(code, "demo")
    return logins


def _require(code: int, step: str) -> None:
    if code != 0:
        raise CannotStart(f"`{step}` failed with exit code {code}; the reason is above.")


def _serve(environment: Mapping[str, str], port: int, welcome: Welcome, servers: Mapping[str, Popen[bytes]]) -> int:
    children = Children(environment)
    try:
        children.start("mailbox", processes.mailbox())
        children.start("web", processes.web(port))
        children.start("worker", processes.worker())
        name, code = children.run_until_one_ends(servers, meanwhile=welcome.show_when_ready)
        children.show(name, f"ended by itself with exit code {code}; stopping the others.")
        return code or 1
    finally:
        children.stop()


def _answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=0.2).close()
    except OSError:
        return False
    return True
