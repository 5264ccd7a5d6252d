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


class CannotStart(Exception):
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
    errors: int | None = None,
    foreground: bool = False,
) -> subprocess.Popen[bytes]:
    """Start a child that receives `stop_signal` when we die.

    It gets a session of its own, so that Ctrl-C reaches us alone and we decide on the order, unless it is to run in
    the foreground: then it shares our terminal.
    Raises RuntimeError outside the main thread, because Linux ties the signal to the life of the starting thread.
    """
    if threading.current_thread() is not threading.main_thread():
        raise RuntimeError("Start children from the main thread: they would be stopped when this thread ends.")
    owner = os.getpid()

    def follow_owner() -> None:
        if _LIBC is not None:
            _LIBC.prctl(_PR_SET_PDEATHSIG, int(stop_signal))
            # The owner may have died before the line above; nobody would signal us then.
            if os.getppid() != owner:
                os._exit(1)

    return subprocess.Popen(
        [str(word) for word in command],
        stdin=None if foreground else subprocess.DEVNULL,
        stdout=output,
        stderr=errors,
        cwd=folder,
        env=None if environment is None else dict(environment),
        start_new_session=not foreground,
        # Runs after the change of account, which would clear the signal.
        preexec_fn=follow_owner,  # noqa: PLW1509 - we are in the main thread, and it calls nothing but the kernel
        user=account.uid if account else None,
        group=account.gid if account else None,
        extra_groups=[] if account else None,
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
    if process.poll() is None and os.getpgid(process.pid) == process.pid:
        os.killpg(process.pid, signal.SIGKILL)
    process.kill()


def wait_until_ready(
    process: subprocess.Popen[bytes], ready: Callable[[], bool], *, name: str, log: Path, patience_seconds: float
) -> None:
    """Wait for a child to answer. Raises CannotStart with the end of its log when it ends or takes too long."""
    deadline = time.monotonic() + patience_seconds
    while not ready():
        if process.poll() is not None:
            raise CannotStart(f"{name} ended with code {process.returncode} while starting: {last_words(log)}")
        if time.monotonic() > deadline:
            raise CannotStart(f"{name} was not ready within {patience_seconds:.0f} s: {last_words(log)}")
        time.sleep(_POLL_SECONDS)


def last_words(log: Path) -> str:
    """Give the last lines of a log, for a message."""
    try:
        lines = log.read_text(errors="replace").splitlines()
    except OSError:
        return "it left no log."
    return " / ".join(line.strip() for line in lines[-_LOG_LINES_SHOWN:]) or "it left no log."
