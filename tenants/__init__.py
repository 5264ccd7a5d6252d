"""The domain: everything that a seller's shop is, without knowing in which process it runs.

SUBJECTS is the register of subjects *and* the order of dependence: a subject may import only from those before it,
through their front doors, and hears from none of those after it.
"""

SUBJECTS: tuple[str, ...] = (
    "staff",
    "pictures",
    "members",
    "points",
    "levels",
    "vouchers",
    "rewards",
    "orders",
    "checkins",
    "profiles",
    "mall",
    "segments",
    "surveys",
    "polls",
    "outreach",
    "webhooks",
)
