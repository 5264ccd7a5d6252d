"""What must always hold about staff."""

from __future__ import annotations

from tenants.kit.checks import Check
from tenants.kit.words import Words

CHECKS = (
    Check(
        "staff.passwords_are_hashes",
        "SELECT id FROM __tenant__.staff WHERE password NOT LIKE '$argon2id$%'",
        Words(en="A password is not kept as an Argon2id hash.", zh="有密码未以 Argon2id 哈希保存。"),
    ),
    Check(
        "staff.sessions_end",
        "SELECT digest FROM __tenant__.staff_session WHERE expires_at > created_at + interval '7 days'",
        Words(en="A session lasts for more than seven days.", zh="有会话有效期超过七天。"),
    ),
    Check(
        "staff.an_owner_is_there",
        "SELECT 1 WHERE EXISTS (SELECT 1 FROM __tenant__.staff)"
        " AND NOT EXISTS (SELECT 1 FROM __tenant__.staff WHERE role = 'owner' AND active)",
        Words(en="The shop has staff but no active owner.", zh="商家有员工，但没有启用的店主。"),
    ),
)
