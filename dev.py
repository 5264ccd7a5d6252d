#!/usr/bin/env python3
"""Everything that is run during development, starting from a bare Python with pip.

This file uses nothing but the standard library. It makes the environment `.venv` from the locked requirements when
they have changed, and hands over to `server.dev` inside it. It is written for old Pythons too, so that they can be told
what is missing.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

HELP = """\
Regulars: member engagement for online sellers.

  python3 dev.py up [--port 8000] [--no-demo]   run everything with a demo shop; Ctrl-C stops it
  python3 dev.py test [-- pytest arguments]     check and test everything (--pg 16, --long)
  python3 dev.py bench [--json FILE]            measure
  python3 dev.py cli …                          the command line, e.g. `cli tenants list`
  python3 dev.py run -- PROGRAM …               a program of the environment, e.g. `run -- python`
  python3 dev.py lock [--upgrade]               remake requirements/*.lock from pyproject.toml

The first run fetches the dependencies into this folder (.venv, .tools); data is kept in .data.
With DATABASE_URL or REDIS_URL set, `up` uses those servers instead of starting its own.
"""
PYTHON_MIN = (3, 11)
PROJECT = Path(__file__).resolve().parent
VENV = PROJECT / ".venv"
TOOLS = PROJECT / ".tools"
LOCK = PROJECT / "requirements" / "dev.lock"
TOOLS_LOCK = PROJECT / "requirements" / "tools.lock"
STAMP = VENV / "made-from"
COMMANDS = ("up", "test", "bench", "cli", "regulars", "run")
FREE_MB_MIN = 1000
UV_REQUIREMENT = "uv>=0.9"


class CannotGoOn(Exception):
    """Something is missing; the message is one sentence that says what to do."""


def main(words: list[str]) -> int:
    """Do what the words say and give the exit code."""
    if not words or words[0] in ("help", "-h", "--help"):
        print(HELP, end="")
        return 0
    if words[0] not in (*COMMANDS, "lock"):
        print(f"dev.py knows no command {words[0]!r}; `python3 dev.py` lists them.", file=sys.stderr)
        return 2
    try:
        require_system()
        if words[0] == "lock":
            return lock(words[1:])
        prepare()
        hand_over(words)
    except CannotGoOn as reason:
        print(f"dev.py: {reason}", file=sys.stderr)
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return 130
    except OSError as refusal:
        print(f"dev.py: {explain(refusal)}", file=sys.stderr)
    return 1


def require_system() -> None:
    """Raise CannotGoOn on systems and Pythons for which there are no servers or libraries."""
    if sys.platform == "win32":
        raise CannotGoOn("Linux or macOS is needed; on Windows use WSL.")
    if sys.version_info < PYTHON_MIN:
        wanted = ".".join(map(str, PYTHON_MIN))
        found = ".".join(map(str, sys.version_info[:2]))
        raise CannotGoOn(f"Python {wanted} or newer is needed, this is {found}; run it as `python{wanted} dev.py`.")


def prepare() -> None:
    """Make the environment from the lock, unless it is there already."""
    stamp = expected_stamp()
    if is_ready(stamp):
        return
    if not os.access(str(PROJECT), os.W_OK):
        raise CannotGoOn(f"{PROJECT} cannot be written to; use a folder of your own.")
    TOOLS.mkdir(exist_ok=True)
    with one_at_a_time(TOOLS / "lock"):
        if is_ready(stamp):
            return
        require_space()
        uv = find_uv()
        if not environment_is_ours():
            say("Making the environment .venv …")
            call([uv, "venv", "--quiet", "--clear", "--no-project", "--python", base_python(), VENV], "make .venv")
        STAMP.unlink(missing_ok=True)
        say("Installing the dependencies (the first time about 500 MB) …")
        command = [uv, "pip", "sync", "--require-hashes", "--python", VENV / "bin" / "python", LOCK]
        # With a terminal uv shows bars; without one only a list of a hundred names.
        call(command if sys.stderr.isatty() else [*command, "--quiet"], "install the dependencies")
        STAMP.write_text(stamp)


def hand_over(words: list[str]) -> None:
    """Become `server.dev` of the environment."""
    os.environ.setdefault("REGULARS_CALLED_FROM", str(Path.cwd()))
    os.chdir(PROJECT)
    python = str(VENV / "bin" / "python")
    sys.stdout.flush()
    os.execv(python, [python, "-m", "server.dev", *words])  # noqa: S606 - our own interpreter, without a shell


def lock(options: list[str]) -> int:
    """Remake the locks: hashes for every file, and no address of an index, so that any mirror can serve them."""
    TOOLS.mkdir(exist_ok=True)
    with one_at_a_time(TOOLS / "lock"):
        uv = find_uv()
        common = ["--universal", "--python-version", ".".join(map(str, PYTHON_MIN)), "--generate-hashes"]
        common += ["--no-emit-index-url", "--no-header", "--quiet", *options]
        project = PROJECT / "pyproject.toml"
        tools = TOOLS / "tools.in"
        tools.write_text(f"{UV_REQUIREMENT}\n")
        for sources, goal in (
            ([project, "--group", "dev"], LOCK),
            ([project], PROJECT / "requirements" / "prod.lock"),
            ([tools, "--no-annotate"], TOOLS_LOCK),
        ):
            say(f"Locking {goal.relative_to(PROJECT)} …")
            call([uv, "pip", "compile", *sources, *common, "-o", goal], f"make {goal.name}")
            if "://" in goal.read_text():
                raise CannotGoOn(f"{goal.name} names an address; remove what brings it in and lock again.")
    return 0


def expected_stamp() -> str:
    """Name what the environment is made from: this Python and the lock."""
    digest = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    return f"{identity()}\n{digest}\n"


def identity() -> str:
    """Name this Python as the environment's Python names itself."""
    return f"{sys.version_info[0]}.{sys.version_info[1]} {sys.base_prefix}"


def is_ready(stamp: str) -> bool:
    """Tell whether the environment was finished from the same lock by the same Python, and still runs."""
    try:
        return STAMP.read_text() == stamp and environment_is_ours()
    except OSError:
        return False


def environment_is_ours() -> bool:
    """Tell whether the environment's Python runs and is this one; it is broken after an upgrade or a move."""
    question = 'import sys; print(f"{sys.version_info[0]}.{sys.version_info[1]} {sys.base_prefix}")'
    try:
        answer = subprocess.run(
            [str(VENV / "bin" / "python"), "-I", "-S", "-c", question], check=False, capture_output=True, text=True
        )
    except OSError:
        return False
    return answer.returncode == 0 and answer.stdout.strip() == identity()


def base_python() -> str:
    """Find the Python behind an environment in which we may run ourselves."""
    name = f"python{sys.version_info[0]}.{sys.version_info[1]}"
    beside = Path(sys.base_prefix) / "bin" / name
    return str(beside) if beside.exists() else sys.executable


def find_uv() -> str:
    """Find uv on the path or in the project's folder, or fetch it there with pip."""
    ours = TOOLS / "bin" / "uv"
    for candidate in (shutil.which("uv"), str(ours)):
        if candidate and works(candidate):
            return candidate
    if importlib.util.find_spec("pip") is None:
        raise CannotGoOn("pip is missing; install it (`apt-get install python3-pip`) or put uv on the PATH.")
    say("Fetching uv into .tools …")
    # Debian forbids pip to touch the system and cannot make environments; a folder of our own is allowed everywhere.
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--upgrade"]
    command += ["--no-deps", "--target", str(TOOLS), "--require-hashes", "-r", str(TOOLS_LOCK)]
    if os.geteuid() == 0:
        command.append("--root-user-action=ignore")
    call(command, "fetch uv with pip")
    if not works(str(ours)):
        raise CannotGoOn(f"The uv for {sysconfig.get_platform()} does not run here; put one that does on the PATH.")
    return str(ours)


def works(uv: str) -> bool:
    """Tell whether uv runs and is new enough for `uv venv --clear`."""
    try:
        answer = subprocess.run([uv, "venv", "--help"], check=False, capture_output=True, text=True)
    except OSError:
        return False
    return answer.returncode == 0 and "--clear" in answer.stdout


def call(command: Sequence[object], purpose: str) -> None:
    """Run a tool that shows its own progress. Raises CannotGoOn when it fails."""
    environment = {**os.environ, **uv_environment()}
    done = subprocess.run([str(word) for word in command], check=False, env=environment, cwd=str(PROJECT))
    if done.returncode != 0:
        raise CannotGoOn(f"Could not {purpose}; the reason is above. Set it right and try again.")


def uv_environment() -> dict[str, str]:
    """Let uv work where it would not by itself: with pip's mirror, and without a home that can be written to."""
    extra = {"UV_PYTHON_DOWNLOADS": "never"}
    mirror = os.environ.get("PIP_INDEX_URL")
    if mirror and not any(name in os.environ for name in ("UV_DEFAULT_INDEX", "UV_INDEX_URL")):
        extra["UV_DEFAULT_INDEX"] = mirror
    home = Path(os.environ.get("XDG_CACHE_HOME") or os.environ.get("HOME") or "/nonexistent")
    if "UV_CACHE_DIR" not in os.environ and not os.access(home, os.W_OK):
        extra["UV_CACHE_DIR"] = str(TOOLS / "cache")
    return extra


def require_space() -> None:
    """Raise CannotGoOn when the environment would not fit on the disk."""
    free = shutil.disk_usage(PROJECT).free >> 20
    if not VENV.exists() and free < FREE_MB_MIN:
        raise CannotGoOn(f"Only {free} MB are free under {PROJECT}; make room for {FREE_MB_MIN} MB.")


@contextlib.contextmanager
def one_at_a_time(path: Path) -> Iterator[None]:
    """Wait for another dev.py that is preparing the same folder."""
    import fcntl  # noqa: PLC0415 - does not exist on Windows, which require_system refuses with a sentence

    with path.open("a") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Waiting for another dev.py that is preparing this folder …")
            fcntl.flock(held, fcntl.LOCK_EX)
        yield


def explain(refusal: OSError) -> str:
    """Put a refusal of the system into a sentence."""
    place = refusal.filename or PROJECT
    if refusal.errno == errno.ENOSPC:
        return f"The disk is full ({place}); make room for {FREE_MB_MIN} MB."
    if refusal.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"{place} cannot be written to or run ({refusal.strerror}); use a folder of your own."
    return f"{refusal.strerror or refusal} ({place})."


def say(sentence: str) -> None:
    """Show what is going on."""
    print(sentence, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
