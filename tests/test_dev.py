"""`dev.py` on machines where something is missing, and `up` with stand-ins for the processes that it runs."""

import errno
import fcntl
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import sysconfig
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import dev
from tests.embedded.surroundings import (
    PATIENCE_SECONDS,
    ROOT,
    clean_environment,
    eventually,
    open_folder,
    processes_in,
    python_for,
)

STAND_INS = {
    "server/cli.py": """
import os, sys
words = sys.argv[1:]
if words == ["demo"]:
    print(f"Seller http://demo.localhost:{os.environ['PORT']}/admin 演示 secret")
else:
    print("cli", words, os.environ["DATABASE_URL"], len(os.environ["SECRET_KEY"]) > 32, flush=True)
""",
    "server/app.py": """
async def app(scope, receive, send):
    if scope["type"] == "lifespan":
        while (message := await receive())["type"] != "lifespan.shutdown":
            await send({"type": message["type"] + ".complete"})
        await send({"type": "lifespan.shutdown.complete"})
        return
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"here"})
""",
    "server/mailbox.py": "import signal; print('mail at', __import__('os').environ['SMTP_URL']); signal.pause()",
    "workers/__init__.py": "",
    "workers/__main__.py": """
import pathlib, signal, sys, time
signal.signal(signal.SIGTERM, lambda *_: (print("drained", flush=True), sys.exit(0)))
while not pathlib.Path("worker-dies").exists():
    time.sleep(0.02)
sys.exit(3)
""",
}


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """The project as it is before the first run: dev.py and the locks."""
    shutil.copy(ROOT / "dev.py", tmp_path)
    shutil.copytree(ROOT / "requirements", tmp_path / "requirements")
    return tmp_path


@pytest.fixture
def shop() -> Iterator[Path]:
    """The development commands with processes that do nothing."""
    with open_folder() as folder:
        for name, text in STAND_INS.items():
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_text(text)
        (folder / "server" / "__init__.py").touch()
        for name in ("dev", "embedded"):
            shutil.copytree(ROOT / "server" / name, folder / "server" / name)
        yield folder


def run_dev(folder: Path, *words: str, python: tuple[str, ...] = (sys.executable,)) -> subprocess.CompletedProcess[str]:
    """Run dev.py with a path on which there is nothing of use."""
    return subprocess.run(
        [*python, "dev.py", *words],
        check=False,
        cwd=folder,
        env=clean_environment(PATH="/nonexistent"),
        capture_output=True,
        text=True,
    )


def start_up(folder: Path, *words: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "server.dev", "up", *words],
        cwd=folder,
        env=clean_environment(PYTHONPATH=sysconfig.get_path("purelib")),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def read_until(process: "subprocess.Popen[str]", words: str) -> str:
    assert process.stdout is not None
    read = ""
    for line in process.stdout:
        read += line
        if words in line:
            return read
    pytest.fail(f"{words!r} did not come: {read}")


def free_port() -> int:
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        number: int = line.getsockname()[1]
        return number


def test_without_a_command_it_helps(bare: Path) -> None:
    done = run_dev(bare)
    assert done.returncode == 0
    for command in (*dev.COMMANDS, "lock"):
        assert command == "regulars" or f"dev.py {command}" in done.stdout


def test_an_unknown_command_is_named(bare: Path) -> None:
    done = run_dev(bare, "upp")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "dev.py knows no command 'upp'; `python3 dev.py` lists them.\n"


def test_without_pip_it_says_how_to_get_it(bare: Path) -> None:
    done = run_dev(bare, "up", python=(sys.executable, "-I", "-S"))
    assert done.returncode == 1
    assert done.stderr == "dev.py: pip is missing; install it (`apt-get install python3-pip`) or put uv on the PATH.\n"


def test_an_old_python_is_told_which_is_needed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 2, "final", 0))
    assert dev.main(["up"]) == 1
    assert (
        capsys.readouterr().err
        == "dev.py: Python 3.11 or newer is needed, this is 3.9; run it as `python3.11 dev.py`.\n"
    )


def test_a_full_disk_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], bare: Path
) -> None:
    monkeypatch.setattr(dev, "PROJECT", bare)
    monkeypatch.setattr(dev, "TOOLS", bare / ".tools")
    monkeypatch.setattr(dev, "VENV", bare / ".venv")
    monkeypatch.setattr(dev, "STAMP", bare / ".venv" / "made-from")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(1, 1, 50 << 20))
    assert dev.main(["up"]) == 1
    assert capsys.readouterr().err == f"dev.py: Only 50 MB are free under {bare}; make room for 1000 MB.\n"
    assert "The disk is full" in dev.explain(OSError(errno.ENOSPC, "No space left on device", "x"))


@pytest.mark.skipif(os.geteuid() != 0, reason="the account of somebody else is needed, which only root can take")
def test_a_folder_of_somebody_else_is_one_sentence() -> None:
    nobody = pwd.getpwnam("nobody")
    python = python_for("nobody")
    with open_folder() as folder:
        folder.chmod(0o755)
        shutil.copy(ROOT / "dev.py", folder)
        shutil.copytree(ROOT / "requirements", folder / "requirements")
        done = subprocess.run(
            [*python, "dev.py", "up"],
            check=False,
            cwd=folder,
            env=clean_environment(PATH="/nonexistent"),
            capture_output=True,
            text=True,
            user=nobody.pw_uid,
            group=nobody.pw_gid,
            extra_groups=[],
        )
    assert done.returncode == 1
    assert done.stderr == f"dev.py: {folder} cannot be written to; use a folder of your own.\n"


