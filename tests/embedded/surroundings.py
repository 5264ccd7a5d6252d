"""Folders, processes and statements for the tests of the embedded servers and of the development commands."""

import os
import pwd
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest

from server.embedded import places, postgres

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 20


def clean_environment(**more: str) -> dict[str, str]:
    """The environment of a user who has set nothing: the tests themselves run on servers that are set."""
    dropped = ("DATABASE_URL", "REDIS_URL", "POSTGRES_BIN", "VALKEY_BIN", "PORT", "CI", "REGULARS_CALLED_FROM")
    return {name: value for name, value in os.environ.items() if name not in dropped} | more


@contextmanager
def open_folder(owner: str | None = None) -> Iterator[Path]:
    """A folder that every account can enter; pytest's own are closed."""
    folder = Path(tempfile.mkdtemp(prefix="regulars-test-", dir="/tmp"))
    folder.chmod(0o711)
    if owner is not None:
        os.chown(folder, pwd.getpwnam(owner).pw_uid, -1)
    try:
        yield folder
    finally:
        assert eventually(lambda: not processes_in(folder)), "a process was left behind"
        for link in folder.rglob("postgres-*"):
            if link.is_symlink():
                shutil.rmtree(link.resolve().parent, ignore_errors=True)
        for data in (folder, folder / ".data"):
            shutil.rmtree(places.socket_folder_path(data, os.geteuid()), ignore_errors=True)
        shutil.rmtree(folder, ignore_errors=True)


def processes_in(folder: Path) -> list[int]:
    """The processes that work in a folder, below it, or with data to which it links."""
    wanted = [str(folder), *(str(link.resolve()) for link in folder.rglob("postgres-*"))]
    found = []
    for entry in Path("/proc").iterdir():
        try:
            place = str((entry / "cwd").readlink()) if entry.name.isdigit() else ""
        except OSError:
            continue
        if int(entry.name if place else 0) != os.getpid() and place.startswith(tuple(wanted)):
            found.append(int(entry.name))
    return found


def eventually(true: Callable[[], object]) -> bool:
    """Wait for something that another process does."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not true():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def sql(database_url: str, statement: str) -> str:
    """Run a statement with the client that comes with the server."""
    psql = postgres.find_binaries(postgres.VERSIONS[0]) / "psql"
    done = subprocess.run(
        [psql, "--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--command", statement, database_url],
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout.strip()


@cache
def python_for(account: str) -> list[str]:
    """A Python that another account may run; this one may be in a closed home. Skips the test when there is none."""
    found = pwd.getpwnam(account)
    for candidate in (sys.executable, "/usr/bin/python3.11", "/usr/bin/python3"):
        try:
            done = subprocess.run(
                [candidate, "-c", "import sys; sys.exit(sys.version_info < (3, 11))"],
                check=False,
                user=found.pw_uid,
                group=found.pw_gid,
                extra_groups=[],
                cwd="/",
                capture_output=True,
            )
        except OSError:
            continue
        if done.returncode == 0 and places.reachable(ROOT, places.postgres_account()):
            return [candidate]
    pytest.skip(f"{account} can run no Python of 3.11 or later here, or cannot enter this folder")


def start_servers(words: Sequence[str], *, account: str | None = None) -> "subprocess.Popen[str]":
    """Start the standing command of the embedded servers."""
    python = [sys.executable] if account is None else python_for(account)
    identity = pwd.getpwnam(account) if account is not None else None
    paths = os.pathsep.join([str(ROOT), sysconfig.get_path("purelib")])
    return subprocess.Popen(
        [*python, "-m", "server.embedded", *words],
        cwd="/",
        env=clean_environment(PYTHONPATH=paths),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        user=identity.pw_uid if identity else None,
        group=identity.pw_gid if identity else None,
        extra_groups=[] if identity else None,
    )


def read_addresses(process: "subprocess.Popen[str]") -> dict[str, str]:
    """Read the two lines that the standing command prints when its servers answer."""
    assert process.stdout is not None
    lines = [process.stdout.readline().strip() for _ in range(2)]
    if not all(lines):
        pytest.fail(f"the servers did not start: {process.communicate()}")
    return dict(line.split("=", 1) for line in lines)


def finish(process: "subprocess.Popen[str]") -> tuple[int, str]:
    """End the standing command as a supervisor would; give its exit code and what it complained about."""
    process.terminate()
    _, errors = process.communicate(timeout=PATIENCE_SECONDS)
    return process.returncode, errors
