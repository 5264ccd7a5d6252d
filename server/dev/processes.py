"""The commands of the project's processes: the one place from which `up` takes them.

`tests/test_packaging.py` holds the Dockerfile, compose.yaml and fly.toml to the same words.
"""

import sys

APPLICATION = "server.app:app"


def module(name: str, *words: str) -> list[str]:
    """Give the command that runs a module of the project with our own Python."""
    return [sys.executable, "-m", name, *words]


def web(port: int) -> list[str]:
    """Give the command of the web process on this machine only."""
    address = ["--host", "127.0.0.1", "--port", str(port)]
    # The application writes its own log and reads proxies itself (server/proxies.py); browsers keep connections open
    # for longer than one wants to wait at the end.
    return module(
        "uvicorn", APPLICATION, *address, "--no-access-log", "--no-proxy-headers", "--timeout-graceful-shutdown", "20"
    )


def worker() -> list[str]:
    """Give the command of the queue process."""
    return module("workers")


def mailbox() -> list[str]:
    """Give the command of the mail server and mailbox page of development."""
    return module("server.mailbox")


def cli(*words: str) -> list[str]:
    """Give a command of the command line."""
    return module("server.cli", *words)
