"""Polls over HTTP: for the seller's backend and for members."""

from tenants.polls.api.own import MyPollController
from tenants.polls.api.polls import PollController
from tenants.polls.api.results import PollResultController

ROUTES = [PollController, PollResultController, MyPollController]
TAGS = {
    "Polls": "What members can choose from, how it stands, and what that says about what to stock. 投票",
    "Polls (member)": "What a member can vote on, and their own votes. 会员投票",
}
