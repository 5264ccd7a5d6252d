"""`python -m workers`: runs due work until told to stop; SIGTERM and SIGINT let it finish what it has in hand."""

from __future__ import annotations

import argparse
import asyncio
import signal

import structlog

from server import logs, outgoing
from server.settings import settings
from tenants import webhooks
from tenants.kit.parts import gather
from tenants.tenancy import work
from tenants.tenancy.engine import DB
from workers import bell, metrics, poller, queue

GRACE_SECONDS = 50.0  # the platform waits for 60

log = structlog.get_logger()


def main() -> None:
    """Read the options and run."""
    reader = argparse.ArgumentParser(prog="python -m workers", description=__doc__)
    reader.add_argument("--at-once", type=int, default=poller.AT_ONCE, help="jobs that run together")
    reader.add_argument("--poll-seconds", type=float, default=poller.POLL_SECONDS, help="time between two looks")
    lease_help = "after how long a dead worker's job is taken over"
    reader.add_argument("--lease-seconds", type=float, default=poller.LEASE_SECONDS, help=lease_help)
    reader.add_argument("--message-lease-seconds", type=float, default=60.0, help="the same for a message")
    asyncio.run(run(reader.parse_args()))


async def run(options: argparse.Namespace) -> None:
    """Run until SIGTERM or SIGINT, then drain."""
    chosen = settings()
    logs.begin(production=chosen.production)
    outgoing.set_up(chosen, lease_seconds=options.message_lease_seconds)
    for kind in ("rules", "jobs", "reactions"):
        gather(kind)
    await DB.connect({"main": chosen.database_url.get_secret_value()}, max_size=max(4, options.at_once + 2))
    redis_url = chosen.redis_url.get_secret_value()
    own_bell = bell.Bell(redis_url)
    work.hang_bell(own_bell.ring)
    loop = poller.Poller(
        at_once=options.at_once, poll_seconds=options.poll_seconds, lease_seconds=options.lease_seconds
    )

    def stop() -> None:
        work.wind_down()
        loop.stop()

    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop)
    host = "0.0.0.0" if chosen.production else "127.0.0.1"  # noqa: S104  the platform's own network asks
    listener = await metrics.serve(
        chosen.worker_metrics_port, host=host, seconds_since_beat=lambda: loop.seconds_since_beat
    )
    listening = asyncio.create_task(queue.listen(redis_url, heard=loop.ring))
    log.info("worker_started", at_once=options.at_once)
    try:
        await loop.run()
        await loop.drain(grace_seconds=GRACE_SECONDS)
        await webhooks.drain()  # a call ends by itself within its timeout
    finally:
        listening.cancel()
        await asyncio.gather(listening, return_exceptions=True)
        if listener is not None:
            listener.close()
        await own_bell.close()
        await DB.disconnect()
        log.info("worker_stopped")


if __name__ == "__main__":
    main()
