"""How fast somebody may guess: counters in the database, which heal by themselves.

Three counters are kept, so that neither a stranger far away can lock a person out, nor a neighbour behind the same
proxy: of one account from one address (strict), of an account from anywhere, and of an address for any account
(both loose, with short waits). Where a person has signed in during the last 30 days, the second does not count for
that person: else a stranger with many addresses could keep somebody out for as long as he likes.

An attempt is counted before the password is looked at, in one statement that also refuses it while the wait lasts, so
that attempts at the same moment cannot slip through together.
"""

from __future__ import annotations

import hashlib
import ipaddress
from dataclasses import dataclass
from datetime import timedelta

from tenants.kit import clock
from tenants.kit.errors import Refused
from tenants.kit.words import Words
from tenants.tenancy import DB

HEALS_AFTER = timedelta(minutes=15)
KNOWN_FOR = timedelta(days=30)


class TooManyAttempts(Refused):
    """The account or the address must wait before it may try again."""

    code = "staff.too_many_attempts"
    sentence = Words(en="Too many attempts. Try again in {seconds} s.", zh="尝试次数过多，请在 {seconds} 秒后重试。")


@dataclass(frozen=True, slots=True)
class Patience:
    """So many attempts are free; then each makes the next wait twice as long, up to the most."""

    free: int
    wait_seconds_max: int

    def wait(self, attempts: int) -> timedelta:
        """How long to wait after that many attempts."""
        over = attempts - self.free
        return timedelta(seconds=min(self.wait_seconds_max, 2 ** min(over + 1, 12)) if over >= 0 else 0)


_NOWHERE = "unknown"
ONE_ACCOUNT_ONE_ADDRESS = Patience(free=5, wait_seconds_max=900)
ONE_ACCOUNT = Patience(free=25, wait_seconds_max=30)
ONE_ADDRESS = Patience(free=50, wait_seconds_max=30)


async def knock(*, username: str, address: str, table: str = "__tenant__.login_attempt") -> None:
    """Count an attempt to sign in. Raises TooManyAttempts with the seconds to wait; then it is not counted.

    Run it in a transaction that is committed before the password is looked at. `table` is that of the shop's staff
    or of the operators.
    """
    near = network(address)
    account = hashlib.sha256(username.strip().lower().encode("utf-8", "surrogatepass")).hexdigest()
    counters = {f"1:{account}:{near}": ONE_ACCOUNT_ONE_ADDRESS, f"2:{account}": ONE_ACCOUNT, f"3:{near}": ONE_ADDRESS}
    if await DB.fetchval(
        f"SELECT TRUE FROM {table} WHERE key = $1 AND wait_until > $2", f"0:{account}:{near}", clock.now()
    ):
        del counters[f"2:{account}"]
    # In one order always, so that two attempts cannot wait for each other.
    for key, patience in counters.items():
        await _count(key, patience, table)


async def forgive(*, username: str, address: str, table: str = "__tenant__.login_attempt") -> None:
    """After the right password came from an address: forget the attempts from there, and know the place from now on."""
    account = hashlib.sha256(username.strip().lower().encode("utf-8", "surrogatepass")).hexdigest()
    near, moment = network(address), clock.now()
    await DB.fetch(f"DELETE FROM {table} WHERE key = $1", f"1:{account}:{near}")
    if near != _NOWHERE:
        # Kept among the counters, which are purged by the same moment: here it says until when the place is known.
        await DB.fetch(
            f"INSERT INTO {table} (key, failures, wait_until, at) VALUES ($1, 1, $2, $3)"
            " ON CONFLICT (key) DO UPDATE SET wait_until = excluded.wait_until, at = excluded.at",
            f"0:{account}:{near}", moment + KNOWN_FOR, moment)  # fmt: skip


async def _count(key: str, patience: Patience, table: str) -> None:
    moment = clock.now()
    rows = await DB.fetch(
        f"""
        INSERT INTO {table} AS a (key, failures, wait_until, at) VALUES ($1, 1, $2, $2)
        ON CONFLICT (key) DO UPDATE
           SET failures = CASE WHEN greatest(a.at, a.wait_until) <= $3 THEN 1 ELSE a.failures + 1 END, at = $2
         WHERE a.wait_until <= $2
        RETURNING failures
        """, key, moment, moment - HEALS_AFTER)  # fmt: skip
    if not rows:
        until = await DB.fetchval(f"SELECT wait_until FROM {table} WHERE key = $1", key)
        left = (until - moment).total_seconds() if until else 1
        raise TooManyAttempts(seconds=max(1, int(left) + 1))
    wait = patience.wait(rows[0]["failures"])
    if wait:
        await DB.fetch(f"UPDATE {table} SET wait_until = $2 WHERE key = $1", key, moment + wait)


def network(address: str) -> str:
    """What counts as one place: an IPv4 address, or the /64 of an IPv6 address, which one person has for himself."""
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return _NOWHERE
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped:
            return str(parsed.ipv4_mapped)
        return str(ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed)
