"""The demo shops on this machine for as long as a block runs: the processes of `up`, on free ports, thrown away after."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from server.dev import processes, surroundings
from server.embedded import running, supervisor

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_READY_SECONDS_MAX = 90
_DRAIN_SECONDS_MAX = 20
# Its letters go into a folder of ours, not to those of the developer.
_MAILBOX = """
import asyncio, pathlib, sys
from server.mailbox.__main__ import run
asyncio.run(run(pathlib.Path(sys.argv[1])))
"""


@dataclass(frozen=True, slots=True)
class DemoShop:
    """One of the demo shops, with what `up` says of it."""

    slug: str
    language: str
    address: str
    key: str
    password: str
    mailbox: str


@contextmanager
def demo_shops() -> Iterator[list[DemoShop]]:
    """Both demo shops, seeded afresh, with web process, worker and mailbox."""
    with ExitStack() as stack:
        servers = stack.enter_context(running(throwaway=True))
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        port = surroundings.free_port(8000)
        environment = surroundings.for_development(servers, port)
        subprocess.run(processes.cli("migrate"), env=environment, check=True, stdout=subprocess.DEVNULL)
        told = subprocess.run(processes.cli("demo"), env=environment, check=True, capture_output=True, text=True).stdout
        mailbox = [sys.executable, "-c", _MAILBOX, str(folder / "mail")]
        log = stack.enter_context((folder / "log").open("wb"))
        for command in (mailbox, processes.web(port), processes.worker()):
            process = supervisor.start(
                command,
                stop_signal=signal.SIGTERM,
                environment=environment,
                output=log.fileno(),
                errors=subprocess.STDOUT,
            )
            stack.callback(supervisor.stop, process, by=signal.SIGTERM, patience_seconds=_DRAIN_SECONDS_MAX)
        for address in (f"http://127.0.0.1:{port}/health/ready", environment["MAILBOX_URL"]):
            _wait_for(address)
        yield _read(told, environment)


def _read(told: str, environment: Mapping[str, str]) -> list[DemoShop]:
    shops = []
    for slug, language in (("demo", "zh"), ("newleaf", "en")):
        address = f"http://{slug}.localhost:{environment['PORT']}"
        part = told[told.index(address) :]
        key, password = re.search(r"sk_live_\w+", part), re.search(r"(?:密码|Password)\s+(\S+)", part)
        if key is None or password is None:
            raise RuntimeError(f"the demo did not tell key and password:\n{told}")
        shops.append(DemoShop(slug, language, address, key[0], password[1], environment["MAILBOX_URL"]))
    return shops


def _wait_for(address: str) -> None:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    deadline = time.monotonic() + _READY_SECONDS_MAX
    while True:
        try:
            opener.open(address, timeout=5).close()
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)
        else:
            return
