"""Read the command that `dev.py` hands over, and run it."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from server.dev import checks, processes, surroundings
from server.dev.runner import Stopped, run_step, stoppable
from server.dev.up import up
from server.embedded import CannotStart, running
from server.embedded.postgres import VERSIONS

_BY_CTRL_C = 130


def main(words: Sequence[str]) -> int:
    """Do what the words say; give the exit code."""
    command, rest = words[0], list(words[1:])
    try:
        with stoppable():
            return _run(command, rest)
    except CannotStart as reason:
        print(reason, file=sys.stderr)
        return 1
    except Stopped:
        # Being stopped is how `up` ends; anything else was left undone.
        return 0 if command == "up" else _BY_CTRL_C


def _run(command: str, rest: list[str]) -> int:
    parser = argparse.ArgumentParser(prog=f"python3 dev.py {command}", allow_abbrev=False)
    if command == "up":
        parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")), help="of the web process")
        parser.add_argument("--no-demo", action="store_true", help="do not load the demo shop")
        chosen = parser.parse_args(rest)
        return up(chosen.port, demo=not chosen.no_demo)
    if command == "test":
        parser.add_argument("--pg", type=int, choices=VERSIONS, help="major version of PostgreSQL")
        parser.add_argument("--long", action="store_true", help="the long tests too, on every version of PostgreSQL")
        chosen, arguments = parser.parse_known_args(rest)
        versions = (chosen.pg,) if chosen.pg else VERSIONS if chosen.long else VERSIONS[:1]
        return checks.test([word for word in arguments if word != "--"], versions=versions, long=chosen.long)
    if command == "bench":
        parser.add_argument("--json", type=Path, help="write the figures to this file too")
        return checks.bench(parser.parse_args(rest).json)
    if command == "run":
        program = rest[1:] if rest[:1] == ["--"] else rest
        return _with_servers(program or [sys.executable])
    return _with_servers(processes.cli(*rest))


def _with_servers(command: Sequence[str]) -> int:
    """Run a command on the servers of the `up` that runs, or else on servers that run as long as the command does."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)])
    remembered = surroundings.remembered()
    if remembered is not None:
        return run_step(command, {**remembered, "PATH": path})
    given = os.environ
    with running(database_url=given.get("DATABASE_URL"), redis_url=given.get("REDIS_URL")) as servers:
        port = int(given.get("PORT", "8000"))
        return run_step(command, {**surroundings.for_development(servers, port), "PATH": path})


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
