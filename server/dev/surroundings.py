"""What a child finds around it: its environment, and ports that are free."""

import os
import secrets
import socket
from collections.abc import Mapping
from pathlib import Path

from server.embedded import CannotStart, Servers
from server.embedded.places import PROJECT, is_owned

DATA = PROJECT / ".data"
_PORTS = {"MAILBOX_PORT": 8025, "SMTP": 2525, "METRICS_PORT": 9100, "WORKER_METRICS_PORT": 9101}
_KEY_BYTES = 48
# What the file .env, which is for production, must not say to development, tests and measurements.
NOT_PRODUCTION = {"ENVIRONMENT": "development", "BASE_DOMAIN": "localhost", "TRUSTED_PROXIES": ""}


def for_development(servers: Servers, port: int) -> dict[str, str]:
    """Add to the shell's variables what a development needs; what the shell has set stays.

    The file .env is for production: every setting of it that could reach a real database, real mail or real visitors is
    overruled here.
    """
    ports = {name: str(free_port(wanted)) for name, wanted in _PORTS.items()}
    smtp = ports.pop("SMTP")
    made = {
        **NOT_PRODUCTION,
        "PYTHONUNBUFFERED": "1",
        "SECRET_KEY": secret_key(),
        "SMTP_URL": f"smtp://127.0.0.1:{smtp}",
        "MAILBOX_URL": f"http://127.0.0.1:{ports['MAILBOX_PORT']}",
        **ports,
    }
    certain = {"DATABASE_URL": servers.database_url, "REDIS_URL": servers.redis_url, "PORT": str(port)}
    return made | dict(os.environ) | certain


def require_free(port: int) -> None:
    """Raise CannotStart when another program listens on the port."""
    try:
        _try_port(port)
    except PermissionError:
        raise CannotStart(
            f"Port {port} is for root alone; choose a higher one: `python3 dev.py up --port 8000`."
        ) from None
    except OSError:
        other = f"`python3 dev.py up --port {port + 1}`"
        raise CannotStart(f"Port {port} is taken; stop what uses it or choose another: {other}.") from None


def free_port(wanted: int) -> int:
    """Give the wanted port of this machine, or any free one when another program has it."""
    try:
        return _try_port(wanted)
    except OSError:
        return _try_port(0)


def secret_key() -> str:
    """Give this folder's own key, made at the first start."""
    DATA.mkdir(mode=0o711, exist_ok=True)
    path = DATA / "secret_key"
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(_KEY_BYTES))
    except FileExistsError:
        pass
    return path.read_text().strip()


def remember(environment: Mapping[str, str]) -> Path:
    """Write down what `up` has added, so that other commands find its servers; readable for us alone."""
    path = DATA / "up.env"
    path.unlink(missing_ok=True)
    added = {name: value for name, value in environment.items() if os.environ.get(name) != value}
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.writelines(f"{name}={value}\n" for name, value in added.items())
    return path


def remembered() -> dict[str, str] | None:
    """Give the settings of the `up` that runs at the moment, if one does."""
    path = DATA / "up.env"
    if not path.exists() or not is_owned(DATA):
        return None
    lines = (line.partition("=") for line in path.read_text().splitlines())
    return {name: value for name, _, value in lines} | os.environ


def path_from_caller(path: Path) -> Path:
    """Read a path as the user meant it, in the folder where the command was typed."""
    return Path(os.environ.get("REGULARS_CALLED_FROM", ".")) / path


def _try_port(port: int) -> int:
    with socket.socket() as line:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        line.bind(("127.0.0.1", port))
        line.listen(1)
        number: int = line.getsockname()[1]
        return number
