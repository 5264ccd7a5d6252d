"""A small HTTP/1.1 load generator: keep-alive connections, prepared requests, one at a time on each.

Run as a process of its own, `python -m tests.bench.load HOST PORT CONNECTIONS SECONDS FILE`, where FILE holds
requests as bytes, each ended by a line `%%`; each is sent once. Prints one JSON line: requests, seconds, statuses.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections import Counter
from pathlib import Path

import uvloop

_END_OF_HEAD = b"\r\n\r\n"


class Caller(asyncio.Protocol):
    """One connection that sends the next request as soon as it has a reply."""

    def __init__(self, requests: list[bytes], statuses: Counter[str], ends: float, times: list[float]) -> None:
        self._requests = requests
        self._statuses = statuses
        self._ends = ends
        self._times = times
        self._buffer = b""
        self._sent = 0.0
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin."""
        self._transport = transport
        self._next()

    def data_received(self, data: bytes) -> None:
        """Collect one reply, count it, send the next request."""
        self._buffer += data
        end = self._buffer.find(_END_OF_HEAD)
        if end < 0:
            return
        head = self._buffer[:end].lower()
        at = head.find(b"content-length: ")
        length = int(head[at + 16 : head.find(b"\r", at) if b"\r" in head[at:] else None]) if at >= 0 else 0
        if len(self._buffer) < end + 4 + length:
            return
        self._statuses[self._buffer[9:12].decode()] += 1
        self._times.append(time.perf_counter() - self._sent)
        self._buffer = b""
        self._next()

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002  asyncio's own signature
        """The server hung up."""
        if not self.done.done():
            self.done.set_result(None)

    def _next(self) -> None:
        if not self._requests or time.perf_counter() >= self._ends:
            if not self.done.done():
                self.done.set_result(None)
            self._transport.close()
            return
        self._sent = time.perf_counter()
        self._transport.write(self._requests.pop())  # type: ignore[attr-defined]


async def run(host: str, port: int, connections: int, seconds: float, requests: list[bytes]) -> dict[str, object]:
    """Load the server for at most so many seconds, or until the requests are used up."""
    statuses: Counter[str] = Counter()
    times: list[float] = []
    loop = asyncio.get_running_loop()
    start = time.perf_counter()
    callers = []
    for _ in range(connections):
        _, caller = await loop.create_connection(lambda: Caller(requests, statuses, start + seconds, times), host, port)
        callers.append(caller.done)
    await asyncio.gather(*callers)
    took = time.perf_counter() - start
    times.sort()
    return {
        "requests": sum(statuses.values()),
        "seconds": took,
        "statuses": statuses,
        "p50_ms": times[len(times) // 2] * 1000 if times else 0,
        "p99_ms": times[len(times) * 99 // 100] * 1000 if times else 0,
    }


if __name__ == "__main__":
    host_, port_, connections_, seconds_, file_ = sys.argv[1:]
    asked = [part for part in Path(file_).read_bytes().split(b"\n%%\n") if part]
    print(json.dumps(uvloop.run(run(host_, int(port_), int(connections_), float(seconds_), asked))))
