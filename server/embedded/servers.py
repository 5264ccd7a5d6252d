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
) -> Iterator[Servers]:
    """Run PostgreSQL and Valkey as our children for as long as the block lasts.

    `data` is the folder that keeps their data (`.data/` of the project when None); a throw-away pair leaves nothing.
    `durable` says whether a commit waits for the disk; when None, lasting data does and throw-away data does not.
    Raises CannotStart with a sentence that says what to do.
    """
    account = places.postgres_account()
    durable = (not throwaway) if durable is None else durable
    with ExitStack() as stack:
        if throwaway:
            folder = stack.enter_context(places.throwaway_folder(account))
            sockets, cluster_folder = folder, folder / "postgres"
        else:
            folder = _kept(data or places.PROJECT / ".data")
            stack.enter_context(places.only_owner(folder))
            sockets = places.socket_folder(folder)
            cluster_folder = places.lasting_folder(folder, f"postgres-{postgres_version}", account)
        cluster = postgres.Cluster(
            version=postgres_version,
            folder=cluster_folder,
            sockets=sockets / "pg",
            log=folder / "postgres.log",
            account=account,
            durable=durable,
        )
        database = postgres.start(cluster, database=DATABASE)
        stack.callback(postgres.stop, database)
        queue_socket = sockets / "valkey.sock"
        queue = valkey.start(folder / "valkey", path=queue_socket, log=folder / "valkey.log", durable=not throwaway)
        stack.callback(valkey.stop, queue)
        yield Servers(
            database_url=cluster.url(DATABASE),
            redis_url=f"unix://{queue_socket}",
            processes={"postgres": database, "valkey": queue},
        )


def _kept(folder: Path) -> Path:
    try:
        folder.mkdir(mode=0o711, parents=True, exist_ok=True)
        places.require_space(folder)
        (folder / "owner.lock").touch()
    except PermissionError as refusal:
        message = f"The data cannot be kept in {folder} ({refusal.strerror}); use a folder that you can write to."
        raise CannotStart(message) from refusal
    return folder.resolve()
