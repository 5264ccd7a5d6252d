"""Both servers together."""

import subprocess
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from server.embedded import places, postgres, valkey
from server.embedded.supervisor import CannotStart

DATABASE = "regulars"


@dataclass(frozen=True)
class Servers:
    """The addresses of the running servers, and their processes by name."""

    database_url: str
    redis_url: str
    processes: Mapping[str, subprocess.Popen[bytes]]


@contextmanager
def running(
    *,
    data: Path | None = None,
    throwaway: bool = False,
    postgres_version: int = postgres.VERSIONS[0],
    durable: bool | None = None,
    database_url: str | None = None,
    redis_url: str | None = None,
) -> Iterator[Servers]:
    """Run PostgreSQL and Valkey as our children for as long as the block lasts.

    `data` is the folder that keeps their data (`.data/` of the project when None); a throw-away pair leaves nothing.
    `durable` says whether a commit waits for the disk; when None, lasting data does and throw-away data does not.
    A server whose address is given runs elsewhere already and is not started.
    Raises CannotStart with a sentence that says what to do.
    """
    if database_url and redis_url:
        yield Servers(database_url, redis_url, {})
        return
    account = places.postgres_account()
    processes: dict[str, subprocess.Popen[bytes]] = {}
    with ExitStack() as stack:
        if throwaway:
            folder = sockets = stack.enter_context(places.throwaway_folder(account))
        else:
            folder = _kept(data or places.PROJECT / ".data")
            stack.enter_context(places.only_owner(folder))
            sockets = places.socket_folder(folder)
        if not database_url:
            name = "postgres" if throwaway else f"postgres-{postgres_version}"
            cluster = postgres.Cluster(
                version=postgres_version,
                folder=folder / name if throwaway else places.lasting_folder(folder, name, account),
                sockets=sockets / "pg",
                log=folder / "postgres.log",
                account=account,
                durable=(not throwaway) if durable is None else durable,
            )
            processes["postgres"] = postgres.start(cluster, database=DATABASE)
            stack.callback(postgres.stop, processes["postgres"])
            database_url = cluster.url(DATABASE)
        if not redis_url:
            path = sockets / "valkey.sock"
            log = folder / "valkey.log"
            processes["valkey"] = valkey.start(folder / "valkey", path=path, log=log, durable=not throwaway)
            stack.callback(valkey.stop, processes["valkey"])
            redis_url = f"unix://{path}"
        yield Servers(database_url, redis_url, processes)


def _kept(folder: Path) -> Path:
    try:
        folder.mkdir(mode=0o711, parents=True, exist_ok=True)
        places.require_space(folder)
        (folder / "owner.lock").touch()
    except PermissionError as refusal:
        raise CannotStart(f"{folder} cannot be written to ({refusal.strerror}); use a folder of your own.") from refusal
    return folder.resolve()
