"""Where we may call: only addresses of the open internet, checked on the very connection that is used.

A shop's endpoint is a stranger's text, and our network is not theirs to look into (OWASP: server-side request forgery).
The address is looked at when it is saved, for a quick word; what protects is the `Dialer`: it resolves the name itself,
refuses unless every answer is public, and connects to an answer that it has checked, so that a name that changes its
mind in between (DNS rebinding) gains nothing. TLS and `Host` keep the name.

In development and tests `loopback` lets http and this machine through; nothing else.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import urlsplit

import httpcore

from tenants.kit.errors import Invalid
from tenants.kit.words import Words

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable

Resolver: TypeAlias = "Callable[[str, int], Awaitable[list[str]]]"
Address: TypeAlias = "ipaddress.IPv4Address | ipaddress.IPv6Address"

URL_MAX = 500
PORTS = frozenset({443, 8443})
RESOLVE_SECONDS = 3.0
CONNECT_SECONDS = 5.0

# IANA's special-purpose registries, written out: what Python counts as global differs from release to release.
_CLOSED_4 = tuple(
    ipaddress.IPv4Network(net)
    for net in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "168.63.129.16/32", "169.254.0.0/16",
        "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15",
        "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
    )
)  # fmt: skip
# Of IPv6 only what is handed out for use: so mapped, NAT64, local, private and multicast ones are out from the start.
_OPEN_6 = ipaddress.IPv6Network("2000::/3")
_CLOSED_6 = tuple(
    ipaddress.IPv6Network(net)
    for net in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")
)  # fmt: skip


class NotPublic(OSError):
    """A name leads to an address that we do not call."""


@dataclass(frozen=True, slots=True)
class Doors:
    """What this process may call, and how it finds out where a name leads."""

    loopback: bool = False
    resolve: Resolver | None = None


_doors = [Doors()]


def set_up(doors: Doors) -> None:
    """Say what this process may call; done once when it starts. Without it, the open internet only."""
    _doors[0] = doors


def doors() -> Doors:
    """What this process may call."""
    return _doors[0]


async def check_url(url: str) -> str:
    """An address that may be saved, as we call it. Raises Invalid for `url`."""
    checked, host, port = read_url(url)
    try:
        await addresses(host, port)
    except NotPublic:
        raise _unfit(_CLOSED) from None
    except (OSError, TimeoutError):
        raise _unfit(_NOWHERE) from None
    return checked


def read_url(url: str) -> tuple[str, str, int]:
    """The address, its host in ASCII and its port. Raises Invalid for `url`."""
    if len(url) > URL_MAX or not url.isascii() or not url.isprintable() or " " in url or "\\" in url:
        raise _unfit(_FORM)
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise _unfit(_FORM) from None
    if "@" in parts.netloc or parts.fragment:
        raise _unfit(_PLAIN)
    if not host or host.startswith(("-", ".")) or "%" in host or parts.scheme not in {"http", "https"}:
        raise _unfit(_FORM)
    if parts.scheme == "http" and not _may_be_here(host):
        raise _unfit(_SECURE)
    number = port if port is not None else 443 if parts.scheme == "https" else 80
    if number not in PORTS and not _may_be_here(host):
        raise _unfit(_PORT)
    return url, host, number


async def addresses(host: str, port: int) -> list[str]:
    """Where a name leads, if all of it may be called. Raises NotPublic, OSError (no such name), TimeoutError."""
    async with asyncio.timeout(RESOLVE_SECONDS):
        found = list(dict.fromkeys(await (doors().resolve or _look_up)(host, port)))
    if not found:
        raise OSError("the name leads nowhere")
    read = [ipaddress.ip_address(address.partition("%")[0]) for address in found]
    # One closed answer closes them all: which one is used must not be a matter of luck.
    if not all(is_open(address) or (doors().loopback and address.is_loopback) for address in read):
        raise NotPublic("the name leads to an address that is not public")
    return found


def is_open(address: Address) -> bool:
    """Whether an address belongs to the open internet."""
    if isinstance(address, ipaddress.IPv4Address):
        return not _within(address, _CLOSED_4)
    return address in _OPEN_6 and not _within(address, _CLOSED_6)


class Dialer(httpcore.AsyncNetworkBackend):
    """Connects to where a name leads, if that may be called, and never anywhere else."""

    def __init__(self) -> None:
        self._line = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109  httpcore's own signature
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """A connection to the first checked address that answers. Raises NotPublic and httpcore's errors."""
        try:
            found = await addresses(host.strip("[]"), port)
        except (OSError, TimeoutError) as error:
            if isinstance(error, NotPublic):
                raise
            raise httpcore.ConnectError("the name cannot be resolved") from error
        for address in found[:-1]:
            try:
                return await self._line.connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return await self._line.connect_tcp(found[-1], port, timeout, local_address, socket_options)

    async def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,  # noqa: ASYNC109  httpcore's own signature
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Never: a socket of this machine is no address."""
        del path, timeout, socket_options
        raise NotPublic("a socket of this machine is not called")

    async def sleep(self, seconds: float) -> None:
        """As httpcore asks for it."""
        await self._line.sleep(seconds)


async def _look_up(host: str, port: int) -> list[str]:
    loop = asyncio.get_running_loop()
    try:
        found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except UnicodeError as error:  # a label that is too long or empty
        raise OSError("no such name") from error
    return [str(entry[4][0]) for entry in found]


def _within(address: Address, nets: Iterable[ipaddress.IPv4Network | ipaddress.IPv6Network]) -> bool:
    return any(address in net for net in nets)


def _may_be_here(host: str) -> bool:
    if not doors().loopback:
        return False
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def _unfit(problem: Words) -> Invalid:
    return Invalid(param="url", problem=problem)


_FORM = Words(
    en="use an address such as https://example.com/webhooks, in ASCII, up to 500 characters",
    zh="请使用形如 https://example.com/webhooks 的地址（ASCII，最多 500 个字符）",
)
_PLAIN = Words(en="leave out user name, password and #fragment", zh="请勿包含用户名、密码或 # 片段")
_SECURE = Words(en="use https", zh="请使用 https")
_PORT = Words(en="use port 443 or 8443", zh="端口只能是 443 或 8443")
_CLOSED = Words(en="it leads to an address that is not public", zh="该地址不是公网地址")
_NOWHERE = Words(en="its name cannot be resolved just now", zh="域名暂时无法解析")
