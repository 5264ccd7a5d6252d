"""Run the servers until SIGTERM or Ctrl-C: `python -m server.embedded --throwaway`."""

import argparse
import signal
import sys
import time
from pathlib import Path
from types import FrameType

from server.embedded import CannotStart, running
from server.embedded.postgres import VERSIONS


def main() -> int:
    """Print the addresses as lines of an environment file, then keep the servers until we are told to stop."""
    parser = argparse.ArgumentParser(prog="python -m server.embedded", description=__doc__)
    parser.add_argument("--throwaway", action="store_true", help="keep nothing, and do not wait for the disk")
    parser.add_argument("--durable", action="store_true", help="wait for the disk even so, as for measurements")
    parser.add_argument("--data", type=Path, help="folder of the data (default: .data of the project)")
    parser.add_argument("--postgres", type=int, choices=VERSIONS, default=VERSIONS[0], help="major version")
    chosen = parser.parse_args()
    signal.signal(signal.SIGTERM, _end)
    try:
        with running(
            data=chosen.data,
            throwaway=chosen.throwaway,
            postgres_version=chosen.postgres,
            durable=True if chosen.durable else None,
        ) as servers:
            print(f"DATABASE_URL={servers.database_url}\nREDIS_URL={servers.redis_url}", flush=True)
            while all(process.poll() is None for process in servers.processes.values()):
                time.sleep(0.2)
            print("A server ended by itself; see its log.", file=sys.stderr)
            return 1
    except CannotStart as refusal:
        print(refusal, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _end(_number: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)


if __name__ == "__main__":
    sys.exit(main())
