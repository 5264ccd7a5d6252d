"""Several children side by side: their lines with their names before them, all stopped when one ends."""

import contextlib
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import FrameType

from server.embedded import supervisor

_COLOURS = (36, 35, 33, 34, 32)
_TURN_SECONDS = 0.2
_DRAIN_SECONDS_MAX = 20  # a worker finishes the job in its hands
_LAST_WORDS_SECONDS = 5
_BY_SIGNAL = 128


class Stopped(BaseException):
    """We were asked to end, by Ctrl-C or by a signal; nothing that catches errors may catch it."""

    def __init__(self, number: int) -> None:
        """Remember the signal."""
        super().__init__(number)
        self.number = number


@contextlib.contextmanager
def stoppable() -> Iterator[None]:
    """Turn Ctrl-C, SIGTERM and a closed terminal into Stopped for the length of the block."""

    def stop(number: int, _frame: FrameType | None) -> None:
        raise Stopped(number)

    wanted = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {number: signal.signal(number, stop) for number in wanted}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


class Children:
    """The children that run at the moment, in the order in which they were started."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        """Hand this environment to every child."""
        self._environment = environment
        self._lines = selectors.DefaultSelector()
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._rest: dict[str, bytes] = {}
        self._stopping = False
        self._colour = sys.stdout.isatty() and "NO_COLOR" not in os.environ

    def start(self, name: str, command: Sequence[str]) -> None:
        """Start a child that is to run for as long as we do."""
        process = supervisor.start(
            command,
            stop_signal=signal.SIGTERM,
            environment=self._environment,
            output=subprocess.PIPE,
            errors=subprocess.STDOUT,
        )
        self._running[name] = process
        self._rest[name] = b""
        if process.stdout is not None:
            os.set_blocking(process.stdout.fileno(), False)
            self._lines.register(process.stdout, selectors.EVENT_READ, name)

    def run_until_one_ends(
        self, others: Mapping[str, subprocess.Popen[bytes]], *, meanwhile: Callable[[], None]
    ) -> tuple[str, int]:
        """Show what the children say until one of them, or of the others, ends; give its name and exit code."""
        while True:
            self._show_lines(_TURN_SECONDS)
            for name, process in (*self._running.items(), *others.items()):
                code = process.poll()
                if code is not None:
                    self._show_lines(0)
                    return name, exit_code(code)
            meanwhile()

    def stop(self) -> None:
        """Ask all children to end and show their last lines; kill those that take too long, all if asked again."""
        self._stopping = True
        for process in self._running.values():
            if process.poll() is None:
                process.terminate()
        deadline = time.monotonic() + _DRAIN_SECONDS_MAX
        try:
            while any(process.poll() is None for process in self._running.values()) and time.monotonic() < deadline:
                self._show_lines(_TURN_SECONDS / 4)
            self._show_lines(0)
        finally:
            for name, process in self._running.items():
                if process.poll() is None:
                    self.show(name, "did not end in time and is killed.")
                    supervisor.kill_group(process)
                process.wait()
            self._lines.close()

    def show(self, name: str, line: str) -> None:
        """Print a line with a name before it; when nobody reads any more, that is a wish to stop."""
        label = f"{name:<8} |"
        if self._colour:
            position = list(self._running).index(name) if name in self._running else -1
            label = f"\x1b[{_COLOURS[position % len(_COLOURS)]}m{label}\x1b[0m"
        try:
            print(label, line, flush=True)
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            if not self._stopping:
                raise Stopped(signal.SIGHUP) from None

    def _show_lines(self, wait_seconds: float) -> None:
        if not self._lines.get_map():
            time.sleep(wait_seconds)
            return
        for key, _ in self._lines.select(wait_seconds):
            name = str(key.data)
            piece = os.read(key.fd, 65536)
            if not piece:
                self._lines.unregister(key.fileobj)
            *lines, self._rest[name] = (self._rest[name] + piece).split(b"\n")
            if not piece and self._rest[name]:
                lines.append(self._rest.pop(name))
            for line in lines:
                self.show(name, line.decode(errors="replace").rstrip("\r"))


def run_step(command: Sequence[str], environment: Mapping[str, str]) -> int:
    """Run one child to its end in our terminal and give its exit code."""
    process = supervisor.start(command, stop_signal=signal.SIGTERM, environment=environment, foreground=True)
    try:
        return exit_code(process.wait())
    except Stopped as wish:
        # Ctrl-C in a terminal reached the child too: let it say what it has to say.
        if wish.number == signal.SIGINT:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(_LAST_WORDS_SECONDS)
        supervisor.stop(process, by=signal.SIGTERM, patience_seconds=_DRAIN_SECONDS_MAX)
        raise


def read_step(command: Sequence[str], environment: Mapping[str, str]) -> tuple[int, str]:
    """Run one child to its end and give its exit code and what it printed; what went wrong goes to our terminal."""
    process = supervisor.start(command, stop_signal=signal.SIGTERM, environment=environment, output=subprocess.PIPE)
    try:
        printed, _ = process.communicate()
    except Stopped:
        supervisor.stop(process, by=signal.SIGTERM, patience_seconds=_DRAIN_SECONDS_MAX)
        raise
    return exit_code(process.returncode), printed.decode(errors="replace")


def exit_code(code: int) -> int:
    """Turn Python's negative number for a signal into the shell's."""
    return code if code >= 0 else _BY_SIGNAL - code
