"""How this installation sends: told to outreach and webhooks by every process that plans, previews or sends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenants import outreach, webhooks
from tenants.kit.seals import seal_with

if TYPE_CHECKING:
    from server.settings import Settings


def set_up(chosen: Settings, *, lease_seconds: float = 60.0) -> None:
    """Take the post office, the sender and the shops' addresses from the settings."""
    seal_with(*chosen.secret_keys)
    outreach.set_up(
        outreach.Office(
            smtp_url=chosen.smtp_url.get_secret_value(),
            mail_from=chosen.mail_from,
            shop_address="https://{host}" if chosen.production else f"http://{{host}}:{chosen.port}",
            base_domain=chosen.base_domain,
            lease_seconds=lease_seconds,
        )
    )
    # On one's own machine receivers are there too. Not by the environment alone: whoever forgets to set it is public.
    webhooks.set_up(webhooks.Doors(loopback=chosen.local and not chosen.production))
