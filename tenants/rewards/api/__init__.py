"""Rewards over HTTP: what went out, what levels give, and how much may go out."""

from tenants.rewards.api.budgets import BudgetController
from tenants.rewards.api.gifts import GiftController
from tenants.rewards.api.grants import MemberRewards, ServerRewards

ROUTES = [MemberRewards, ServerRewards, GiftController, BudgetController]
TAGS = {
    "Rewards": "What went out, to whom and why; gifts of levels; budgets. 奖励",
    "Rewards (member)": "What a member was given. 会员奖励",
}