def test_a_finished_environment_is_used_as_it_is(bare: Path) -> None:
    _fake_environment(bare)
    done = run_dev(bare, "cli", "tenants", "list")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.strip() == "['cli', 'tenants', 'list']"


@pytest.mark.parametrize("fault", ["another lock", "another Python", "a broken link"])
def test_an_environment_that_does_not_fit_is_not_used(bare: Path, fault: str) -> None:
    _fake_environment(bare)
    python = bare / ".venv" / "bin" / "python"
    if fault == "another lock":
        with (bare / "requirements" / "dev.lock").open("a") as lock:
            lock.write("\n")
    else:
        python.unlink()
        if fault == "another Python":
            python.write_text("#!/bin/sh\necho 3.9 /elsewhere\n")
            python.chmod(0o755)
        else:
            python.symlink_to("/nonexistent")
    done = run_dev(bare, "cli", python=(sys.executable, "-I", "-S"))
    assert done.returncode == 1
    assert "pip is missing" in done.stderr, "it went on to make a new one"


def test_two_at_once_wait_for_each_other(bare: Path) -> None:
    (bare / ".tools").mkdir()
    with (bare / ".tools" / "lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        second = subprocess.Popen(
            [sys.executable, "dev.py", "cli"], cwd=bare, env=clean_environment(), stderr=subprocess.PIPE, text=True
        )
        assert second.stderr is not None
        assert second.stderr.readline() == "Waiting for another dev.py that is preparing this folder …\n"
        second.send_signal(signal.SIGINT)
        assert second.stderr.read() == "Stopped.\n"
        assert second.wait() == 130
        second.stderr.close()


def test_up_shows_the_logins_and_ctrl_c_leaves_nothing(shop: Path) -> None:
    (shop / ".env").write_text("DATABASE_URL=postgresql://production/regulars\n")
    port = free_port()
    up = start_up(shop, "--port", str(port))
    shown = read_until(up, "Ready in")
    assert f"http://demo.localhost:{port}/admin 演示 secret" in shown
    assert "cli ['migrate'] postgresql://postgres@/regulars?host=" in shown, "the database of .env is not touched"
    with socket.create_connection(("127.0.0.1", port)) as line:
        line.sendall(b"GET / HTTP/1.0\r\n\r\n")
        assert line.recv(100).startswith(b"HTTP/1.1 200")
    assert (shop / ".data" / "secret_key").stat().st_mode & 0o777 == 0o600
    beside = subprocess.run(
        [sys.executable, "-m", "server.dev", "cli", "tenants"],
        check=True,
        cwd=shop,
        env=clean_environment(),
        capture_output=True,
        text=True,
    )
    assert beside.stdout.startswith("cli ['tenants'] postgresql://")
    up.send_signal(signal.SIGINT)
    rest, _ = up.communicate(timeout=PATIENCE_SECONDS)
    assert "worker   | drained" in rest
    assert "killed" not in rest
    assert up.returncode == 0
    assert processes_in(shop) == []
    assert not (shop / ".data" / "up.env").exists()


def test_killed_up_leaves_nothing_and_starts_again_with_the_same_key(shop: Path) -> None:
    port = str(free_port())
    up = start_up(shop, "--port", port, "--no-demo")
    assert "演示" not in read_until(up, "Ready in")
    key = (shop / ".data" / "secret_key").read_text()
    up.kill()
    up.communicate()
    assert eventually(lambda: not processes_in(shop))
    up = start_up(shop, "--port", port, "--no-demo")
    read_until(up, "Ready in")
    assert (shop / ".data" / "secret_key").read_text() == key
    up.terminate()
    up.communicate(timeout=PATIENCE_SECONDS)
    assert up.returncode == 0


def test_up_ends_with_the_code_of_the_process_that_died(shop: Path) -> None:
    up = start_up(shop, "--port", str(free_port()), "--no-demo")
    read_until(up, "Ready in")
    (shop / "worker-dies").touch()
    rest, _ = up.communicate(timeout=PATIENCE_SECONDS)
    assert "worker   | ended by itself with exit code 3; stopping the others." in rest
    assert up.returncode == 3
    assert processes_in(shop) == []


def test_a_taken_port_is_one_sentence_and_starts_nothing(shop: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        begun = time.monotonic()
        up = start_up(shop, "--port", str(port))
        said, _ = up.communicate(timeout=PATIENCE_SECONDS)
    assert up.returncode == 1
    other_port = f"`python3 dev.py up --port {port + 1}`"
    assert said == f"Port {port} is taken; stop what uses it or choose another: {other_port}.\n"
    assert time.monotonic() - begun < 5
    assert not (shop / ".data").exists()


def test_up_stops_when_nobody_reads_it_any_more(shop: Path) -> None:
    up = start_up(shop, "--port", str(free_port()), "--no-demo")
    assert up.stdout is not None
    read_until(up, "Ready in")
    up.stdout.close()
    (shop / "worker-dies").touch()
    assert up.wait(PATIENCE_SECONDS) in {0, 3}


def _fake_environment(folder: Path) -> None:
    """An environment that is finished, of this Python, with a command that shows what it was given."""
    (folder / ".venv" / "bin").mkdir(parents=True)
    (folder / ".venv" / "bin" / "python").symlink_to(dev.base_python())
    (folder / ".venv" / "made-from").write_text(dev.expected_stamp())
    (folder / "server" / "dev").mkdir(parents=True)
    (folder / "server" / "dev" / "__main__.py").write_text("import sys; print(sys.argv[1:])")
