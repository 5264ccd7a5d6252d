"""Levels over HTTP: the ladder and its policy for the seller's backend, and where a member stands."""

from tenants.levels.api.ladder import LadderController
from tenants.levels.api.standing import MemberLevels, ServerLevels

ROUTES = [LadderController, ServerLevels, MemberLevels]
TAGS = {
    "Levels": "The ladder, its policy, and where members stand. 会员等级",
    "Levels (member)": "A member's own level, and why. 会员的等级",
}
