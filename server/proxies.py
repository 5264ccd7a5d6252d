"""Where a request comes from, as far as it can be believed: what proxies say counts only when they are ours.

Each proxy adds the address that it saw at the end of `X-Forwarded-For`; what stands before that was sent along by
somebody else. So the header is read from its end, for as long as the hop is one of `TRUSTED_PROXIES`. With `*` the
proxy that connects is the only one, whatever its address, and the last entry is the visitor. With `*2` the visitor is
the last but one, and so on: Fly.io adds the application's own address after the visitor's
(https://fly.io/docs/networking/request-headers/).
"""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_FORWARDED_FOR = b"x-forwarded-for"
_FORWARDED_PROTO = b"x-forwarded-proto"
_ANYONE = re.compile(r"\*([1-9]?)")


@dataclass(frozen=True, slots=True)
class Proxies:
    """Whose word is taken for where a request comes from."""

    hops: int
    """Which entry from the end is the visitor's, whoever connects; 0 when the networks decide."""
    networks: tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...]

    def address(self, scope: Mapping[str, Any]) -> str:
        """The visitor's address; empty when there is none."""
        address = peer = _peer(scope)
        if not self._trusts(peer):
            return peer
        entries = _entries(scope["headers"], _FORWARDED_FOR)
        if self.hops:
            # With fewer entries the request took another way, of which nothing is known.
            return (_read_address(entries[-self.hops]) if len(entries) >= self.hops else None) or peer
        for hop in reversed(entries):
            read = _read_address(hop)
            if read is None:
                break  # a proxy that says "unknown" tells no more than its own address
            address = read
            if not self._trusts(address):
                break
        return address

    def scheme(self, scope: Mapping[str, Any]) -> str:
        """What the browser speaks: http or https."""
        told = _entries(scope["headers"], _FORWARDED_PROTO) if self._trusts(_peer(scope)) else []
        said = told[-1].lower() if told else ""
        return said if said in {"http", "https"} else str(scope.get("scheme", "http"))

    def _trusts(self, address: str) -> bool:
        if self.hops:
            return True
        try:
            parsed = ipaddress.ip_address(address)
        except ValueError:
            return False
        plain = getattr(parsed, "ipv4_mapped", None) or parsed
        return any(plain in network for network in self.networks)


@cache
def read(text: str) -> Proxies:
    """The proxies of a setting such as `10.0.0.0/8, 127.0.0.1`, or `*`, or `*2`. Raises ValueError."""
    anyone = _ANYONE.fullmatch(text.strip())
    if anyone:
        return Proxies(int(anyone[1] or 1), ())
    parts = [part.strip() for part in text.split(",") if part.strip()]
    return Proxies(0, tuple(ipaddress.ip_network(part, strict=False) for part in parts))


def _peer(scope: Mapping[str, Any]) -> str:
    return str((scope.get("client") or ("", 0))[0])


def _entries(headers: Iterable[tuple[bytes, bytes]], name: bytes) -> list[str]:
    # A header that is sent several times is one list, in order (RFC 9110, 5.3).
    told = ",".join(value.decode("latin-1") for each, value in headers if each == name)
    return [part.strip() for part in told.split(",") if part.strip()]


def _read_address(hop: str) -> str | None:
    """The address of an entry, of which some proxies tell the port too."""
    host = hop[1:].partition("]")[0] if hop.startswith("[") else hop
    for text in (host, host.rpartition(":")[0]):
        try:
            return str(ipaddress.ip_address(text))
        except ValueError:
            continue
    return None
