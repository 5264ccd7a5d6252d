"""Check-ins over HTTP: one tap for the member, plans and outage days for the seller's backend."""

from tenants.checkins.api.own import CHECK_IN, MemberCheckIns
from tenants.checkins.api.plans import CurrentPlan, Plans
from tenants.checkins.api.server import Outages, ServerCheckIns

__all__ = ["CHECK_IN", "ROUTES", "TAGS"]

ROUTES = [MemberCheckIns, ServerCheckIns, CurrentPlan, Plans, Outages]
TAGS = {
    "Check-ins": "Daily visits, the plans that reward them, and days on which nobody could come. 签到",
    "Check-ins (member)": "A member's own daily visit. 会员签到",
}
