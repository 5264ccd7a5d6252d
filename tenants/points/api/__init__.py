"""Points over HTTP: the seller's backend moves them and reads the books, the member looks at their own."""

from __future__ import annotations

from tenants.points.api.books import PointsBooks, PointsRules
from tenants.points.api.own import MemberPoints
from tenants.points.api.server import ServerPoints

ROUTES = [ServerPoints, PointsRules, PointsBooks, MemberPoints]
TAGS = {
    "Points": "Balances, entries, spending, holds and corrections. 积分",
    "Points: rules and books": "How points behave, what lapses, adjustments and the liability report. 积分规则与账目",
    "Points (member)": "A member's own balance and statement. 会员积分",
}
