"""What must always hold of pictures."""

from __future__ import annotations

from tenants.kit.checks import Check
from tenants.kit.words import Words

CHECKS: tuple[Check, ...] = (
    Check(
        "pictures.are_what_their_digest_says",
        "SELECT p.id, p.digest FROM __tenant__.picture p WHERE p.digest <> encode(sha256(p.content), 'hex')",
        Words(en="A picture is what it was when it was kept.", zh="图片内容与保存时一致。"),
    ),
)
