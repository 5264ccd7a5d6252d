"""Nothing of our own network is ever called, whatever an address says and whatever its name leads to."""

from __future__ import annotations

import datetime as dt
import ipaddress
import ssl
from typing import TYPE_CHECKING

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tenants.kit.errors import Invalid
from tenants.webhooks.rules import guard, posting
from tests.make import webhooks as make

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PUBLIC = "93.184.216.34"
CLOSED = [
    "0.0.0.0", "0.1.2.3", "10.0.0.1", "100.64.0.1", "100.100.100.200", "127.0.0.1", "127.255.0.1", "168.63.129.16",  # noqa: S104  to be refused
    "169.254.169.254", "169.254.170.2", "172.16.0.1", "172.31.255.255", "192.0.0.1", "192.0.0.192", "192.0.2.1",
    "192.88.99.1", "192.168.0.1", "198.18.0.1", "198.19.255.255", "198.51.100.1", "203.0.113.1", "224.0.0.1",
    "239.255.255.250", "240.0.0.1", "255.255.255.255",
    "::", "::1", "::ffff:127.0.0.1", "::ffff:7f00:1", "::ffff:93.184.216.34", "::127.0.0.1", "64:ff9b::7f00:1",
    "64:ff9b::5db8:d822", "64:ff9b:1::1", "100::1", "2001::1", "2001:0:7f00:1::", "2001:db8::1", "2002:7f00:1::",
    "2002:5db8:d822::1", "3fff::1", "5f00::1", "fc00::1", "fd00:ec2::254", "fe80::1", "fec0::1", "ff02::1",
]  # fmt: skip
OPEN = [
    PUBLIC,
    "1.1.1.1",
    "100.63.255.255",
    "100.128.0.1",
    "172.32.0.1",
    "223.255.255.255",
    "2606:4700::1111",
    "2a00::1",
]


@pytest.fixture(autouse=True)
def shut() -> Iterator[None]:
    """The doors as in production, with no name server."""
    before = guard.doors()
    guard.set_up(guard.Doors(resolve=leads_to(PUBLIC)))
    yield
    guard.set_up(before)


def leads_to(*answers: str | list[str]) -> guard.Resolver:
    """A name server that gives these answers one after the other, the last one for ever."""
    left = [[answer] if isinstance(answer, str) else answer for answer in answers]

    async def resolve(_host: str, _port: int) -> list[str]:
        return left.pop(0) if len(left) > 1 else left[0]

    return resolve


@pytest.mark.parametrize("address", CLOSED)
async def test_an_address_that_is_not_public_is_refused_by_name_and_by_number(address: str) -> None:
    assert not guard.is_open(ipaddress.ip_address(address))
    guard.set_up(guard.Doors(resolve=leads_to([PUBLIC, address])))
    with pytest.raises(Invalid, match="not public"):
        await guard.check_url("https://hook.example/")
    guard.set_up(guard.Doors())
    literal = f"[{address}]" if ":" in address else address
    with pytest.raises(Invalid):
        await guard.check_url(f"https://{literal}/")


@pytest.mark.parametrize("address", OPEN)
async def test_a_public_address_is_taken(address: str) -> None:
    guard.set_up(guard.Doors(resolve=leads_to(address)))
    assert await guard.check_url("https://hook.example:8443/a?b=c") == "https://hook.example:8443/a?b=c"


@pytest.mark.parametrize(
    "host", ["0x7f000001", "2130706433", "017700000001", "127.1", "0", "0x7f.1", "localhost", "127.0.0.1.", "[::]"]
)
async def test_this_machine_is_refused_however_it_is_written(host: str) -> None:
    guard.set_up(guard.Doors())
    with pytest.raises(Invalid):
        await guard.check_url(f"https://{host}/")


