"""Where the embedded servers keep their files, and under which account they run."""

import fcntl
import hashlib
import os
import pwd
import shutil
import stat
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from server.embedded.supervisor import Account, CannotStart

PROJECT = Path(__file__).resolve().parents[2]
# A path to a unix socket has 107 bytes at most; the longest name we put into a folder is 25.
_SOCKET_FOLDER_BYTES_MAX = 80
_FREE_BYTES_MIN = 300 * 1024 * 1024
_THROWAWAY_PREFIX = "regulars-throwaway-"


def postgres_account() -> Account | None:
    """Name the account for PostgreSQL, which refuses root; None is our own.

    `nobody` exists everywhere, so that no account has to be made on the user's machine.
    """
    if os.geteuid() != 0:
        return None
    nobody = pwd.getpwnam("nobody")
    return Account(uid=nobody.pw_uid, gid=nobody.pw_gid)


def reachable(folder: Path, account: Account | None) -> bool:
    """Tell whether the account can enter the folder, by letting it try: rights may also come from access lists."""
    if account is None:
        return True
    answer = subprocess.run(
        ["/bin/sh", "-c", 'cd -- "$1"', "sh", str(folder)],
        check=False,
        cwd="/",
        user=account.uid,
        group=account.gid,
        extra_groups=[],
        capture_output=True,
    )
    return answer.returncode == 0


def tag(path: Path) -> str:
    """Shorten a path to eight characters that differ from folder to folder."""
    return hashlib.sha256(str(path.resolve()).encode()).hexdigest()[:8]


def hand_over(folder: Path, account: Account | None) -> Path:
    """Make a folder that only the account can open, or check that it is one."""
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    if account is not None and found.st_uid == os.geteuid():
        os.chown(folder, account.uid, account.gid)
        found = folder.lstat()
    owner = os.geteuid() if account is None else account.uid
    # Somebody else could have put a folder or a link there first, in a temporary folder that all users share.
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != owner:
        raise CannotStart(f"{folder} belongs to somebody else; remove it and start again.")
    return folder


def socket_folder(data: Path) -> Path:
    """Make the folder for the sockets of lasting servers: short, and the same at every start."""
    folder = socket_folder_path(data, os.geteuid())
    hand_over(folder, None)
    folder.chmod(0o711)  # PostgreSQL's own folder is in it, with rights of its own
    return folder


def socket_folder_path(data: Path, uid: int) -> Path:
    """Name that folder for a user."""
    folder = Path(tempfile.gettempdir()) / f"regulars-{uid}-{tag(data)}"
    if len(os.fsencode(folder)) > _SOCKET_FOLDER_BYTES_MAX:
        folder = Path("/tmp") / folder.name  # noqa: S108 - ownership is checked by hand_over
    return folder


def lasting_folder(data: Path, name: str, account: Account | None) -> Path:
    """Choose where PostgreSQL keeps lasting data: below `data`, unless its account cannot go there.

    Then it is a folder of the system, and `data` gets a link to it so that it is found, also after a move.
    """
    wanted = data / name
    if not wanted.exists() and not reachable(data, account):
        target = wanted.readlink() if wanted.is_symlink() else Path("/var/lib") / f"regulars-{tag(data)}" / name
        target.parent.mkdir(mode=0o711, parents=True, exist_ok=True)
        wanted.unlink(missing_ok=True)
        wanted.symlink_to(target)
    folder = wanted.resolve()
    if not reachable(folder.parent, account):
        raise CannotStart(f"PostgreSQL runs as nobody, who cannot enter {folder.parent}; let others enter that folder.")
    return folder


def require_space(folder: Path) -> None:
    """Raise CannotStart when the disk under the folder is nearly full."""
    free = shutil.disk_usage(folder).free
    if free < _FREE_BYTES_MIN:
        raise CannotStart(f"Only {free >> 20} MB are free under {folder}; make room for {_FREE_BYTES_MIN >> 20} MB.")


@contextmanager
def only_owner(folder: Path) -> Iterator[None]:
    """Hold a folder of data for this process. Raises CannotStart when another process holds it."""
    with (folder / "owner.lock").open("a+") as lock:
        if not _held(lock.fileno()):
            lock.seek(0)
            owner = lock.read().strip()
            raise CannotStart(f"The servers of {folder} already run (process {owner}); stop that one first.")
        lock.truncate(0)
        lock.write(f"{os.getpid()}\n")
        lock.flush()
        yield


def is_owned(folder: Path) -> bool:
    """Tell whether a process holds the folder at this moment."""
    try:
        with (folder / "owner.lock").open("a") as lock:
            return not _held(lock.fileno())
    except OSError:
        return False


@contextmanager
def throwaway_folder(account: Account | None) -> Iterator[Path]:
    """Make a folder in the system's temporary one that goes away with us, and sweep up those of the killed."""
    parent = Path(tempfile.gettempdir())
    if len(os.fsencode(parent)) > _SOCKET_FOLDER_BYTES_MAX - 32 or not reachable(parent, account):
        parent = Path("/tmp")  # noqa: S108 - mkdtemp makes a folder of our own in it
    require_space(parent)
    _sweep(parent)
    folder = Path(tempfile.mkdtemp(prefix=_THROWAWAY_PREFIX, dir=parent))
    folder.chmod(0o711)
    try:
        with only_owner(folder):
            yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _sweep(parent: Path) -> None:
    for folder in parent.glob(f"{_THROWAWAY_PREFIX}*"):
        lock_file = folder / "owner.lock"
        if folder.lstat().st_uid != os.geteuid() or not lock_file.exists():
            continue
        with lock_file.open("a") as lock:
            if _held(lock.fileno()):
                shutil.rmtree(folder, ignore_errors=True)


def _held(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
