"""`test` and `bench`: every check there is, on servers that are thrown away."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from server.dev.processes import module
from server.dev.runner import run_step
from server.dev.surroundings import NOT_PRODUCTION, path_from_caller
from server.embedded import Servers, running

_LINTERS = {
    "ruff check": module("ruff", "check", "--quiet", "."),
    "ruff format": module("ruff", "format", "--quiet", "--check", "."),
    "mypy": module("mypy"),
}
# Everything at once goes into as many processes as there are processors; what is picked out runs in one, to be seen.
_IN_PARALLEL = ("--numprocesses", str(min(os.cpu_count() or 1, 4)), "--dist", "loadfile", "--no-loadscope-reorder")
_NOBODY = "smtp://127.0.0.1:9"  # discard: no mail leaves the tests but to post offices of their own
# For the tests in a browser; the fonts so that Chinese shows in their pictures.
_SYSTEM_PACKAGES = ("chromium", "fonts-noto-cjk")


def test(arguments: Sequence[str], *, versions: Sequence[int], long: bool) -> int:
    """Run every step even when an earlier one fails, the tests last; give 0 when all passed.

    With arguments for pytest only the tests run.
    """
    _install_browser()
    failed = [] if arguments else [name for name, command in _LINTERS.items() if _step(name, command) != 0]
    if failed:
        _say(f"Failed so far: {', '.join(failed)}. The tests run all the same.")
    codes = [_pytest(arguments, version, long=long) for version in versions]
    return next((code for code in codes if code != 0), 1 if failed else 0)


def bench(json: Path | None) -> int:
    """Measure on servers that wait for the disk, as in production."""
    words = [] if json is None else ["--json", str(path_from_caller(json).resolve())]
    given = os.environ
    with running(
        throwaway=True, durable=True, database_url=given.get("DATABASE_URL"), redis_url=given.get("REDIS_URL")
    ) as servers:
        return run_step(module("tests.bench", *words), for_bench(servers))


def for_tests(servers: Servers) -> dict[str, str]:
    """Give what the tests find around them: these servers, and nothing of an .env that is for production."""
    certain = {"DATABASE_URL": servers.database_url, "REDIS_URL": servers.redis_url}
    return NOT_PRODUCTION | {"SMTP_URL": _NOBODY} | dict(os.environ) | certain


def for_bench(servers: Servers) -> dict[str, str]:
    """Give the same to what measures, which does so in the mode of production."""
    return {**for_tests(servers), "ENVIRONMENT": "production"}


def _pytest(arguments: Sequence[str], version: int, *, long: bool) -> int:
    given = os.environ
    with running(
        throwaway=True,
        postgres_version=version,
        database_url=given.get("DATABASE_URL"),
        redis_url=given.get("REDIS_URL"),
    ) as servers:
        environment = for_tests(servers)
        if long:
            environment["REGULARS_LONG"] = "1"
        _say(f"pytest, PostgreSQL {'of DATABASE_URL' if given.get('DATABASE_URL') else version} …")
        return run_step(module("pytest", *(arguments or _IN_PARALLEL)), environment)


def _step(name: str, command: Sequence[str]) -> int:
    _say(f"{name} …")
    begun = time.monotonic()
    code = run_step(command, os.environ)
    _say(f"{name}: {'passed' if code == 0 else 'FAILED'} in {time.monotonic() - begun:.1f} s")
    return code


def _install_browser() -> None:
    """Install a browser on a bare machine of the continuous integration; elsewhere the user decides."""
    if not os.environ.get("CI") or os.geteuid() != 0 or not shutil.which("apt-get") or shutil.which("chromium"):
        return
    _say(f"Installing {' and '.join(_SYSTEM_PACKAGES)} …")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for words in (["update"], ["install", "--yes", "--no-install-recommends", *_SYSTEM_PACKAGES]):
        done = subprocess.run(
            ["apt-get", "--quiet=2", *words],
            check=False,
            env=quiet,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
        )
        if done.returncode != 0:
            _say(f"Warning: apt-get {words[0]} failed: {done.stderr.strip()[-200:]}")
            return


def _say(sentence: str) -> None:
    print(sentence, file=sys.stdout, flush=True)