@pytest.mark.parametrize(
    "url",
    [
        "", "hook.example", "//hook.example/", "http://hook.example/", "ftp://hook.example/", "file:///etc/passwd",
        "gopher://hook.example/", "https://", "https:///path", "https://user@hook.example/", "https://a:b@hook.example/",
        "https://hook.example@10.0.0.1/", "https://@hook.example/", "https://hook.example/#part", "https://hook.example:22/",
        "https://hook.example:6379/", "https://hook.example:0/", "https://hook.example:99999/", "https://hook.example:x/",
        "https://hook.example/\r\nX: y", "https://hook.example/ a", "https://hook.example\\@10.0.0.1/", "https://[::1/",
        "https://höök.example/", "https://hook。example/", "https://[fe80::1%25eth0]/", "https://-hook.example/",
        "https://hook.example/" + "x" * 500,
    ],
)  # fmt: skip
async def test_what_is_no_plain_https_address_is_refused(url: str) -> None:
    with pytest.raises(Invalid) as refused:
        await guard.check_url(url)
    assert refused.value.facts["param"] == "url"


@pytest.mark.parametrize("host", ["a..b", "x" * 64 + ".example", "." + "a", "%00.example"])
async def test_a_name_that_cannot_be_one_is_refused_and_fails_nothing(host: str) -> None:
    guard.set_up(guard.Doors())
    with pytest.raises(Invalid):
        await guard.check_url(f"https://{host}/")


async def test_a_name_that_changes_its_mind_between_check_and_call_gains_nothing() -> None:
    async with make.receiver() as inside:
        guard.set_up(guard.Doors(resolve=leads_to(PUBLIC, "127.0.0.1")))
        assert await guard.check_url("https://hook.example:8443/") == "https://hook.example:8443/"
        async with posting.Line(at_once=1) as line:
            outcome = await line.post(f"http://hook.example:{inside.port}/", b"{}", headers={})
        assert outcome.error == "not_public"
        assert inside.connections == 0


async def test_the_very_address_that_was_checked_is_called_and_told_the_name() -> None:
    """The resolver is asked once for a connection: there is no second answer that could be another."""
    asked: list[tuple[str, int]] = []

    async def resolve(host: str, port: int) -> list[str]:
        asked.append((host, port))
        return ["127.0.0.1"]

    async with make.receiver() as receiver:
        guard.set_up(guard.Doors(loopback=True, resolve=resolve))
        async with posting.Line(at_once=1) as line:
            outcome = await line.post(f"http://hook.example:{receiver.port}/x", b"{}", headers={})
        assert outcome.status == 200
        assert asked == [("hook.example", receiver.port)]
        assert receiver.calls[0].headers["host"] == f"hook.example:{receiver.port}"


async def test_the_next_address_is_called_when_the_first_does_not_answer() -> None:
    async with make.receiver() as receiver:
        guard.set_up(guard.Doors(loopback=True, resolve=leads_to(["127.0.0.9", "127.0.0.1"])))
        async with posting.Line(at_once=1) as line:
            outcome = await line.post(f"http://hook.example:{receiver.port}/x", b"{}", headers={})
    assert outcome.status == 200


async def test_no_proxy_of_the_surroundings_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    async with make.receiver() as proxy, make.receiver() as receiver:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "HTTPS_PROXY"):
            monkeypatch.setenv(name, proxy.url(""))
        guard.set_up(guard.Doors(loopback=True))
        async with posting.Line(at_once=1) as line:
            assert (await line.post(receiver.url(), b"{}", headers={})).status == 200
        assert proxy.connections == 0


@pytest.mark.parametrize(("name", "error"), [("hook.example", ""), ("other.example", "tls")])
async def test_the_certificate_is_asked_for_by_name_and_must_be_of_that_name(
    name: str, error: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate = a_certificate(tmp_path, "hook.example")
    trust = ssl.create_default_context(cafile=str(certificate))
    monkeypatch.setattr(posting, "_trust", lambda: trust)
    guard.set_up(guard.Doors(loopback=True, resolve=leads_to("127.0.0.1")))
    own = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    own.load_cert_chain(certificate)
    named: list[str | None] = []
    own.sni_callback = lambda _sock, host, _context: named.append(host)
    async with make.receiver(tls=own) as receiver, posting.Line(at_once=1) as line:
        outcome = await line.post(f"https://{name}:{receiver.port}/", b"{}", headers={})
    assert outcome.error == error
    assert named == [name]


def a_certificate(folder: Path, name: str) -> Path:
    """A certificate of a name, signed by itself, with its key in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    who = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    today = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder(who, who, key.public_key(), x509.random_serial_number())
        .not_valid_before(today - dt.timedelta(days=1))
        .not_valid_after(today + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = folder / "cert.pem"
    path.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return path
