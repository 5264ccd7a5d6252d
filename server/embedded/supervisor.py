"""Child processes that cannot outlive the process that started them."""

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_PR_SET_PDEATHSIG = 1
# Loaded before any fork: in the child, between fork and exec, loading a library could wait for a lock for ever.
_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None
_POLL_SECONDS = 0.02
_LOG_LINES_SHOWN = 6


class CannotStart(Exception):  # noqa: N818 - reads as the sentence it is: "cannot start: …"
    """A server or a command cannot start; the message is one sentence that says what to do."""


@dataclass(frozen=True)
class Account:
    """The system account under which a child runs when it is not ours."""

    uid: int
    gid: int


def start(
    command: Sequence[str | Path],
    *,
    stop_signal: signal.Signals,
    account: Account | None = None,
    environment: Mapping[str, str] | None = None,
    folder: Path | None = None,
    output: int | None = None,
) -> subprocess.Popen[bytes]:
    """Start a child in a session of its own that receives `stop_signal` when we die.

    Raises RuntimeError outside the main thread, because Linux ties the signal to the life of the starting thread.
    """
    if threading.current_thread() is not threading.main_thread():
        message = "Start children from the main thread: they would be stopped when this thread ends."
        raise RuntimeError(message)
    owner = os.getpid()

    def follow_owner() -> None:
        if _LIBC is not None:
            _LIBC.prctl(_PR_SET_PDEATHSIG, int(stop_signal))
            # The owner may have died before the line above; nobody would signal us then.
            if os.getppid() != owner:
                os._exit(1)

    identity = {} if account is None else {"user": account.uid, "group": account.gid, "extra_groups": []}
    return subprocess.Popen(  # noqa: S603 - the commands are our own
        [str(word) for word in command],
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=None if output is None else subprocess.STDOUT,
        cwd=folder,
        env=None if environment is None else dict(environment),
        start_new_session=True,
        # Runs after the change of account, which would clear the signal.
        preexec_fn=follow_owner,  # noqa: PLW1509 - we are in the main thread, and it calls nothing but the kernel
        **identity,  # type: ignore[arg-type] - three keywords of three types
    )


def stop(process: subprocess.Popen[bytes], *, by: signal.Signals, patience_seconds: float) -> int:
    """Ask a child to end, and kill its group when it has not done so in time; give its exit code."""
    if process.poll() is None:
        process.send_signal(by)
        try:
            process.wait(patience_seconds)
        except subprocess.TimeoutExpired:
            kill_group(process)
    return process.wait()


def kill_group(process: subprocess.Popen[bytes]) -> None:
    """Kill a child and what it started in its session."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        process.kill()


def wait_until_ready(
    process: subprocess.Popen[bytes], ready: Callable[[], bool], *, name: str, log: Path, patience_seconds: float
) -> None:
    """Wait for a child to answer. Raises CannotStart with the end of its log when it ends or takes too long."""
    deadline = time.monotonic() + patience_seconds
    while not ready():
        if process.poll() is not None:
            message = f"{name} ended with code {process.returncode} while starting: {last_words(log)}"
            raise CannotStart(message)
        if time.monotonic() > deadline:
            message = f"{name} was not ready within {patience_seconds:.0f} s: {last_words(log)}"
            raise CannotStart(message)
        time.sleep(_POLL_SECONDS)


def last_words(log: Path) -> str:
    """Give the last lines of a log, for a message."""
    try:
        lines = log.read_text(errors="replace").splitlines()
    except OSError:
        return "it left no log."
    return " / ".join(line.strip() for line in lines[-_LOG_LINES_SHOWN:]) or "it left no log."
