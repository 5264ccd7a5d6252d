"""Surveys over HTTP: for the seller's backend and for members."""

from tenants.surveys.api.definitions import SurveyController, SurveyStepController
from tenants.surveys.api.invitations import InvitationController
from tenants.surveys.api.own import MyResponseController, MySurveyController, ResponseController
from tenants.surveys.api.results import SurveyResultsController

ROUTES = [
    SurveyController,
    SurveyStepController,
    InvitationController,
    ResponseController,
    SurveyResultsController,
    MySurveyController,
    MyResponseController,
]
TAGS = {
    "Surveys": "What is asked, of whom and for what; versions, templates, quotas and results. 问卷",
    "Surveys (member)": "What a member is asked, and answers. 会员问卷",
}
